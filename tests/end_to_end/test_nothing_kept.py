"""Nothing of a conversation is left anywhere; `tests/tools/nothing_kept.py` does the same with thousands of them."""

from __future__ import annotations

import os

import pytest

from tests.tools.memory_scan import Marks
from tests.tools.nothing_kept import by_mode, by_terminal

CANARY = 6809 * 2**30


@pytest.mark.parametrize(("mode", "conversations"), [("webhook", 60)])
async def test_after_many_conversations_no_canary_is_left_anywhere(mode: str, conversations: int) -> None:
    left = await by_mode(mode, conversations, 30.0)
    assert left.bad == []
    assert left.searched or os.geteuid() != 0, "only root may read the memory of the bot"


async def test_after_a_conversation_in_the_terminal_no_canary_is_left_anywhere() -> None:
    assert (await by_terminal(1)).bad == []


def test_the_search_knows_words_and_numbers_in_every_form_that_python_keeps_them_in() -> None:
    marks = Marks()
    word, number = marks.word(), marks.number()
    for encoding in ("utf-8", "utf-16-le", "utf-32-le"):
        assert marks.found_in(f"<{word}>") != []
        assert [*marks.places(b"..." + f"<{word}>".encode(encoding))] != []
        assert [*marks.places(b"..." + f"<{number}>".encode(encoding))] != []
    digits = (number & 2**30 - 1).to_bytes(4, "little") + (number >> 30).to_bytes(4, "little")
    assert [*marks.places(b"..." + digits)] != []
    assert [*marks.places(b"..." + number.to_bytes(8, "little"))] != []


def test_the_search_finds_nothing_where_nothing_is() -> None:
    marks = Marks()
    marks.word()
    later = marks.number() + 1
    assert [*marks.places(f"{later} {CANARY} canary".encode() + later.to_bytes(8, "little") + bytes(4000))] == []
