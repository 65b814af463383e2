"""Twice as much text is at most two and a half times the work, whatever it holds. Work is counted, never timed."""

from __future__ import annotations

import random
import sys
from types import FrameType
from typing import Any, Final

import pytest

from bot.dialogue.engine import Engine
from bot.understanding.reader import Reader

TEXTS: Final = {
    "one phrase again and again": "kill myself ",
    "letters with spaces": "k i l l ",
    "one unbroken word": "killmyself",
    "hidden characters": "k\u200bi\u200bl\u200bl\u200b ",
    "combining marks": "k\u0301\u0302i\u0301l\u0301l ",
    "different words": "".join(f"kil{one}{two}y mysel{two}{one} " for one in "abcdefghijkl" for two in "mnopqrstuvwx"),
    "gaps that never close": "he and and and and and is the the the the ",
    "brackets": "<b <i </ <<>> &amp; ",
    "denials": "i do not not never want to not ",
    "digits for letters": "k1ll my53lf h3 h17 m3 70 ",
    "signs": "*_~*_~!!!??? ",
    "another script": "مار دو لگا ",
}


def work(reader: Reader, text: str) -> int:
    """How many lines of our own code run while ``text`` is read."""
    lines = 0

    def count(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal lines
        if "/understanding/" not in frame.f_code.co_filename:
            return None
        lines += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        reader.read(text)
    finally:
        sys.settrace(before)
    return lines


@pytest.mark.parametrize("name", TEXTS)
def test_work_grows_with_the_text_and_no_faster(reader: Reader, name: str) -> None:
    pattern = TEXTS[name]
    once, twice = ((pattern * (size // len(pattern) + 1))[:size] for size in (2_500, 5_000))
    assert work(reader, twice) <= 2.5 * work(reader, once) + 500


@pytest.mark.parametrize("name", TEXTS)
def test_ten_thousand_characters_are_never_more_than_a_bounded_amount_of_work(reader: Reader, name: str) -> None:
    pattern = TEXTS[name]
    text = (pattern * (10_000 // len(pattern) + 1))[:10_000]
    assert work(reader, text) <= 100_000


def test_even_a_text_of_nothing_but_words_of_the_phrases_is(shipped: Engine, reader: Reader) -> None:
    phrases = (phrase for intents in shipped.content.intents.values() for one in intents for phrase in one.phrases)
    words = sorted({word for phrase in phrases for word in phrase.split()})
    text = " ".join(random.Random(7).choices(words, k=3_000))
    quarter, half, whole = (work(reader, text[:size]) for size in (2_500, 5_000, 10_000))
    assert half <= 2.1 * quarter
    assert whole <= 2.1 * half
    assert whole <= 350_000
