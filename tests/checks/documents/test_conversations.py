"""Whole conversations on one page, as people see them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.checks.documents.command import conversations_page
from bot.checks.stories.files import NoStoriesError
from bot.cli import main
from bot.content.errors import ContentError
from bot.dialogue.engine import Engine
from tests.packs import REPOSITORY
from tests.tools.make_documents import CONVERSATIONS, conversations

PAGE = CONVERSATIONS.read_text(encoding="utf-8")
AN_HOUR = 250 * 70
"""Words that a careful reader takes in about an hour."""

STORY = """\
stories:
  - story: A child at night
    at: 2026-12-25T03:00
    turns:
      - press: My picture was shared
      - press: Me (under 18)
      - type: someone *will* share it
  - story: A child by day
    at: 2026-11-24T14:00
    channel: telegram
    start: images_shared
    turns:
      - press: I want it removed
"""


@pytest.fixture
def story_file(tmp_path: Path) -> Path:
    file = tmp_path / "at_night.yaml"
    file.write_text(STORY, encoding="utf-8")
    return file


def test_the_page_is_up_to_date(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    assert conversations(engine) == PAGE, "run: .venv/bin/python -m tests.tools.make_documents"


def test_five_for_each_kind_of_person_at_many_hours_and_in_every_nation() -> None:
    groups = PAGE.split("\n## ")[1:]
    assert len(groups) >= 7
    assert {len(re.findall(r"^### ", group, re.MULTILINE)) for group in groups} == {5}
    hours = {int(hour) for hour in re.findall(r"^\*\w+ \d+ \w+ 20\d\d, (\d\d):", PAGE, re.MULTILINE)}
    assert len(hours) >= 12
    assert hours & {0, 1, 2, 3, 4}
    told = " ".join(re.findall(r"told by buttons: ([^;]+);", PAGE))
    assert all(nation in told for nation in ("England", "Wales", "Scotland", "Northern Ireland"))
    assert "Telegram" in PAGE


def test_it_can_be_read_in_about_an_hour() -> None:
    found = re.search(r"about ([\d,]+) words", PAGE)
    assert found is not None
    assert int(found[1].replace(",", "")) <= AN_HOUR


def test_every_press_is_answered_by_a_screen_that_names_its_place() -> None:
    conversations_only = PAGE.split("\n## ", 1)[1]
    deeds = re.findall(r"^\*\*They (?:press|write|open|come)", conversations_only, re.MULTILINE)
    screens = re.findall(r"^> (?:<sub>Screen|\*Screen|\*The first screen)", conversations_only, re.MULTILINE)
    assert len(deeds) == len(screens) > 150


def test_what_is_on_every_screen_is_not_repeated() -> None:
    screens = [line for line in PAGE.splitlines() if line.startswith(r"> \[")]
    assert screens
    assert not [line for line in screens if r"\[ Leave \]" in line or r"\[ Get help now \]" in line]


def test_a_service_is_printed_whole_once_under_each_heading(engine: Engine, story_file: Path) -> None:
    page = conversations_page(engine, [story_file], None)
    assert page.count("0800 1111") == 1
    assert page.count("**Childline**: open day and night") > 1
    assert "## At night" in page
    assert r"**They write** “someone \*will\* share it”" in page
    assert "**They come by the link to** A picture of me was shared" in page


def test_a_name_that_no_story_has_is_refused_with_the_nearest(engine: Engine, story_file: Path, tmp_path: Path) -> None:
    chosen = tmp_path / "chosen.yaml"
    chosen.write_text("groups:\n  - heading: Some\n    stories: [A child at nigt]\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"chosen\.yaml:3.*\n(?:.*\n)*.*Did you mean `A child at night`"):
        conversations_page(engine, [story_file], chosen)


def test_a_story_that_presses_what_is_not_there_is_named(engine: Engine, story_file: Path) -> None:
    story_file.write_text(STORY.replace("Me (under 18)", "Me and nobody else"), encoding="utf-8")
    with pytest.raises(ContentError, match=r"at_night\.yaml:2:.*Me and nobody else"):
        conversations_page(engine, [story_file], None)


def test_the_command_writes_a_page(story_file: Path, tmp_path: Path) -> None:
    output = tmp_path / "page.md"
    written = CliRunner().invoke(main, ["conversations", str(story_file), "--output", str(output)])
    assert written.exit_code == 0, written.output
    assert output.read_text(encoding="utf-8").startswith("# Conversations")


def test_a_file_that_is_not_there_is_told(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(NoStoriesError, match="There is no file or folder"):
        conversations_page(engine, [tmp_path / "nothing.yaml"], None)
