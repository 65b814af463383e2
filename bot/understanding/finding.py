"""Patterns compiled together, so that those that stand in a message are found in time bounded by its length.

Only rows whose rarest words were written are followed at all (see `bot.understanding.sightings`). What is kept for a
row is a few small numbers, and for a place the words that fit there, once for all rows that have such a place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.understanding.sightings import BEGINNING, Key, Sightings, Step, Tables

_ENOUGH: Final = 2
"""So many letters tell that a word has none of the beginnings that patterns name."""

_MANY: Final = 16
"""From so many words on a place is held against all words of a message at once."""


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


Row = tuple[Place, ...]
"""A pattern written out, place by place. At least one place must be there, and it is not part of a gap."""


class Finder:
    """Rows compiled together."""

    def __init__(self, rows: Iterable[Row]) -> None:
        kept = tuple(rows)
        self._beginnings = _beginnings(kept)
        self._tables = _compiled(kept)

    @property
    def vocabulary(self) -> set[str]:
        """Every word that a pattern names in full."""
        steps = (step for row in self._tables.rows for step in row if isinstance(step, str))
        return {word for words in (*self._tables.words, steps) for word in words if not word.endswith(BEGINNING)}

    def knows_beginning(self, word: str) -> bool:
        """Whether a pattern names a beginning that ``word`` has."""
        return any(word.startswith(prefix) for prefix, _ in self._beginnings.get(word[:_ENOUGH], ()))

    def look(self, words: Sequence[str]) -> Sightings:
        """What can be found in ``words``."""
        positions = dict.fromkeys(words, 0)
        bit = 1
        for word in words:
            positions[word] |= bit
            bit <<= 1
        beginnings = self._beginnings
        for word in [word for word in positions if word[:_ENOUGH] in beginnings]:
            for prefix, key in beginnings[word[:_ENOUGH]]:
                if word.startswith(prefix):
                    positions[key] = positions.get(key, 0) | positions[word]
        return Sightings(self._tables, positions, len(words))


def _compiled(rows: Sequence[Row]) -> Tables:
    """The tables of these rows."""
    fitting: dict[Place, tuple[str, ...]] = {}
    for place in (place for row in rows for place in row):
        if place not in fitting:
            fitting[place] = (*sorted(place.words), *(f"{prefix}{BEGINNING}" for prefix in sorted(place.prefixes)))
    weights = _weights(fitting, rows)
    numbers: dict[tuple[str, ...], int] = {}
    steps: dict[Place, Step] = {}
    keys: dict[Place, Key] = {}
    for place, words in fitting.items():
        if place.is_any:
            steps[place] = None
        elif len(words) == 1 and not place.optional:
            keys[place] = steps[place] = words[0]
        else:
            several = numbers.setdefault(words, len(numbers))
            keys[place], steps[place] = several, ~several if place.optional else several
    tables = Tables([words if len(words) < _MANY else frozenset(words) for words in numbers])
    by_word: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        needed = [index for index, place in enumerate(row) if not place.optional]
        best, other = (*sorted(needed, key=lambda index: weights[row[index]]), needed[0])[:2]
        tables.rows.append(tuple(map(steps.__getitem__, row)))
        tables.needed.append(needed[-1] + 1)
        tables.others.append(keys[row[other]])
        for word in fitting[row[best]]:
            by_word.setdefault(word, []).append(number)
    shared: dict[tuple[int, ...], tuple[int, ...]] = {}
    for word, found in by_word.items():
        own = tuple(found)
        tables.by_word[word] = shared.setdefault(own, own)
    return tables


def _weights(fitting: Mapping[Place, Sequence[str]], rows: Iterable[Row]) -> dict[Place, int]:
    """For each place how little it tells: how often patterns name its words, all together."""
    named = Counter[str]()
    for place, often in Counter(place for row in rows for place in row).items():
        for word in fitting[place]:
            named[word] += often
    return {place: sum(named[word] for word in words) for place, words in fitting.items()}


def _beginnings(rows: Iterable[Row]) -> dict[str, tuple[tuple[str, str], ...]]:
    """First letters → the beginnings of words with these letters, each without and with its sign."""
    found: dict[str, list[tuple[str, str]]] = {}
    for prefix in sorted({prefix for row in rows for place in row for prefix in place.prefixes}):
        found.setdefault(prefix[:_ENOUGH], []).append((prefix, prefix + BEGINNING))
    return {letters: tuple(beginnings) for letters, beginnings in found.items()}
