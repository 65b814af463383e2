"""Phrases that count only together: where each of them stands in a message, and which stand near one another.

Where a phrase stands is kept as one long integer with a bit for every word of the message, so that looking for two
phrases near one another is one operation however often they occur.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice, product
from typing import NamedTuple

from bot.understanding.automaton import Row

WITHIN = 25
"""So many words before or after one phrase another counts as near."""

_MOST_PLACES = 3
"""In how many places a rule is looked at."""

_MOST_COMBINED = 4
"""How many ways of combining what stands before and after each place."""

_MOST_BESIDE = 2
"""How many places before, and how many after, each phrase is taken from."""

_MOST_WAYS = 64
"""A row that stands for more successions of words than this is left to the automaton."""


class Stands(NamedTuple):
    """One of several phrases that were found: which one, by its number, and the position of its last word."""

    number: int
    end: int


class Pieces:
    """Phrases that are plain words one after the other, found by looking words up."""

    def __init__(self, rows: Iterable[tuple[int, Row]]) -> None:
        """``rows`` with the number of the phrase each belongs to. Those with gaps, endings or words that may be left
        out are not taken: `rest` has them.
        """
        self.rest: list[tuple[int, Row]] = []
        self._single: dict[str, list[int]] = {}
        self._successions: dict[str, dict[str, list[tuple[tuple[str, ...], int]]]] = {}
        self._lengths: dict[tuple[int, tuple[str, ...]], int] = {}
        self._longest: dict[int, set[int]] = {}
        for number, row in rows:
            if any(place.optional or place.prefixes or place.is_any for place in row) or _ways(row) > _MOST_WAYS:
                if len(row) == 1 and not row[0].prefixes:
                    self._add_words(number, row[0].words)
                else:
                    self.rest.append((number, row))
            elif len(row) == 1:
                self._add_words(number, row[0].words)
            else:
                for words in product(*(sorted(place.words) for place in row)):
                    followers = self._successions.setdefault(words[0], {}).setdefault(words[1], [])
                    followers.append((words[2:], number))
                    self._lengths[number, words] = len(words)
                    self._longest.setdefault(number, set()).add(len(words))

    def _add_words(self, number: int, words: AbstractSet[str]) -> None:
        for word in words:
            self._single.setdefault(word, []).append(number)

    @property
    def vocabulary(self) -> set[str]:
        """Every word they are made of."""
        return {*self._single, *(word for _, words in self._lengths for word in words)}

    def places(self, words: Sequence[str]) -> dict[int, int]:
        """Number of a phrase → the positions of its last words, as bits."""
        found: dict[int, int] = {}
        positions: dict[str, int] = {}
        followed = self._successions
        single = self._single
        following = (*words[1:], "")
        for at, word in enumerate(words):
            if word in single:
                positions[word] = positions.get(word, 0) | 1 << at
            if (after := followed.get(word)) and (few := after.get(following[at])):
                for rest, number in few:
                    end = at + 1 + len(rest)
                    if not rest or tuple(words[at + 2 : end + 1]) == rest:
                        found[number] = found.get(number, 0) | 1 << end
        for word, bits in positions.items():
            for number in self._single[word]:
                found[number] = found.get(number, 0) | bits
        return found

    def positions(self, stands: Stands, words: Sequence[str]) -> range | None:
        """Where the words of a phrase stand; None if it is not one of these."""
        for length in sorted(self._longest.get(stands.number, ()), reverse=True):
            start = stands.end + 1 - length
            if start >= 0 and (stands.number, tuple(words[start : stands.end + 1])) in self._lengths:
                return range(start, stands.end + 1)
        if stands.number in self._single.get(words[stands.end], ()):
            return range(stands.end, stands.end + 1)
        return None


class Together:
    """Which phrases belong together."""

    def __init__(self, joined: Sequence[Sequence[int]]) -> None:
        """``joined``: for each rule the numbers of the phrases it consists of."""
        uses: dict[int, int] = {}
        for numbers in joined:
            for number in numbers:
                uses[number] = uses.get(number, 0) + 1
        self._by_rarest: dict[int, list[tuple[int, tuple[int, ...]]]] = {}
        for rule, numbers in enumerate(joined):
            rarest = min(numbers, key=lambda number: (uses[number], number))
            others = tuple(number for number in numbers if number != rarest)
            self._by_rarest.setdefault(rarest, []).append((rule, others))

    def met(self, places: Mapping[int, int]) -> Iterator[tuple[int, tuple[Stands, ...]]]:
        """Every rule whose phrases all stand near one of them, with where they do: for each rule a few places, one of
        which may have the same words twice.
        """
        around: dict[int, int] = {}
        for rarest in places.keys() & self._by_rarest.keys():
            for rule, others in self._by_rarest[rarest]:
                near = places[rarest]
                for other in others:
                    if other not in places:
                        break
                    if other not in around:
                        around[other] = _spread(places[other])
                    near &= around[other]
                    if not near:
                        break
                else:
                    for _ in range(_MOST_PLACES):
                        at = (near & -near).bit_length() - 1
                        sides = [[Stands(one, end) for end in _beside(places[one], at)] for one in others]
                        for way in islice(_apart(sides, (Stands(rarest, at),)), _MOST_COMBINED):
                            yield rule, way
                        near &= near - 1
                        if not near:
                            break


def _ways(row: Row) -> int:
    ways = 1
    for place in row:
        ways *= max(1, len(place.words))
    return ways


def _spread(bits: int) -> int:
    """All positions within `WITHIN` of those of ``bits``."""
    reach, done = bits, 0
    while done < WITHIN:
        step = min(done or 1, WITHIN - done)
        reach |= reach << step | reach >> step
        done += step
    return reach


def _apart(sides: Sequence[Sequence[Stands]], taken: tuple[Stands, ...]) -> Iterator[tuple[Stands, ...]]:
    """Every way to take one of each side after ``taken`` so that no two of them end on the same word: `brother` and
    `mum` are two people even where each could be either.
    """
    if not sides:
        yield taken
        return
    for one in sides[0]:
        if all(one.end != other.end for other in taken):
            yield from _apart(sides[1:], (*taken, one))


def _beside(bits: int, at: int) -> list[int]:
    """The positions among ``bits`` next to ``at``, a few before and a few after it, the nearest first."""
    bits = bits & ~(1 << at) or bits
    found = []
    after, before = bits >> at, bits & ((1 << at) - 1)
    for _ in range(_MOST_BESIDE):
        if after:
            found.append(at + (after & -after).bit_length() - 1)
            after &= after - 1
        if before:
            found.append(before.bit_length() - 1)
            before &= ~(1 << found[-1])
    return sorted(found, key=lambda position: abs(position - at))
