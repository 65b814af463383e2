"""What people write around what they tell: greetings, thanks, apologies for asking. It says nothing by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from bot.understanding.finding import Row

_MOST: Final = 6
"""So many are left out at the beginning, and at the end."""

_MOST_WORDS: Final = 60
"""So many words at either end are looked at."""

_ByWord = Mapping[str, Sequence[Row]]
"""Word → the rows that may begin with it."""


class Asides:
    """The asides of one language: phrases as they are written out (`bot.understanding.compiling`)."""

    def __init__(self, rows: Iterable[Row]) -> None:
        every = [*rows]
        self._by_first = _by_first_word(every)
        self._by_last = _by_first_word(row[::-1] for row in every)

    def without(self, words: Sequence[str]) -> Sequence[str]:
        """The words of a message without the asides it begins and ends with; all of them where it is nothing else."""
        start, end = self.between(words)
        return words[start:end]

    def between(self, words: Sequence[str]) -> tuple[int, int]:
        """Where that begins and ends."""
        start = _words_of(self._by_first, words[:_MOST_WORDS])
        end = len(words) - _words_of(self._by_last, words[: -_MOST_WORDS - 1 : -1])
        return (start, end) if start < end else (0, len(words))


def _by_first_word(rows: Iterable[Row]) -> _ByWord:
    found: dict[str, list[Row]] = {}
    for row in rows:
        for word in _first_words(row):
            found.setdefault(word, []).append(row)
    return found


def _first_words(row: Row) -> Iterator[str]:
    for place in row:
        yield from place.words
        if not place.optional:
            return


def _words_of(rows: _ByWord, words: Sequence[str]) -> int:
    """How many words they begin with are asides."""
    at = 0
    for _ in range(_MOST):
        beginning = rows.get(words[at], ()) if at < len(words) else ()
        at = max(at, *(_after(row, words, at) for row in beginning)) if beginning else at
    return at


def _after(row: Row, words: Sequence[str], at: int) -> int:
    """Where a row ends that begins there, at the latest; -1 if it does not stand there."""
    for number, place in enumerate(row):
        fits = at < len(words) and words[at] in place.words
        if fits and place.optional:
            rest = row[number + 1 :]
            return max(_after(rest, words, at + 1), _after(rest, words, at))
        if fits:
            at += 1
        elif not place.optional:
            return -1
    return at
