"""Telephone numbers in running text, however they are spaced, and how much two of them are alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

_SEPARATOR: Final = r"[ \u00a0.\-\u2010-\u2015\u2212()]"
_RUN: Final = re.compile(rf"\+?\(?\d(?:{_SEPARATOR}{{0,3}}\d)*")
_CHUNK: Final = re.compile(r"\d+")
_UNITED_KINGDOM: Final = "44"
_LONG_ENOUGH: Final = 7
"""Digits that a number needs before one much like it can be called a look-alike and not another short code."""

_MOST_DIGITS: Final = 15  # ITU-T E.164


def digits_of(written: str) -> str:
    """The digits by which a number is compared: ``+44 (0)808 800 5000`` and ``0808 800 5000`` are the same."""
    digits = "".join(character for character in written if character in "0123456789")
    if written.lstrip(" (").startswith("+") or digits.startswith("0044"):
        national = digits.removeprefix("00").removeprefix(_UNITED_KINGDOM)
        if national != digits.removeprefix("00"):
            return "0" + national.removeprefix("0")
    return digits


def holds(text: str, digits: str) -> bool:
    """Whether a number stands in the text as a number of its own, not as a part of a longer one."""
    return any(window.digits == digits for run in _RUN.findall(text) for window in _windows(run))


def numbers_in(text: str, besides: str = "") -> frozenset[str]:
    """Everything in the text that could be dialled, as `digits_of` gives it; without what is made of ``besides``."""
    return frozenset(window.digits for run in _RUN.findall(text) for window in _apart(list(_windows(run)), besides))


def is_telephone_number(digits: str) -> bool:
    """Whether a number looks like one that the United Kingdom dials in full, not a year or a charity's number."""
    return digits.startswith("0") and (
        len(digits) in {10, 11} or (digits.startswith(("0800", "0845")) and len(digits) >= 8)
    )


def alike(digits: str, others: Iterable[str]) -> tuple[str, ...]:
    """Those of the others that are up to two slips of a key away (one, for short numbers), nearest first."""
    limit = 2 if len(digits) >= _LONG_ENOUGH else 1
    measured = sorted((slips(digits, other), other) for other in others if abs(len(other) - len(digits)) <= 1)
    return tuple(other for distance, other in measured if 0 < distance <= limit)


def slips(one: str, other: str) -> int:
    """How many digits were changed, left out, added or swapped with their neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, above = row, before
        row = [i]
        for j, b in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, above[j - 2] + 1)
            row.append(best)
    return row[-1]


class _Window(NamedTuple):
    """A number in a run of digits: from its first chunk to its last, counted in the run."""

    first: int
    last: int
    digits: str


def _windows(run: str) -> Iterator[_Window]:
    """The numbers a run can be read as: all of it, and parts of it where the rest begins something of its own."""
    chunks = [(match.start(), match.end()) for match in _CHUNK.finditer(run)]
    starts = {index for index, (start, end) in enumerate(chunks) if index == 0 or _begins(run[start:end])}
    for first in sorted(starts):
        for last in range(first, min(first + _MOST_DIGITS, len(chunks))):
            if last + 1 == len(chunks) or last + 1 in starts:
                digits = digits_of(run[0 if first == 0 else chunks[first][0] : chunks[last][1]])
                if 3 <= len(digits) <= _MOST_DIGITS:
                    yield _Window(first, last, digits)


def _apart(windows: Sequence[_Window], besides: str) -> Iterator[_Window]:
    taken = {chunk for window in windows if window.digits == besides for chunk in range(window.first, window.last + 1)}
    for window in windows:
        if taken.isdisjoint(range(window.first, window.last + 1)):
            yield window


def _begins(chunk: str) -> bool:
    """Whether these digits, after others, are no part of them: a number with its dialling zero, one of the short
    national ones, or the start of the hours ("9am", "24 hours", "365 days")."""
    return chunk.startswith("0") or len(chunk) <= 2 or chunk in {"999", "101", "111", "112", "365"}
