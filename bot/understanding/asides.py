"""What people write around what they tell: greetings, thanks, apologies for asking. It says nothing by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from bot.understanding.finding import Place, Row

_LONGEST: Final = 12
"""Words of the longest aside."""

_MOST: Final = 6
"""So many are left out at the beginning, and at the end."""


class Asides:
    """The asides of one language: phrases as they are written out (`bot.understanding.compiling`)."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._beginning: dict[str, list[Row]] = {}
        """Word → the rows that may begin with it."""
        for row in rows:
            for word in _first_words(row):
                self._beginning.setdefault(word, []).append(row)

    def without(self, words: Sequence[str]) -> Sequence[str]:
        """The words of a message without the asides it begins and ends with; all of them where it is nothing else."""
        start, end = 0, len(words)
        for _ in range(_MOST):
            start = max(self._ends(words, start, end), default=start)
        for _ in range(_MOST):
            last = range(max(start, end - _LONGEST), end)
            end = next((at for at in last if end in self._ends(words, at, end)), end)
        return words[start:end] if start < end else words

    def _ends(self, words: Sequence[str], start: int, end: int) -> set[int]:
        """Where the asides end that begin with the word at ``start``."""
        rows = self._beginning.get(words[start], ()) if start < end else ()
        return set[int]().union(*(_ends(row, words, start, end) for row in rows))


def _first_words(row: Row) -> Iterable[str]:
    for place in row:
        yield from place.words
        if not place.optional:
            return


def _ends(row: Row, words: Sequence[str], start: int, end: int) -> set[int]:
    reached = {start}
    for place in row:
        after = {at + 1 for at in reached if at < end and _fits(place, words[at])}
        reached = reached | after if place.optional else after
    return reached - {start}


def _fits(place: Place, word: str) -> bool:
    return word in place.words or word.startswith(tuple(place.prefixes))
