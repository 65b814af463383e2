"""docs/stories.md: its example passes, and every key is explained."""

from __future__ import annotations

import re
from pathlib import Path

from bot.checks.stories.names import Names
from bot.checks.stories.reading import read_stories
from bot.checks.stories.running import run
from bot.checks.stories.written import Expectation, WrittenStory, WrittenTurn
from bot.dialogue.engine import Engine
from tests.packs import REPOSITORY

PAGE = (REPOSITORY / "docs" / "stories.md").read_text(encoding="utf-8")


def test_the_example_passes(engine: Engine, tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    path = tmp_path / "example.yaml"
    path.write_text(example, encoding="utf-8")
    (story,) = read_stories(path, Names(engine.content))
    assert run(engine, story)[0] is None


def test_every_key_is_explained() -> None:
    first_cells = re.findall(r"^\| (`.+?) \|", PAGE, re.MULTILINE)
    explained = {key for cell in first_cells for key in re.findall(r"`(\w+)`", cell)}
    assert explained == {*WrittenStory.model_fields, *WrittenTurn.model_fields, *Expectation.model_fields}
