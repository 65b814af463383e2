"""Finds many patterns in a list of words at once, in time that depends on the number of words and nothing else.

Every place of every pattern is one bit of a long integer; one step per word moves all patterns on together (the
"shift-and" method, with gaps as places that any word fits and that may be skipped). So nothing ever backtracks, and
the worst message costs as much as any other of its length.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a row: the words that fit, the beginnings of words that fit; without either, any word fits."""

    words: frozenset[str]
    prefixes: frozenset[str] = frozenset()
    optional: bool = False

    @property
    def is_any(self) -> bool:
        """Whether it belongs to a gap."""
        return not self.words and not self.prefixes

    def fits(self, word: str) -> bool:
        """Whether ``word`` may stand here."""
        return self.is_any or word in self.words or any(word.startswith(prefix) for prefix in self.prefixes)


Row = tuple[Place, ...]
"""A pattern written out, place by place. At least one place must be there."""


class Find(NamedTuple):
    """A row was found: which one, by its number, and the position of its last word."""

    row: int
    end: int


class Automaton:
    """Rows compiled together."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = tuple(rows)
        self._any = self._optional = self._last = starts = 0
        places: dict[Place, list[int]] = {}
        any_: list[int] = []
        optional: list[int] = []
        last: list[int] = []
        first: list[int] = []
        self._row_of: dict[int, int] = {}
        bit = 0
        for number, row in enumerate(self.rows):
            needed = [index for index, place in enumerate(row) if not place.optional]
            first += range(bit, bit + needed[0] + 1)
            ends = range(bit + needed[-1], bit + len(row))
            last += ends
            self._row_of.update((end, number) for end in ends)
            for place in row:
                if place.is_any:
                    any_.append(bit)
                else:
                    places.setdefault(Place(place.words, place.prefixes), []).append(bit)
                if place.optional:
                    optional.append(bit)
                bit += 1
        self.size = bit
        self._any, self._optional, self._last = _bits(any_), _bits(optional), _bits(last)
        starts = _bits(first)
        words: dict[str, int] = {}
        prefixes: dict[str, int] = {}
        for place, positions in places.items():
            mask = _bits(positions)
            for word in place.words:
                words[word] = words.get(word, 0) | mask
            for prefix in place.prefixes:
                prefixes[prefix] = prefixes.get(prefix, 0) | mask
        self._lengths = tuple(sorted({len(prefix) for prefix in prefixes}))
        for word in words if prefixes else ():
            for length in self._lengths:
                if mask := prefixes.get(word[:length], 0) if len(word) >= length else 0:
                    words[word] |= mask
        self._words = {word: (mask, mask & starts) for word, mask in words.items()}
        self._prefixes = {prefix: (mask, mask & starts) for prefix, mask in prefixes.items()}

    def knows_beginning(self, word: str) -> bool:
        """Whether a pattern names a beginning that ``word`` has."""
        return bool(self._prefixes) and self._by_prefix(word) is not None

    @property
    def vocabulary(self) -> Iterable[str]:
        """Every word that a pattern names in full."""
        return self._words.keys()

    def scan(self, words: Sequence[str]) -> list[Find]:
        """Everything found, in the order of the last words."""
        known, any_, optional, last = self._words, self._any, self._optional, self._last
        found: list[Find] = []
        state = 0
        for position, word in enumerate(words):
            masks = known.get(word) or (self._by_prefix(word) if self._prefixes else None)
            if masks is None:
                if not state:
                    continue
                state = (state << 1) & any_
            elif state:
                moved = state << 1
                state = (moved & masks[0]) | (moved & any_) | masks[1]
            else:
                state = masks[1]
            if not state:
                continue
            seed = (state << 1) & optional
            if seed:
                state |= (((optional + seed) ^ optional) | seed) & optional
            if hits := state & last:
                while hits:
                    lowest = hits & -hits
                    found.append(Find(self._row_of[lowest.bit_length() - 1], position))
                    hits ^= lowest
        return found

    def positions(self, find: Find, words: Sequence[str]) -> tuple[int, ...]:
        """Where the words of the row stand, the shortest way to fit it; without the words within its gaps."""
        ways: dict[int, tuple[int, ...]] = {find.end + 1: ()}
        """Position reached → the words taken from there on."""
        for place in reversed(self.rows[find.row]):
            before: dict[int, tuple[int, ...]] = dict(ways) if place.optional else {}
            for position, taken in ways.items():
                at = position - 1
                if at < 0 or not place.fits(words[at]):
                    continue
                way = taken if place.is_any else (at, *taken)
                if len(way) > len(before.get(at, ())):
                    before[at] = way
            ways = before
        return max((taken for taken in ways.values() if taken), key=lambda taken: (len(taken), taken[0]))

    def _by_prefix(self, word: str) -> tuple[int, int] | None:
        mask = starts = 0
        for length in self._lengths:
            if length > len(word):
                break
            if masks := self._prefixes.get(word[:length]):
                mask |= masks[0]
                starts |= masks[1]
        return (mask, starts) if mask else None


def _bits(positions: Sequence[int]) -> int:
    if not positions:
        return 0
    field = bytearray(max(positions) // 8 + 1)
    for position in positions:
        field[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(field, "little")
