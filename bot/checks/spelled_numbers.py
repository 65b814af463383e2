"""Numbers in words, as people say them: "oh eight hundred", "treble nine", "one one six, one two three"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

_DIGITS: Final = {
    "zero": "0",
    "oh": "0",
    "o": "0",
    "nought": "0",
    "naught": "0",
    "nil": "0",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
}
_TIMES: Final = {"double": 2, "triple": 3, "treble": 3}
_HUNDRED: Final = "hundred"

_SPELLED: Final = re.compile(rf"(?<![^\W\d_])(?:{'|'.join((*_DIGITS, *_TIMES, _HUNDRED))})(?![^\W\d_])", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_BETWEEN: Final = re.compile(r"[\s,.\u00a0\u2010-\u2015-]{1,3}")
_FEWEST: Final = 3
_FEWEST_SPELLED: Final = 2


def spelled_numbers(text: str, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """Each run of digits in words, as it stands and as digits. Counting up ("one, two, three") is no number."""
    if len(_SPELLED.findall(text)) < _FEWEST_SPELLED:  # most texts
        return
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        joined = run and _BETWEEN.fullmatch(text[run[-1].end() : word.start()])
        if run and not joined:
            yield from _found(text, run, known)
            run = []
        if _counts(word[0]):
            run.append(word)
        elif run:
            yield from _found(text, run, known)
            run = []
    yield from _found(text, run, known)


def _counts(word: str) -> bool:
    word = word.lower()
    return word in _DIGITS or word in _TIMES or word == _HUNDRED or word.isdecimal()


def _found(text: str, run: list[re.Match[str]], known: Collection[str]) -> Iterator[tuple[str, str]]:
    words = [match[0].lower() for match in run]
    spelled = [word for word in words if not word.isdecimal()]
    digits = _read(words)
    if len(spelled) < _FEWEST_SPELLED or len(digits) < _FEWEST or _is_counting(digits):
        return
    if len(words) >= _FEWEST or digits in known:
        yield text[run[0].start() : run[-1].end()], digits


def _read(words: list[str]) -> str:
    digits = ""
    times = 1
    for word in words:
        if word in _TIMES:
            times = _TIMES[word]
            continue
        digit = "00" if word == _HUNDRED else _DIGITS.get(word, word)
        digits += digit * times
        times = 1
    return digits


def _is_counting(digits: str) -> bool:
    return digits in "12345678910" or digits in "10987654321" or digits in "9876543210"
