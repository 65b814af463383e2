"""What stands where in one message.

Where a word stands is one long integer with a bit for each position, and so is where any word of a place of a pattern
stands; going on from place to place is a shift and a comparison, however often the words occur. So nothing ever
backtracks, and what a message costs depends on its length alone.

A long text holds most words of most rows somewhere, but seldom near one another. So it is first looked at roughly: in
which blocks of words does each word stand? Only rows whose words stand in the same or neighbouring blocks are followed
word by word. That loses none, since no row is longer than a block.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, NamedTuple

SHORT: Final = 60
"""In up to so many words everything is found; in longer texts of each row the first two places and the last."""

BEGINNING: Final = "*"
"""Ends what stands for all words that begin so. No word of a message holds this sign."""

Key = str | int
"""What fits a place: one word (or the beginning of words, with its sign), or the number of several."""


class Step(NamedTuple):
    """A place of a row: what must stand there, None for any word; and whether the place may be left out."""

    key: Key | None
    optional: bool


@dataclass(slots=True)
class Tables:
    """All rows of patterns, compiled (see `bot.understanding.finding`)."""

    words: Sequence[tuple[str, ...] | frozenset[str]]
    """Number → the words, and the beginnings of words with their sign."""
    rows: list[tuple[Step, ...]] = field(default_factory=list)
    needed: array[int] = field(default_factory=lambda: array("H"))
    """Row → how many of its steps lead to the last word that must be there."""
    fixed: bytearray = field(default_factory=bytearray)
    """Row → whether none of its places may be left out, so that it stands wherever its words follow one another."""
    others: list[Key] = field(default_factory=list)
    """Row → what tells most about it besides its telling word; the first place where there is nothing else."""
    by_word: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Word → the rows about which it tells most, but which need other words as well."""
    alone: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Word → the rows that are found wherever it stands."""


class Written(NamedTuple):
    """The words of one message."""

    positions: dict[str, int]
    """Every word, and every beginning that patterns name, → its positions as bits. Of more than `SHORT` words only what
    patterns name.
    """
    length: int
    """How many words there are."""
    blocks: dict[str, int]
    """Of more than `SHORT` words: the same keys → the blocks of words in which they stand, as bits; otherwise empty."""
    block: int
    """How many words a block has: as many as the longest row has places."""


class Find(NamedTuple):
    """A row was found: the position of its last word, and the number of the row."""

    end: int
    row: int


class Sightings:
    """One message, to be asked where rows stand in it. Lives as long as the message is read."""

    def __init__(self, tables: Tables, written: Written) -> None:
        self._tables = tables
        self._positions, self._length, blocks, _ = written
        self._blocks: dict[Key, int] = dict(blocks.items()) if blocks else {}
        """In which blocks what fits a place stands, for those places that were asked for."""
        self._near: dict[int, int] = {}
        """In a long text, for rows that are possible: the blocks where the telling word stands near the other."""
        self._ends: dict[int, int] = {}
        self._known: dict[Key, int] = {}
        """Where what fits a place stands, for those places that were asked for."""

    @property
    def likely(self) -> list[int]:
        """The rows that can stand in the message, in order: their two most telling places were written."""
        return sorted({*self.sure, *self.possible})

    @property
    def sure(self) -> Iterator[int]:
        """The rows of which one word tells all; some of them may come twice."""
        alone = self._tables.alone
        return chain.from_iterable(map(alone.__getitem__, alone.keys() & self._positions.keys()))

    @property
    def possible(self) -> list[int]:
        """The other rows whose two most telling places were written, in no particular order."""
        if self._blocks:
            return self._possible_in_blocks()
        by_word, others, words, written = self._tables.by_word, self._tables.others, self._tables.words, self._positions
        absent = written.keys().isdisjoint
        rows = set(chain.from_iterable(map(by_word.__getitem__, by_word.keys() & written.keys())))
        return [
            row
            for row in rows
            if (other := others[row]) in written or (type(other) is int and not absent(words[other]))
        ]

    def _possible_in_blocks(self) -> list[int]:
        """The same in a long text, if these places were written near one another."""
        by_word, others, blocks, near = self._tables.by_word, self._tables.others, self._blocks, self._near
        for word in by_word.keys() & self._positions.keys():
            here = blocks[word]
            around = here | here << 1 | here >> 1
            for row in by_word[word]:
                other = others[row]
                there = blocks[other] if other in blocks else self._in_blocks(other)
                if there & around:
                    near[row] = near.get(row, 0) | (here & (there | there << 1 | there >> 1))
        return [*near]

    def blocks(self, row: int) -> int:
        """In a long text: the blocks in which the telling word of ``row``, which is possible, stands, as bits."""
        return self._near[row]

    def _in_blocks(self, key: Key) -> int:
        """In which blocks what fits a place stands, as bits."""
        if key in self._blocks:
            return self._blocks[key]
        bits = 0
        if not isinstance(key, str):
            blocks, words = self._blocks, self._tables.words[key]
            for word in words if isinstance(words, tuple) else words & self._positions.keys():
                if word in blocks:
                    bits |= blocks[word]
        self._blocks[key] = bits
        return bits

    def _is_near(self, row: int) -> bool:
        """In a long text: whether all words that ``row`` must have stand near its telling word."""
        blocks, around = self._blocks, self._near[row]
        around |= around << 1 | around >> 1
        for key, optional in self._tables.rows[row]:
            if optional or key is None:
                continue
            if not around & (blocks[key] if key in blocks else self._in_blocks(key)):
                return False
        return True

    def finds(self, rows: Iterable[int]) -> list[Find]:
        """Where ``rows`` end, in order; in longer texts of each the first two places and the last."""
        if self._length <= SHORT:
            found = [Find(end, row) for row in rows if (ends := self.ends(row)) for end in each_bit(ends)]
        else:
            reached = ((row, ends) for row in rows if (ends := self._reached(row)))
            found = [Find(end, row) for row, ends in reached for end in {*self._few_ends(row, ends)}]
        found.sort()
        return found

    def ends(self, row: int) -> int:
        """The positions of the last words of ``row``, as bits."""
        if row in self._ends:
            return self._ends[row]
        every = reached = self._reached(row)
        if reached:
            for taken in self._further(row, reached):
                every |= taken
        self._ends[row] = every >> 1
        return self._ends[row]

    def where(self, find: Find) -> tuple[int, ...]:
        """Where the words of the row stand, as many of them as possible; without the words within its gaps."""
        row = self._tables.rows[find.row]
        if self._tables.fixed[find.row]:
            return tuple(range(find.end + 1 - len(row), find.end + 1))
        ways: dict[int, tuple[int, ...]] = {find.end + 1: ()}
        """Position reached → the words taken from there on."""
        known = self._known
        for key, optional in reversed(row):
            if key is None:
                before = ways.copy()
                for position, taken in ways.items():
                    if position and ((at := position - 1) not in before or len(taken) > len(before[at])):
                        before[at] = taken
                ways = before
                continue
            place = known[key] if key in known else self._place(key)
            if not optional:  # as many ways as before at most, which never meet
                ways = {
                    position - 1: (position - 1, *taken)
                    for position, taken in ways.items()
                    if position and place >> position - 1 & 1
                }
                continue
            before = ways.copy()
            for position, taken in ways.items():
                at = position - 1
                if position and place >> at & 1 and len(taken) >= len(before.get(at, ())):
                    before[at] = (at, *taken)
            ways = before
        return max((taken for taken in ways.values() if taken), key=lambda taken: (len(taken), taken[0]))

    def _few_ends(self, row: int, reached: int) -> Iterator[int]:
        """The first two positions and the last, with and without words at the end that may be left out."""
        for ends in (reached, *self._further(row, reached)):
            first = ends & -ends
            yield first.bit_length() - 2
            if rest := ends ^ first:
                yield (rest & -rest).bit_length() - 2
                yield rest.bit_length() - 2

    def _reached(self, row: int) -> int:
        """One more than the positions of the last word that must be there, as bits."""
        known = self._known
        if row in self._near and not self._is_near(row):
            return 0
        reached = -1  # before the first word every position will do
        for key, optional in self._tables.rows[row][: self._tables.needed[row]]:
            if key is None:
                reached |= reached << 1
                continue
            taken = (reached & (known[key] if key in known else self._place(key))) << 1
            if optional:
                reached |= taken
            elif taken:
                reached = taken
            else:
                return 0
        return reached

    def _further(self, row: int, reached: int) -> Iterator[int]:
        """The same for the words that may follow; none are empty."""
        for key, _ in self._tables.rows[row][self._tables.needed[row] :]:
            taken = (reached & (-1 if key is None else self._place(key))) << 1
            reached |= taken
            if taken:
                yield taken

    def _place(self, key: Key) -> int:
        """Where what fits a place stands, as bits."""
        if key in self._known:
            return self._known[key]
        written = self._positions
        if isinstance(key, str):
            bits = written.get(key, 0)
        else:
            bits = 0
            words = self._tables.words[key]
            for word in words if isinstance(words, tuple) else words & written.keys():
                if word in written:
                    bits |= written[word]
        self._known[key] = bits
        return bits


def each_bit(bits: int) -> Iterator[int]:
    """The positions of ``bits``, the lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def spread(bits: int, before: int, after: int) -> int:
    """All positions up to ``before`` below and up to ``after`` above those of ``bits``."""
    wide, done = bits, 0
    while done < before + after:  # upwards, each time twice as far
        step = min(done + 1, before + after - done)
        wide |= wide << step
        done += step
    return wide >> before
