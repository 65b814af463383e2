"""Patterns compiled together, so that those that stand in a message are found in time bounded by its length.

Only rows whose rarest words were written are followed at all (see `bot.understanding.sightings`). What is kept for a
row is a few small numbers, and for a place the words that fit there, once for all rows that have such a place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain, compress
from operator import itemgetter
from typing import Final

from bot.understanding.sightings import BEGINNING, SHORT, Key, Step, Tables, Written

_FEWEST: Final = 2
"""The letters of the shortest beginnings that patterns name."""
_ENOUGH: Final = 3
"""So many letters tell that a word has none of the others."""

_FIRST: Final = itemgetter(slice(_ENOUGH))
"""The first letters of a word."""

_MANY: Final = 16
"""From so many words on a place is held against all words of a message at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One place of a row: the words that fit, the beginnings of words that fit; without either, any word fits.

    Thousands of rows share a place, which is told by being the same one: comparing their words took half of the time.
    """

    words: frozenset[str]
    prefixes: frozenset[str] = frozenset()
    optional: bool = False

    @property
    def is_any(self) -> bool:
        """Whether it belongs to a gap."""
        return not self.words and not self.prefixes


Row = tuple[Place, ...]
"""A pattern written out, place by place. At least one place must be there, and it is not part of a gap."""


class Wording:
    """The words that rows name, in full and by their beginnings."""

    def __init__(self, rows: Iterable[Row]) -> None:
        every = [*rows]
        places = dict.fromkeys(chain.from_iterable(every))  # in order, so that the same words make the same tables
        self._longest = max(map(len, every), default=1)
        self.words: AbstractSet[str] = frozenset[str]().union(*(place.words for place in places))
        """Every word that a pattern names in full."""
        self._beginnings = frozenset[str]().union(*(place.prefixes for place in places))
        lengths: dict[str, set[int]] = {}
        for beginning in self._beginnings:
            lengths.setdefault(beginning[:_ENOUGH], set()).add(len(beginning))
        self._lengths = {letters: tuple(sorted(found)) for letters, found in lengths.items()}
        """First letters → how long the beginnings with these letters are."""
        self._shortest = frozenset(letters for letters in lengths if len(letters) <= _FEWEST)
        """The beginnings that are no longer themselves."""

    def knows_beginning(self, word: str) -> bool:
        """Whether a pattern names a beginning that ``word`` has."""
        if word[:_ENOUGH] not in self._lengths and word[:_FEWEST] not in self._shortest:
            return False
        return any(word[:length] in self._beginnings for length in self._lengths_for(word))

    def _lengths_for(self, word: str) -> tuple[int, ...]:
        """How long the beginnings are that ``word`` may have."""
        few = self._lengths.get(word[:_FEWEST], ()) if word[:_FEWEST] in self._shortest else ()
        return few + self._lengths.get(word[:_ENOUGH], ()) if len(word) > _FEWEST else few

    def _may_begin(self, words: Iterable[str]) -> list[str]:
        """Those of ``words`` whose first letters are those of a beginning that patterns name."""
        every = [*words]
        found = [*compress(every, map(self._lengths.__contains__, map(_FIRST, every)))]
        if shortest := self._shortest:
            lengths = self._lengths
            found += [word for word in every if word[:_FEWEST] in shortest and word[:_ENOUGH] not in lengths]
        return found

    def _beginning(self, words: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
        """Those of ``words`` that have beginnings which patterns name, and what stands for these."""
        beginnings = self._beginnings
        for word in self._may_begin(words):
            every = [word[:length] for length in self._lengths_for(word)]
            if found := [beginning + BEGINNING for beginning in every if beginning in beginnings]:
                yield word, found

    def written(self, words: Sequence[str]) -> Written:
        """Where everything that rows name stands in ``words``."""
        if len(words) > SHORT:
            return self._written_at_length(words)
        positions = dict.fromkeys(words, 0)
        bit = 1
        for word in words:
            positions[word] |= bit
            bit <<= 1
        lengths, shortest = self._lengths, self._shortest
        for word in [word for word in positions if word[:_ENOUGH] in lengths or word[:_FEWEST] in shortest]:
            for length in self._lengths_for(word):
                if (beginning := word[:length]) in self._beginnings:
                    key = beginning + BEGINNING
                    positions[key] = positions.get(key, 0) | positions[word]
        return Written(positions, len(words), {}, self._longest)

    def _written_at_length(self, words: Sequence[str]) -> Written:
        different = {*words}
        beginnings = dict(self._beginning(different))
        positions = dict.fromkeys((different & self.words) | beginnings.keys(), 0)
        blocks = positions.copy()
        bit = 1
        for start in range(0, len(words), self._longest):
            for position, word in enumerate(words[start : start + self._longest], start):
                if word in positions:
                    positions[word] |= 1 << position
                    blocks[word] |= bit
            bit <<= 1
        for word, found in beginnings.items():
            for key in found:
                positions[key] = positions.get(key, 0) | positions[word]
                blocks[key] = blocks.get(key, 0) | blocks[word]
        return Written(positions, len(words), blocks, self._longest)


def compiled(rows: Sequence[Row]) -> Tables:
    """The tables of these rows, to be asked by `Sightings`."""
    fitting: dict[Place, tuple[str, ...]] = {}
    for place in dict.fromkeys(chain.from_iterable(rows)):
        fitting[place] = (*sorted(place.words), *(f"{prefix}{BEGINNING}" for prefix in sorted(place.prefixes)))
    weights = _weights(fitting, rows)
    numbers: dict[tuple[str, ...], int] = {}
    steps: dict[Place, Step] = {}
    keys: dict[Place, Key] = {}
    for place, words in fitting.items():
        if place.is_any:
            steps[place] = Step(None, optional=True)
            continue
        keys[place] = words[0] if len(words) == 1 else numbers.setdefault(words, len(numbers))
        steps[place] = Step(keys[place], place.optional)
    tables = Tables([words if len(words) < _MANY else frozenset(words) for words in numbers])
    by_word: defaultdict[str, list[int]] = defaultdict(list)
    alone: defaultdict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        needed: Sequence[Place] = row if len(row) == 1 else [place for place in row if not place.optional]
        if len(needed) == 1:
            best, other, telling = needed[0], needed[0], alone
        else:
            best, other, *_ = sorted(needed, key=weights.__getitem__)
            telling = by_word
        tables.rows.append(tuple(map(steps.__getitem__, row)))
        tables.fixed.append(len(needed) == len(row))
        tables.needed.append(_until_last_needed(row) if row[-1].optional else len(row))
        tables.others.append(keys[other])
        for word in fitting[best]:
            telling[word].append(number)
    for table, found in ((tables.by_word, by_word), (tables.alone, alone)):
        shared: dict[tuple[int, ...], tuple[int, ...]] = {}
        for word, numbers_ in found.items():
            own = tuple(numbers_)
            table[word] = shared.setdefault(own, own)
    return tables


def _until_last_needed(row: Row) -> int:
    """How many of its places lead to the last that must be there."""
    places = len(row)
    while row[places - 1].optional:
        places -= 1
    return places


def _weights(fitting: Mapping[Place, Sequence[str]], rows: Iterable[Row]) -> dict[Place, int]:
    """For each place how little it tells: how often patterns name its words, all together."""
    named: defaultdict[str, int] = defaultdict(int)
    for place, often in Counter(chain.from_iterable(rows)).items():
        for word in fitting[place]:
            named[word] += often
    return {place: sum(map(named.__getitem__, words)) for place, words in fitting.items()}
