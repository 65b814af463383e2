"""Twice as much text is at most two and a half times the work, whatever it holds. Work is counted, never timed."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any, Final

import pytest

from bot.dialogue.engine import Engine
from bot.understanding.labelled_file import labelled_messages
from bot.understanding.reader import Reader
from tests.understanding.long_texts import REPEATED, dense, phrase_words, repeated
from tests.understanding.ratchet import FOLDER, SPLITS
from tests.understanding.test_long_texts import read_as_a_whole

MOST_OF_REPEATED: Final = 65_000
MOST: Final = 200_000
MOST_AS_A_WHOLE: Final = 500_000
"""Lines of our own code that ten thousand characters cost at most."""


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


@pytest.fixture(scope="module")
def dense_texts(shipped: Engine) -> dict[str, str]:
    """The dense texts, each of ten thousand characters."""
    messages = [one.text for split in SPLITS for one in labelled_messages(FOLDER / f"messages_{split}.yaml")]
    return dense(phrase_words(shipped.content), messages)


@pytest.mark.parametrize("name", REPEATED)
def test_work_grows_with_the_text_and_no_faster(reader: Reader, name: str) -> None:
    once, twice = (repeated(name, length) for length in (2_500, 5_000))
    assert work(reader, twice) <= 2.5 * work(reader, once) + 500


@pytest.mark.parametrize("name", REPEATED)
def test_ten_thousand_characters_are_never_more_than_a_bounded_amount_of_work(reader: Reader, name: str) -> None:
    assert work(reader, repeated(name)) <= MOST_OF_REPEATED


def test_even_texts_made_to_cost_much_are(reader: Reader, dense_texts: dict[str, str]) -> None:
    for name, text in dense_texts.items():
        with read_as_a_whole():
            quarter, half, whole = (work(reader, text[:length]) for length in (2_500, 5_000, 10_000))
        assert half <= 2.2 * quarter + 2_000, name
        assert whole <= 2.2 * half + 2_000, name
        assert whole <= MOST_AS_A_WHOLE, name
        assert work(reader, text) <= MOST, name
