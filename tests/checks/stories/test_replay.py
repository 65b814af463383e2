"""`chat --replay`: somebody's way walked again, and the conversation goes on from there."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.channels.terminal import TerminalChat
from bot.checks.stories.replay import ReplayError, find_story, replayed
from bot.content.errors import ContentError
from bot.dialogue.engine import Engine
from tests.conftest import AFTERNOON
from tests.packs import REPOSITORY

TWO = """\
stories:
  - story: The first
    at: 2026-03-01T02:00
    start: topic
    turns:
      - press: "On"
      - press: To the end
  - story: The second
    at: 2026-03-01T02:00
    turns:
      - press: A friend
        expect: {step: topic.second}
      - press: Scotland
"""


def walk(engine: Engine, asked: str, at: datetime | None = None) -> list[str]:
    """Every step on the way, or what was said where it ended early."""
    story = find_story(asked, engine.content, AFTERNOON, at=at, language="")
    return [str(screen.state.step) for _, screen in replayed(engine, story)]


@pytest.fixture
def two(tmp_path: Path) -> Path:
    path = tmp_path / "two.yaml"
    path.write_text(TWO, encoding="utf-8")
    return path


def test_a_line_is_walked(small: Engine) -> None:
    assert walk(small, "menu > A friend > To the end") == ["menu.start", "topic.second", "topic.last"]
    assert walk(small, "link topic > On") == ["topic.first", "topic.second"]


def test_words_typed_at_the_beginning_come_without_a_place(small: Engine) -> None:
    story = find_story('typed "want to talk"', small.content, AFTERNOON, at=None, language="")
    *_, (_, screen) = replayed(small, story)
    assert screen.state == small.read("want to talk", AFTERNOON).state


def test_an_old_button_is_pressed_by_its_data(small: Engine) -> None:
    token = small.start(AFTERNOON).buttons[0].token
    assert walk(small, f"token {token} > On")[-2:] == ["topic.first", "topic.second"]


@pytest.mark.parametrize(
    ("line", "steps"),
    {
        "1": ["topic.first", "topic.second", "topic.last"],
        "6": ["topic.first", "topic.second"],
        "7": ["topic.first", "topic.second", "topic.last"],
        "7:9": ["topic.first", "topic.second", "topic.last"],
        "9": ["menu.start", "topic.second", "topic.second"],
        "12": ["menu.start", "topic.second"],
        "99": ["menu.start", "topic.second", "topic.second"],
    }.items(),
)
def test_a_line_of_a_file_names_the_story_and_where_to_stop(
    small: Engine, two: Path, line: str, steps: list[str]
) -> None:
    assert walk(small, f"{two}:{line}") == steps


def test_a_file_with_several_stories_asks_which(small: Engine, two: Path) -> None:
    with pytest.raises(ReplayError) as error:
        walk(small, str(two))
    assert f"{two}:2  The first" in str(error.value)
    assert f"{two}:8  The second" in str(error.value)


def test_a_file_with_mistakes_is_told_as_ever(small: Engine, two: Path) -> None:
    two.write_text(TWO.replace("press: A", "pres: A"), encoding="utf-8")
    with pytest.raises(ContentError, match="unknown key `pres`"):
        walk(small, f"{two}:9")


def test_the_moment_is_the_story_s_unless_another_is_asked_for(small: Engine, two: Path) -> None:
    story = find_story(f"{two}:9", small.content, AFTERNOON, at=None, language="")
    assert story.setting.at == datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
    later = AFTERNOON + timedelta(days=1)
    assert find_story(f"{two}:9", small.content, AFTERNOON, at=later, language="").setting.at == later
    assert find_story("menu", small.content, AFTERNOON, at=None, language="").setting.at == AFTERNOON


def test_it_ends_where_a_button_is_missing_and_goes_on_from_there(small: Engine) -> None:
    story = find_story("menu > A friend > Nowhere > Back", small.content, AFTERNOON, at=None, language="")
    *before, (said, screen) = replayed(small, story)
    assert 'There is no button "Nowhere" here.' in said
    assert said.endswith("The replay ends here.")
    assert screen == before[-1][1]


def test_it_ends_where_the_engine_fails(small: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr(Engine, "press", broken)
    story = find_story("menu > A friend", small.content, AFTERNOON, at=None, language="")
    *_, (said, _) = replayed(small, story)
    assert "The engine failed: RuntimeError: out of order." in said


def test_the_conversation_goes_on_where_the_replay_ends(small: Engine) -> None:
    output = io.StringIO()
    story = find_story("menu > A friend", small.content, AFTERNOON, at=None, language="")
    TerminalChat(small, output, lambda: AFTERNOON).run(["7"], replayed(small, story))
    said = output.getvalue()
    assert said.index("> press A friend") < said.index("The second screen.") < said.index("The last screen.")


def in_a_shell(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "chat", *arguments],
        cwd=REPOSITORY,
        env={"PATH": os.environ["PATH"]},
        input="",
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_replaying_in_a_shell() -> None:
    done = in_a_shell("--replay", "menu > Get help now > Leave", "--at", "2026-12-25T03:00")
    assert done.returncode == 0, done.stderr
    assert "> press Get help now" in done.stdout
    assert done.stdout.rstrip().endswith("All closed. Send any message to begin again.")


@pytest.mark.parametrize("asked", ["meun > Back", "tests/stories/none.yaml"])
def test_what_cannot_be_replayed_is_told_in_a_shell(asked: str) -> None:
    done = in_a_shell("--replay", asked)
    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr
