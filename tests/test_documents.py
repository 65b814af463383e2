"""What the documents say is there, is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.checks.properties import all_properties
from bot.understanding.labelled_file import labelled_messages
from tests.packs import REPOSITORY
from tests.shipped import shipped_content

DOCUMENTS = sorted([*(REPOSITORY / "docs").glob("*.md"), *REPOSITORY.glob("*.md")])
CITED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
CODE = re.compile(r"\bWP\d{3}\b")
LINK = re.compile(r"\]\((?!<?https?:|<?mailto:|<?tel:|<?sms:|#)([^)#\s]+)")


def cited() -> list[tuple[str, str, str]]:
    return [(page.name, file, test) for page in DOCUMENTS for file, test in CITED.findall(page.read_text("utf-8"))]


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
def test_every_test_that_a_page_names_is_there(page: Path) -> None:
    missing = [
        f"{file}::{test}"
        for file, test in CITED.findall(page.read_text(encoding="utf-8"))
        if not (REPOSITORY / file).is_file()
        or not re.search(rf"^\s*(?:async )?def {test}\(", (REPOSITORY / file).read_text("utf-8"), re.MULTILINE)
    ]
    assert not missing


def test_pages_do_name_tests() -> None:
    assert len(cited()) > 10


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
def test_every_rule_that_a_page_names_is_there(page: Path) -> None:
    known = {found.code for found in all_properties()}
    assert set(CODE.findall(page.read_text(encoding="utf-8"))) <= known


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
def test_every_page_or_picture_that_a_page_links_to_is_there(page: Path) -> None:
    missing = [target for target in LINK.findall(page.read_text("utf-8")) if not (page.parent / target).exists()]
    assert not missing


def test_the_messages_that_the_evaluation_kit_shows_can_be_scored(tmp_path: Path) -> None:
    shown = re.findall(r"`(- \{text: .*\})`", (REPOSITORY / "docs" / "evaluate.md").read_text("utf-8"))
    file = tmp_path / "messages.yaml"
    file.write_text("messages:\n" + "".join(f"  {line}\n" for line in shown), encoding="utf-8")
    messages = labelled_messages(file)
    assert messages
    labels = {intent.label for intents in shipped_content().intents.values() for intent in intents}
    assert {message.expected for message in messages} <= labels
