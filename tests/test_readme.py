"""The numbers that the README and the documents show are those of resources.yaml."""

from __future__ import annotations

import re

from bot.dialogue.engine import Engine
from tests.packs import REPOSITORY

NUMBER = re.compile(r"(?<![\w/.:-])(?:0\d{3,4}(?: \d+)+|116 \d{3}|85258|999|101|112)(?![\w/-])")


def test_every_number_in_the_readme_stands_in_the_content(engine: Engine) -> None:
    known = {phone.number for service in engine.content.services.values() for phone in service.facts.phones}
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    found = set(NUMBER.findall(readme))
    assert {"999", "0800 1111", "116 123", "85258"} <= found
    assert found <= known


def test_somebody_looking_for_help_finds_the_numbers_first() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert "999" in readme[:600]
    assert readme.index("999") < readme.index("make run")


def test_the_two_commands_are_promised() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert "make run" in readme
    assert "make test" in readme
