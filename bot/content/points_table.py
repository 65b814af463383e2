"""What the words of a message speak for: a table of points, held so that a message is summed up in one go.

All points of one sign (a word, a part of one, two words in a row) are one long integer with a lane for each column, so
that adding up signs adds all columns at once. Many signs have the same points, and share one integer.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import gcd
from sys import byteorder
from types import MappingProxyType
from typing import Final, TypeAlias

MOST_POINTS: Final = 10_000
"""So many points of one sign for one column, so that they fit its lane."""

_LANE: Final = 16
"""Bits of a column. Points are kept in units of what all of them are multiples of, which leaves room to add up several
hundred signs at once; more are added up in turns.
"""
_NOUGHT: Final = 1 << (_LANE - 1)
"""What stands for no points, so that a lane never falls below zero and borrows from the next."""


@dataclass(frozen=True)
class PointsTable:
    """Signs and their points, in hundredths, for each of so many columns. Made by `TableMaker`.

    ``unit`` is how many points are one in ``rows``; ``at_once`` of these can be added up without leaving their lanes.
    """

    width: int = 0
    unit: int = 1
    at_once: int = 1
    rows: Mapping[str, int] = field(default_factory=dict, repr=False)

    @cached_property
    def _noughts(self) -> int:
        return sum(_in_column(column, _NOUGHT) for column in range(self.width))

    def sums(self, signs: Iterable[str]) -> list[int]:
        """For each column the points of all ``signs`` together, each of which must be in the table."""
        rows = [*map(self.rows.__getitem__, signs)]
        unit, base = self.unit, self.unit * _NOUGHT
        sums = [unit * lane - base for lane in self._lanes(rows[: self.at_once])]
        for first in range(self.at_once, len(rows), self.at_once):
            further = self._lanes(rows[first : first + self.at_once])
            sums = [before + unit * lane - base for before, lane in zip(sums, further, strict=True)]
        return sums

    def _lanes(self, rows: Iterable[int]) -> array[int]:
        lanes = array("H", sum(rows, self._noughts).to_bytes(self.width * _LANE // 8, "little"))
        if byteorder == "big":
            lanes.byteswap()
        return lanes

    def points(self, sign: str, column: int) -> int:
        """What one sign in the table speaks for one column."""
        return self.unit * ((self.rows[sign] + self._noughts >> _LANE * column) % (1 << _LANE) - _NOUGHT)


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
        cells = array("h", bytes(2 * width * len(self._numbers)))
        for number, column in enumerate(columns):
            cells[number : len(column) * width : width] = column
        if byteorder == "big":
            cells.byteswap()
        unit = gcd(*self._units) or 1
        noughts = sum(_in_column(column, _NOUGHT) for column in range(width))
        size = width * _LANE // 8
        data = cells.tobytes()
        shared: dict[bytes, int] = {}
        rows: dict[str, int] = {}
        for sign, number in self._numbers.items():
            row = data[number * size : (number + 1) * size]
            if row not in shared:
                # Flipping the highest bit of a lane adds what stands for no points.
                shared[row] = ((int.from_bytes(row, "little") ^ noughts) - noughts) // unit
            if shared[row]:
                rows[sign] = shared[row]
        largest = max(map(abs, self._units), default=1) // unit
        return PointsTable(width, unit, (_NOUGHT - 1) // (largest or 1), MappingProxyType(rows))


def _in_column(column: int, points: int) -> int:
    """``points`` in the lane of ``column``: rows are sums of these."""
    return points << (_LANE * column)
