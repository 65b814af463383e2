"""What the words of a message speak for: a table of points, held so that it takes little room and is summed up at once.

Tens of thousands of signs (words, parts of words, two words in a row) with their points were two fifths of what the
content takes as strings, a dictionary and numbers: 13.5 MB. Here a sign is its hash alone, and its points are bytes
beside those of all others: 3.7 MB. Whoever looks a sign up has it, so that nothing is lost by not keeping it.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import gcd
from sys import byteorder
from typing import Final, TypeAlias

MOST_POINTS: Final = 10_000
"""So many points of one sign for one column."""

_BYTE: Final = 1 << 8

_AT_ONCE: Final = 256
"""So many bytes of 255 at most add up to less than two bytes hold; more signs are added up in turns."""

_EMPTY: Final = 0
"""What stands in a slot without a sign; a row's number stands there one higher."""


@dataclass(frozen=True)
class PointsTable:
    """Signs and their points, in hundredths, for each of so many columns. Made by `TableMaker`.

    Points are kept in units of what all of them are multiples of (``unit``), as ``size`` bytes each, the lowest first,
    with ``nought`` added so that none is below zero. A sign's row is found by its hash: in its slot, or in the first
    after that, stands the number of the row whose hash is the same (open addressing, half of the slots free at least).
    """

    width: int = 0
    unit: int = 1
    size: int = 1
    slots: array[int] = field(default_factory=lambda: array("H", [_EMPTY]), repr=False)
    """A row's number and one, or `_EMPTY`; as many as a power of two."""
    hashes: array[int] = field(default_factory=lambda: array("q"), repr=False)
    """By the number of a row. That two signs share 64 bits by chance does not happen among so few."""
    cells: bytes = field(default=b"", repr=False)
    """One row after the other."""

    @property
    def nought(self) -> int:
        """What stands for no points."""
        return _nought(self.size)

    def find(self, signs: Sequence[str] | set[str]) -> dict[str, int]:
        """The signs that are in the table, and the number of each one's row."""
        slots, hashes = self.slots, self.hashes
        last = len(slots) - 1
        found: dict[str, int] = {}
        for sign, hashed in zip(signs, _hashes(signs)):  # noqa: B905
            at = hashed & last
            while row := slots[at]:
                if hashes[row - 1] == hashed:
                    found[sign] = row - 1
                    break
                at = at + 1 & last
        return found

    def sums(self, rows: Sequence[int]) -> list[int]:
        """For each column the points of all these ``rows`` together."""
        added = self._added(rows[:_AT_ONCE])
        for first in range(_AT_ONCE, len(rows), _AT_ONCE):
            further = self._added(rows[first : first + _AT_ONCE])
            added = [before + one for before, one in zip(added, further, strict=True)]
        if self.size > 1:
            added = [low + _BYTE * high for low, high in zip(added[::2], added[1::2], strict=True)]
        unit, noughts = self.unit, self.unit * self.nought * len(rows)
        return [unit * one - noughts for one in added]

    def _added(self, rows: Sequence[int]) -> Sequence[int]:
        """The sum of each byte of these rows. Every byte gets a second one above it, to grow into; then all of them are
        one long number, of which the upper half is added to the lower until a single row is left: a sixth of the time
        that it takes to add byte by byte.
        """
        length, cells = self.width * self.size, self.cells
        wide = bytearray(2 * length * len(rows))
        wide[::2] = b"".join([cells[length * row : length * (row + 1)] for row in rows])
        number = int.from_bytes(wide, "little")
        left = len(rows)
        while left > 1:
            left = (left + 1) // 2
            bits = 2 * 8 * length * left
            upper = number >> bits
            number = (number ^ (upper << bits)) + upper
        added = array("H", number.to_bytes(2 * length, "little"))
        if byteorder == "big":
            added.byteswap()
        return added

    def points(self, rows: Collection[int], column: int) -> list[int]:
        """What the sign of each of these rows speaks for one column."""
        size, cells = self.size, self.cells
        length, start = self.width * size, column * size
        points = [cells[length * row + start] for row in rows]
        if size > 1:
            points = [low + _BYTE * cells[length * row + start + 1] for row, low in zip(rows, points, strict=True)]
        unit, nought = self.unit, self.nought
        return [unit * (one - nought) for one in points]


def _nought(size: int) -> int:
    return _BYTE // 2 if size == 1 else _BYTE**2 // 2


def _hashes(signs: Iterable[str]) -> Iterator[int]:
    """A number of 64 bits for each sign. Not the hash of a string, which is another in each process, while the table is
    kept in a file; that of a tuple of numbers is always the same, and well mixed. All of it is done in C.
    """
    return map(hash, zip(map(int.from_bytes, map(str.encode, signs)), strict=False))


Column: TypeAlias = "array[int]"
"""The points of one column, by the numbers of the signs; signs that were met later than its last have none in it."""


class TableMaker:
    """Makes a table column by column, each from the signs as they are written, which are let go of at once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._units: set[int] = set()

    def column(self, written: Mapping[int, str]) -> Column:
        """A column: points and the signs with these, with ``|`` between them.

        Of a sign that stands twice the last points count. What has more than `MOST_POINTS` is left out.
        """
        numbers = self._numbers
        column = array("h", bytes(2 * len(numbers)))
        for points, listed in written.items():
            if abs(points) > MOST_POINTS:
                continue
            self._units.add(points)
            for sign in listed.replace("| ", "|").split("|"):
                if sign in numbers:
                    column[numbers[sign]] = points
                else:
                    numbers[sign] = len(column)
                    column.append(points)
        return column

    def table(self, columns: Sequence[Column]) -> PointsTable:
        """The table of these columns, in this order. Signs that have no points in any of them are left out."""
        width = len(columns)
        unit = gcd(*self._units) or 1
        largest = max(map(abs, self._units), default=0) // unit
        size = 1 if largest < _nought(1) else 2
        length = width * size
        cells = _cells(columns, len(self._numbers), unit, size)
        empty = _nought(size).to_bytes(size, "little") * width
        rows = [cells[number * length : (number + 1) * length] for number in range(len(self._numbers))]
        kept = [(sign, row) for sign, row in zip(self._numbers, rows, strict=True) if row != empty]
        hashes = array("q", _hashes(sign for sign, _ in kept))
        return PointsTable(width, unit, size, _slots(hashes), hashes, b"".join([row for _, row in kept]))


def _cells(columns: Sequence[Column], signs: int, unit: int, size: int) -> bytes:
    """The rows of all signs, one after the other."""
    width = len(columns)
    nought = _nought(size)
    cells = array("B" if size == 1 else "H", [nought]) * (width * signs)
    for number, column in enumerate(columns):
        written = array(cells.typecode, [nought + points // unit for points in column])
        cells[number : len(column) * width : width] = written
    if byteorder == "big":
        cells.byteswap()
    return cells.tobytes()


def _slots(hashes: Sequence[int]) -> array[int]:
    """For each slot the number of the row that is found there, and one."""
    count = 1 << (2 * len(hashes)).bit_length()
    slots = array("H" if len(hashes) < _BYTE**2 else "I", [_EMPTY]) * count
    for number, hashed in enumerate(hashes, 1):
        at: int = hashed & count - 1
        while slots[at]:
            at = at + 1 & count - 1
        slots[at] = number
    return slots
