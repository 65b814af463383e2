"""The conversation in a terminal, as a person and as a pipe meet it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterable
from datetime import datetime

import pytest

from bot.channels.terminal import TerminalChat
from bot.dialogue.engine import Engine
from tests.conftest import AFTERNOON
from tests.packs import REPOSITORY


def conversation(engine: Engine, lines: Iterable[str], now: datetime = AFTERNOON) -> str:
    output = io.StringIO()
    TerminalChat(engine, output, lambda: now).run(lines)
    return output.getvalue()


def chat(typed: bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "chat", *options],
        cwd=REPOSITORY,
        env={"PATH": os.environ["PATH"]},
        input=typed,
        capture_output=True,
        check=False,
        timeout=120,
    )


def test_a_number_presses_a_button(engine: Engine) -> None:
    said = conversation(engine, ["1", "1"])
    assert "not your fault" in " ".join(said.split())


def test_words_are_understood(engine: Engine) -> None:
    assert "Childline" in conversation(engine, ["hes threatening to post my nudes"])


def test_a_number_that_is_no_button_is_said_kindly(engine: Engine) -> None:
    assert "There is no button 77: they go from 1 to" in conversation(engine, ["77"])


def test_an_emergency_number_that_looks_like_a_button_is_understood(engine: Engine) -> None:
    assert "Ring 999" in conversation(engine, ["999"])


def test_an_empty_line_leaves(engine: Engine) -> None:
    said = conversation(engine, ["", "this comes too late"])
    assert said.rstrip().endswith("All closed. Send any message to begin again.")


def test_no_line_is_wider_than_80_columns(engine: Engine) -> None:
    said = conversation(engine, ["i want to die", "1", "kill myself", "2", "3", "my son", "1"])
    assert [line for line in said.splitlines() if len(line) > 80 and "://" not in line] == []


def test_what_is_typed_is_not_repeated(engine: Engine) -> None:
    assert "canary" not in conversation(engine, ["canary wants money or else canary"])


def test_a_failure_shows_the_emergency_card_and_goes_on(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("canary")

    monkeypatch.setattr(Engine, "read", broken)
    said = conversation(engine, ["anything", "1"])
    assert "0800 1111" in said
    assert "canary" not in said
    assert "Who is this about?" in said


def test_piped_at_another_moment() -> None:
    done = chat(b"worried about my thoughts\n1\n2\n", "--at", "2026-12-25T03:00")
    assert done.returncode == 0
    assert done.stderr == b""
    assert "Opens Tuesday" in done.stdout.decode() or "Samaritans" in done.stdout.decode()


@pytest.mark.parametrize(
    "typed", [b"\xff\xfe\x00 bytes\n", b"x" * 2_000_000 + b"\n", b"\x1b[31m\n", b"no newline", b""]
)
def test_hostile_input_is_survived(typed: bytes) -> None:
    done = chat(typed)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    assert b"What is going on?" in done.stdout


def test_a_wrong_moment_is_said_clearly() -> None:
    done = chat(b"", "--at", "tomorrow")
    assert done.returncode == 2
    assert b"write a moment such as 2026-12-25T03:00" in done.stderr
