"""Phrases that count only together: which of them stand near one another.

Where a phrase stands is kept as one long integer with a bit for every word of the message, so that looking for two
phrases near one another is one operation however often they occur.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import accumulate, chain, islice, pairwise
from operator import or_
from typing import NamedTuple

from bot.understanding.finding import Row, compiled
from bot.understanding.sightings import Find, Sightings, Written, spread

WITHIN = 25
"""So many words before or after one phrase another counts as near."""

_MOST_PLACES = 3
"""In how many places a rule is looked at."""

_MOST_COMBINED = 4
"""How many ways of combining what stands before and after each place."""

_MOST_BESIDE = 2
"""How many places before, and how many after, each phrase is taken from."""


class Stands(NamedTuple):
    """One of several phrases that were found: which one, by its number, and the position of its last word."""

    number: int
    end: int


Way = tuple[Stands, ...]
"""One way in which the phrases of a rule stand near one another."""


class Together:
    """Which phrases belong together."""

    def __init__(self, phrases: Sequence[Sequence[Row]], joined: Sequence[Sequence[int]], ranks: Sequence[int]) -> None:
        """``phrases``: the rows that each stands for; ``joined``: for each rule the numbers of the phrases it consists
        of; ``ranks``: how early each rule comes.
        """
        self.tables = compiled([row for rows in phrases for row in rows])
        alone, self.tables.alone = self.tables.alone, {}  # which phrases they are tells as much
        number_of = [number for number, rows in enumerate(phrases) for _ in rows]
        self.number_of = array("I", number_of)
        """Row → the number of its phrase."""
        said = {rows: tuple({*map(number_of.__getitem__, rows)}) for rows in dict.fromkeys(alone.values())}
        self.by_word = {word: said[rows] for word, rows in alone.items()}
        """Word → the phrases that it says all by itself."""
        one_word = {*chain.from_iterable(alone.values())}
        self.first_row = array("I", accumulate(map(len, phrases), initial=0))
        """Phrase → the first of its rows, which end where those of the next begin."""
        self.one_word = [
            tuple(row for row in range(first, last) if row in one_word) for first, last in pairwise(self.first_row)
        ]
        """Phrase → its rows of which one word tells all."""
        self.plainly = frozenset(
            phrase for phrase, rows in enumerate(self.one_word) if all(len(self.tables.rows[row]) == 1 for row in rows)
        )
        """The phrases that end wherever a word stands that says them, since nothing may follow it."""
        uses = Counter(chain.from_iterable(joined))
        rarest = [min(numbers, key=lambda number: (uses[number], number)) for numbers in joined]
        order = sorted(range(len(joined)), key=lambda rule: (ranks[rule], rarest[rule], rule))
        self.rules = tuple(
            Rule(rule, rarest[rule], tuple(number for number in joined[rule] if number != rarest[rule]))
            for rule in order
        )
        """All rules, those that come first first."""
        self.by_rarest: dict[int, list[int]] = {}
        """Phrase → the positions, among ``rules``, of those that it is the rarest of."""
        for position, rule in enumerate(self.rules):
            self.by_rarest.setdefault(rule.rarest, []).append(position)

    def look(self, written: Written) -> Meetings:
        """What stands near what in a message."""
        return Meetings(self, written)


class Rule(NamedTuple):
    """Phrases that must stand near one another."""

    number: int
    """Its own number."""
    rarest: int
    """The phrase that the fewest rules use."""
    others: tuple[int, ...]


class Meetings:
    """One message, to be asked which phrases stand near one another. Lives as long as the message is read."""

    def __init__(self, together: Together, written: Written) -> None:
        self._together = together
        self._seen = Sightings(together.tables, written)
        self._possible = set(self._seen.possible)
        """The longer rows that may have been written."""
        by_word = together.by_word
        self._phrases = set(map(together.number_of.__getitem__, self._possible)).union(
            *map(by_word.__getitem__, by_word.keys() & written.positions.keys())
        )
        """The phrases that may have been written."""
        self._written = written
        self._ends: dict[int, int] = {}
        self._said: dict[int, int] = {}
        self._around: dict[int, int] = {}

    @property
    def rules(self) -> Iterator[Rule]:
        """The rules whose phrases may all have been written, those that come first first."""
        phrases, rules, by_rarest = self._phrases, self._together.rules, self._together.by_rarest
        positions = [position for rarest in phrases & by_rarest.keys() for position in by_rarest[rarest]]
        found = [position for position in positions if phrases.issuperset(rules[position].others)]
        if self._written.blocks and found:
            found = self._roughly_met(found)
        found.sort()
        return map(rules.__getitem__, found)

    def _roughly_met(self, positions: Iterable[int]) -> list[int]:
        """In a long text: the rules all of whose phrases stand in blocks that are not too far apart."""
        rules = self._together.rules
        blocks = self._said_in(self._written.blocks, self._phrases)
        number_of = self._together.number_of
        for row in self._possible:
            blocks[number_of[row]] |= self._seen.blocks(row)
        # Neither the telling word of a phrase nor its last is more than a block away from the other.
        reach = 2 + -(-WITHIN // self._written.block)
        around: dict[int, int] = {}
        found: list[int] = []
        for position in positions:
            _, rarest, others = rules[position]
            near = blocks[rarest]
            for other in others:
                if other not in around:
                    around[other] = spread(blocks[other], reach, reach)
                near &= around[other]
            if near:
                found.append(position)
        wanted = {phrase for position in found for phrase in (rules[position].rarest, *rules[position].others)}
        self._said = self._said_in(self._written.positions, wanted & self._together.plainly)
        return found

    def _said_in(self, places: Mapping[str, int], phrases: Iterable[int]) -> dict[int, int]:
        """For each of ``phrases`` all of ``places`` of the words that say it by themselves."""
        found = dict.fromkeys(phrases, 0)
        by_word = self._together.by_word
        for word in by_word.keys() & places.keys():
            here = places[word]
            for phrase in by_word[word]:
                if phrase in found:
                    found[phrase] |= here
        return found

    def ways(self, rule: Rule) -> Iterator[Way]:
        """Where all phrases of a rule stand near its rarest: a few places, which may share words."""
        near = self._ends_of(rule.rarest)
        for other in rule.others:
            if not near:
                return
            near &= self._near(other)
        for _ in range(_MOST_PLACES):
            if not near:
                return
            at = (near & -near).bit_length() - 1
            sides = [[Stands(other, end) for end in _beside(self._ends_of(other), at)] for other in rule.others]
            yield from islice(_apart(sides, (Stands(rule.rarest, at),)), _MOST_COMBINED)
            near &= near - 1

    def where(self, stands: Stands) -> tuple[int, ...]:
        """Where the words of one of several phrases stand, as many of them as possible."""
        ending = (row for row in self._rows_of(stands.number) if self._seen.ends(row) >> stands.end & 1)
        return max((self._seen.where(Find(stands.end, row)) for row in ending), key=len)

    def _rows_of(self, phrase: int) -> Iterator[int]:
        return chain(self._together.one_word[phrase], self._longer(phrase))

    def _longer(self, phrase: int) -> Iterator[int]:
        """Its rows that may be there and that one word does not tell all of."""
        first_row, alone = self._together.first_row, self._together.one_word[phrase]
        rows = range(first_row[phrase], first_row[phrase + 1])
        return (row for row in rows if row in self._possible and row not in alone)

    def _ends_of(self, phrase: int) -> int:
        """The positions of the last words of a phrase, as bits."""
        if phrase not in self._ends:
            rows = self._longer(phrase) if phrase in self._said else self._rows_of(phrase)
            self._ends[phrase] = reduce(or_, map(self._seen.ends, rows), self._said.get(phrase, 0))
        return self._ends[phrase]

    def _near(self, phrase: int) -> int:
        """The positions near the last words of a phrase, as bits."""
        if phrase not in self._around:
            self._around[phrase] = spread(self._ends_of(phrase), WITHIN, WITHIN)
        return self._around[phrase]


def _apart(sides: Sequence[Sequence[Stands]], taken: tuple[Stands, ...]) -> Iterator[Way]:
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
