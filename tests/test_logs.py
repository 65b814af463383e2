"""Log lines say what kind of thing happened and where in the code, and nothing about people."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator

import pytest

from bot.operations import logs

TOKEN = "123456789:AAF-canary_canary_canary_canary_cana"


@pytest.fixture
def output() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = (root.handlers[:], root.level, logging.raiseExceptions)
    stream = io.StringIO()
    logs.configure("DEBUG", stream)
    yield stream
    root.handlers[:], _, logging.raiseExceptions = before
    root.setLevel(before[1])


def test_an_exception_is_logged_by_type_and_place_only(output: io.StringIO) -> None:
    try:
        int("canary typed this")
    except ValueError:
        logging.getLogger("bot.channels").exception("a turn failed")
    line = output.getvalue()
    assert re.search(r"ERROR bot\.channels: a turn failed \(ValueError at test_logs\.py:\d+\)$", line.strip())
    assert "canary" not in line
    assert line.count("\n") == 1


def test_a_bot_token_is_never_written(output: io.StringIO) -> None:
    logging.getLogger("bot").warning("calling https://api.telegram.org/bot%s/getMe", TOKEN)
    assert "canary" not in output.getvalue()
    assert "[token]" in output.getvalue()


@pytest.mark.parametrize("library", ["httpx", "httpcore", "telegram", "telegram.ext", "asyncio"])
def test_libraries_that_log_addresses_and_updates_are_quiet(output: io.StringIO, library: str) -> None:
    logging.getLogger(library).error("canary")
    assert output.getvalue() == ""


def test_line_breaks_and_control_characters_cannot_forge_lines(output: io.StringIO) -> None:
    logging.getLogger("bot").info("one\nERROR two\x1b[31m")
    assert output.getvalue().count("\n") == 1
    assert "\x1b" not in output.getvalue()


def test_a_line_can_be_json_and_holds_only_fields_on_the_list() -> None:
    root = logging.getLogger()
    before = (root.handlers[:], root.level, logging.raiseExceptions)
    stream = io.StringIO()
    logs.configure("DEBUG", stream, form="json", worker=3)
    try:
        logging.getLogger("bot.channels").info("%d updates", 5, extra={"chat": "canary", "words": "canary"})
        try:
            raise ValueError("canary")  # noqa: TRY301
        except ValueError:
            logging.getLogger("bot").exception("a turn failed", stack_info=True)
    finally:
        root.handlers[:], _, logging.raiseExceptions = before
        root.setLevel(before[1])
    first, second = (json.loads(line) for line in stream.getvalue().splitlines())
    assert set(first) == {"time", "level", "part", "message", "worker"}
    assert first["message"] == "5 updates"
    assert set(second) == {*logs.FIELDS}
    assert second["error"].startswith("ValueError at test_logs.py:")
    assert "canary" not in stream.getvalue()
