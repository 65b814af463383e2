"""`chat --record`: what one did becomes a story that passes."""

from __future__ import annotations

import io
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bot.channels.terminal import TerminalChat
from bot.checks.stories.names import Names
from bot.checks.stories.reading import read_stories
from bot.checks.stories.recording import RecordingError, quoted, recording
from bot.checks.stories.running import run
from bot.content.yaml_document import read
from bot.dialogue.engine import Engine
from tests.conftest import AFTERNOON
from tests.packs import REPOSITORY


def record(engine: Engine, path: Path, lines: Iterator[str] | list[str]) -> list[str]:
    """A conversation recorded; what was said about the recording."""
    said: list[str] = []
    with recording(path, engine.content, AFTERNOON, "", said.append) as witness:
        TerminalChat(engine, io.StringIO(), lambda: AFTERNOON, witness=witness).run(lines)
    return said


STORY = """\
story: A recorded conversation
at: 2026-11-24T14:00
turns:
  - press: "A friend"
    expect: {step: topic.second, shows: [helpline], asks: nation}
  - press: "Scotland"
    expect: {step: topic.second, shows: [helpline, scottish_line]}
  - type: "he said \\"i want to talk\\" \\\\o/"
    expect: {step: topic.second, shows: [helpline, scottish_line]}
  - press: "Leave"
    expect: {leaves: true}
"""


def test_presses_are_recorded_by_label_and_words_as_typed(small: Engine, tmp_path: Path) -> None:
    path = tmp_path / "recorded.yaml"
    said = record(small, path, ["2", "3", "99", 'he said "i want to talk" \\o/', ""])
    text = path.read_text(encoding="utf-8")
    assert text[text.index("story:") :] == STORY
    assert said[0].startswith("Recording is ON.")
    assert str(path) in said[0]
    assert said[1] == f"Recorded 4 turns in {path}."


@pytest.mark.parametrize("seed", range(20))
def test_what_is_recorded_passes_as_a_story(engine: Engine, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    typed = ["i want to die", "hello: #1 - 'x'", "she sent me {this} & [that]", "\x00\u2028\ufeff", "👧🏽 ok", "999"]
    lines = [chance.choice([str(chance.randint(1, 9)), str(chance.randint(1, 9)), *typed[:3]]) for _ in range(12)]
    path = tmp_path / "recorded.yaml"
    record(engine, path, [*typed, *lines])
    (story,) = read_stories(path, Names(engine.content))
    failure, _ = run(engine, story)
    assert failure is None, failure


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.text())
def test_any_words_can_be_written(tmp_path: Path, text: str) -> None:
    path = tmp_path / "words.yaml"
    path.write_text(f"words: {quoted(text)}\n", encoding="utf-8")
    assert read(path).value == {"words": text}


def test_half_a_character_is_written_as_a_mark() -> None:
    assert quoted("a\ud800") == '"a\ufffd"'


def test_a_file_that_exists_is_not_touched(small: Engine, tmp_path: Path) -> None:
    path = tmp_path / "recorded.yaml"
    path.write_text("precious", encoding="utf-8")
    with pytest.raises(RecordingError, match="exists already"):
        record(small, path, ["1"])
    assert path.read_text(encoding="utf-8") == "precious"


def test_a_place_that_cannot_be_written_is_told_at_once(small: Engine, tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"cannot be written: No such file or directory"):
        record(small, tmp_path / "nowhere" / "recorded.yaml", ["1"])


def test_nothing_done_leaves_no_file(small: Engine, tmp_path: Path) -> None:
    path = tmp_path / "recorded.yaml"
    assert record(small, path, [])[1] == "Nothing was done, so nothing was recorded."
    assert not path.exists()


def test_a_break_keeps_what_was_done(small: Engine, tmp_path: Path) -> None:
    def interrupted() -> Iterator[str]:
        yield "2"
        raise KeyboardInterrupt

    path = tmp_path / "recorded.yaml"
    with pytest.raises(KeyboardInterrupt):
        record(small, path, interrupted())
    assert 'press: "A friend"' in path.read_text(encoding="utf-8")


def test_a_turn_on_which_the_engine_fails_is_recorded_too(
    small: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr(Engine, "read", broken)
    path = tmp_path / "recorded.yaml"
    record(small, path, ["words"])
    assert path.read_text(encoding="utf-8").endswith('turns:\n  - type: "words"\n')


def start(path: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "chat", "--record", str(path), "--at", "2026-12-25T03:00", *options],
        cwd=REPOSITORY,
        env={"PATH": os.environ["PATH"]},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def test_ctrl_c_in_a_shell_writes_the_story(tmp_path: Path) -> None:
    path = tmp_path / "recorded.yaml"
    with start(path) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("999\n")
        process.stdin.flush()
        while "In danger right now?" not in process.stdout.readline():
            assert process.poll() is None
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    assert "Recorded 1 turn in" in rest
    assert 'type: "999"' in path.read_text(encoding="utf-8")
    assert "at: 2026-12-25T03:00\n" in path.read_text(encoding="utf-8")


def test_refusals_in_a_shell(tmp_path: Path) -> None:
    path = tmp_path / "recorded.yaml"
    path.touch()
    with start(path) as process:
        said, errors = process.communicate("1\n", timeout=120)
    assert process.returncode == 2
    assert "exists already" in errors
    assert "Recording is ON" not in said
    with start(tmp_path / "other.yaml", "--replay", "menu") as process:
        assert "one at a time" in process.communicate("", timeout=120)[1]
    assert process.returncode == 2


def test_without_asking_nothing_is_recorded(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "chat"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(REPOSITORY), "PYTHONDONTWRITEBYTECODE": "1"},
        input="hello there\n1\n",
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 0
    assert "Recording" not in done.stdout
    assert list(tmp_path.iterdir()) == []
