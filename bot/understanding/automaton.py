"""Finds many patterns in a list of words at once, in time that depends on the number of words and nothing else.

Every place of every pattern is one bit of a long integer; one step per word moves all patterns on together (the
"shift-and" method, with gaps as places that any word fits and that may be skipped). So nothing ever backtracks, and
the worst message costs as much as any other of its length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

SHORT = 60
"""Up to so many words are simply all looked at."""

MOST_WORDS = 400
"""In longer texts only the surroundings of telling words are looked at: at most so many words, half from each end."""

_ENOUGH = 2
"""So many letters tell that a word has none of the beginnings that patterns name."""


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

    def __init__(self, rows: Sequence[Row], everyday: AbstractSet[str] = frozenset()) -> None:
        """``everyday`` are words that tell nothing by themselves."""
        self.rows = tuple(rows)
        self._row_of: dict[int, int] = {}
        any_: list[int] = []
        optional: list[int] = []
        first: list[int] = []
        last: list[int] = []
        places: dict[tuple[frozenset[str], frozenset[str]], list[int]] = {}
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
                    places.setdefault((place.words, place.prefixes), []).append(bit)
                if place.optional:
                    optional.append(bit)
                bit += 1
        self.size = bit
        self._any, self._optional, self._last = _bits(any_), _bits(optional), _bits(last)
        starts = _bits(first)
        words: dict[str, int] = {}
        prefixes: dict[str, int] = {}
        for (exact, beginnings), positions in places.items():
            mask = _bits(positions)
            for word in exact:
                words[word] = words.get(word, 0) | mask
            for prefix in beginnings:
                prefixes[prefix] = prefixes.get(prefix, 0) | mask
        lengths: dict[str, set[int]] = {}
        for prefix in prefixes:
            lengths.setdefault(prefix[:_ENOUGH], set()).add(len(prefix))
        self._lengths = {beginning: tuple(sorted(found)) for beginning, found in lengths.items()}
        for word in words:
            for length in self._lengths.get(word[:_ENOUGH], ()):
                words[word] |= prefixes.get(word[:length], 0)
        self._starts = starts
        self._words = words
        self._prefixes = prefixes
        self._telling = _telling(self.rows, everyday)

    def knows_beginning(self, word: str) -> bool:
        """Whether a pattern names a beginning that ``word`` has."""
        return bool(self._by_prefix(word))

    @property
    def vocabulary(self) -> Iterable[str]:
        """Every word that a pattern names in full."""
        return self._words.keys()

    def scan(self, words: Sequence[str]) -> list[Find]:
        """Everything found; in longer texts of each row the first two and the last."""
        if len(words) <= SHORT:
            return [find for place in self._scan(words, 0, len(words)) for find in self._finds(*place)]
        places = [place for start, end in self._stretches(words) for place in self._scan(words, start, end)]
        return [find for place in _few(places) for find in self._finds(*place)]

    def positions(self, find: Find, words: Sequence[str]) -> tuple[int, ...]:
        """Where the words of the row stand, as many of them as possible; without the words within its gaps."""
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

    def _finds(self, position: int, hits: int) -> Iterator[Find]:
        """The rows whose last places are the bits of ``hits``."""
        while hits:
            lowest = hits & -hits
            yield Find(self._row_of[lowest.bit_length() - 1], position)
            hits ^= lowest

    def _scan(self, words: Sequence[str], start: int, end: int) -> list[tuple[int, int]]:
        """Position of a word → the last places of rows reached with it, as bits."""
        known, any_, optional, last, starts = self._words, self._any, self._optional, self._last, self._starts
        beginnings = self._lengths
        found: list[tuple[int, int]] = []
        state = 0
        for position in range(start, end):
            word = words[position]
            mask = known.get(word) or (self._by_prefix(word) if word[:_ENOUGH] in beginnings else 0)
            if not mask:
                if not state:
                    continue
                state = (state << 1) & any_
            else:
                state = ((state << 1) & (mask | any_)) | (mask & starts)
            if not state:
                continue
            if seed := (state << 1) & optional:
                # Carrying: every place from a seed up to the next one that must be there counts as passed.
                state |= (((optional + seed) ^ optional) | seed) & optional
            if hits := state & last:
                found.append((position, hits))
        return found

    def _stretches(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """The parts of a long text in which something can be found: what stands around telling words."""
        telling, beginnings = self._telling, self._lengths
        reaches = {word: telling.get(word) for word in {*words}}
        for word, reach in reaches.items():
            if reach is None and word[:_ENOUGH] in beginnings:
                reaches[word] = self._reach_by_prefix(word)
        stretches: list[tuple[int, int]] = []
        first, last = 0, -1
        for position, word in enumerate(words):
            if (reach := reaches[word]) is None:
                continue
            start, end = position - reach[0], position + reach[1] + 1
            if start <= last:
                first, last = min(start, first), max(end, last)
                continue
            if last > 0:
                stretches.append((max(0, first), last))
            first, last = start, end
        if last > 0:
            stretches.append((max(0, first), min(last, len(words))))
        yield from _at_most(stretches, MOST_WORDS)

    def _by_prefix(self, word: str) -> int:
        mask = 0
        for length in self._lengths.get(word[:_ENOUGH], ()):
            mask |= self._prefixes.get(word[:length], 0)
        return mask

    def _reach_by_prefix(self, word: str) -> tuple[int, int] | None:
        lengths = self._lengths.get(word[:_ENOUGH], ())
        found = [reach for length in lengths if (reach := self._telling.get(f"{word[:length]}*"))]
        if not found:
            return None
        return max(reach[0] for reach in found), max(reach[1] for reach in found)


def _few(places: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Of each bit the first two positions and the last."""
    later = {}
    known = 0
    for position, hits in reversed(places):
        later[position] = hits & ~known
        known |= hits
    once = twice = 0
    for position, hits in places:
        if few := (hits & ~twice) | later[position]:
            yield position, few
        twice |= once & hits
        once |= hits


def _telling(rows: Sequence[Row], everyday: AbstractSet[str]) -> dict[str, tuple[int, int]]:
    """For each row the place that tells most: its words, with how far the rest of their rows can reach."""
    reaches: dict[str, tuple[int, int]] = {}
    for row in rows:
        needed = [index for index, place in enumerate(row) if not place.optional]
        best = min(needed, key=lambda index: (len(row[index].words & everyday), len(row[index].words)))
        for word in (*row[best].words, *(f"{prefix}*" for prefix in row[best].prefixes)):
            before, after = reaches.get(word, (0, 0))
            reaches[word] = (max(before, best), max(after, len(row) - best - 1))
    return reaches


def _at_most(stretches: list[tuple[int, int]], most: int) -> list[tuple[int, int]]:
    """The stretches if they are short enough together, otherwise the first and the last of them."""
    if sum(end - start for start, end in stretches) <= most:
        return stretches
    last: list[tuple[int, int]] = []
    left = most // 2
    for start, end in reversed(stretches):
        if left <= 0:
            break
        last.append((max(start, end - left), end))
        left -= end - start
    last.reverse()
    first: list[tuple[int, int]] = []
    left = most // 2
    for start, end in stretches:
        until = min(end, start + left, last[0][0])
        if until <= start:
            break
        first.append((start, until))
        left -= until - start
    return first + last


def _bits(positions: Sequence[int]) -> int:
    if not positions:
        return 0
    field = bytearray(max(positions) // 8 + 1)
    for position in positions:
        field[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(field, "little")
