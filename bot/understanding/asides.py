"""What people write around what they tell: greetings, thanks, apologies for asking. It says nothing by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.understanding.finding import Row

_MOST: Final = 6
"""So many are left out at the beginning, and at the end."""

_MOST_WORDS: Final = 60
"""So many words at either end are looked at."""

_Reached = frozenset[Row]
"""What is left of the rows that the words so far may be the beginning of; an empty one where a row has ended."""


@dataclass(eq=False, slots=True)
class _Known:
    """What may follow the words so far."""

    ends: bool
    """Whether these are an aside."""
    then: dict[str, _Known] = field(default_factory=dict, repr=False)


class Asides:
    """The asides of one language: phrases as they are written out (`bot.understanding.compiling`).

    They are written out once more, into one table for each beginning that some of them share, so that a word of a
    message is looked up once however many asides begin like it.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        every = [*rows]
        self._forwards = _beginning(every)
        self._backwards = _beginning(row[::-1] for row in every)

    def without(self, words: Sequence[str]) -> Sequence[str]:
        """The words of a message without the asides it begins and ends with; all of them where it is nothing else."""
        start, end = self.between(words)
        return words[start:end]

    def between(self, words: Sequence[str]) -> tuple[int, int]:
        """Where that begins and ends."""
        start = _words_of(self._forwards, words[:_MOST_WORDS])
        end = len(words) - _words_of(self._backwards, words[: -_MOST_WORDS - 1 : -1])
        return (start, end) if start < end else (0, len(words))


def _beginning(rows: Iterable[Row]) -> _Known:
    """What may be the first word of rows, and so on."""
    first = frozenset(left for row in rows for left in _without_optional(row))
    known = {first: _Known(ends=False)}
    new = [first]
    while new:
        reached = new.pop()
        after: dict[str, set[Row]] = {}
        for row in filter(None, reached):
            for word in row[0].words:
                after.setdefault(word, set()).update(_without_optional(row[1:]))
        for word, rest in after.items():
            left = frozenset(rest)
            if left not in known:
                known[left] = _Known(ends=() in left)
                new.append(left)
            known[reached].then[word] = known[left]
    return known[first]


def _without_optional(row: Row) -> Iterator[Row]:
    """A row, and what it is if one or more of its first places are left out."""
    yield row
    for at, place in enumerate(row):
        if not place.optional:
            return
        yield row[at + 1 :]


def _words_of(first: _Known, words: Sequence[str]) -> int:
    """How many words they begin with are asides."""
    ended = 0
    for _ in range(_MOST):
        started = ended
        known = first
        for at, word in enumerate(words[started:], started + 1):
            if word not in known.then:
                break
            known = known.then[word]
            if known.ends:
                ended = at
        if ended == started:
            break
    return ended
