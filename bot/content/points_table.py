"""What the words of a message speak for: a table of points, held so that a message is summed up in one go.

All points of one sign (a word, a part of one, two words in a row) are one long integer with a lane for each column, so
that adding up signs adds all columns at once. Many signs have the same points, and share one integer.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from sys import byteorder
from types import MappingProxyType
from typing import Final

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


class TableMaker:
    """Makes a table of ``width`` columns. All points must be multiples of ``unit``, and at most `MOST_POINTS`."""

    def __init__(self, width: int, unit: int) -> None:
        self._width = width
        self._unit = unit
        self._largest = 1
        self._cells = array("h")
        self._first_of = _FirstCells(self._cells, array("h", [0] * width))

    def add(self, column: int, points: int, signs: Iterable[str]) -> None:
        """What each of ``signs`` speaks for a column; of one that comes twice in a column the last points count."""
        cells, first_of = self._cells, self._first_of
        kept = points // self._unit
        self._largest = max(self._largest, abs(kept))
        for sign in signs:
            cells[first_of[sign] + column] = kept

    def made(self) -> PointsTable:
        """The table."""
        cells, width, noughts = self._cells, self._width, sum(_in_column(one, _NOUGHT) for one in range(self._width))
        if byteorder == "big":
            cells.byteswap()
        data = cells.tobytes()
        size = width * _LANE // 8
        shared: dict[bytes, int] = {}
        rows: dict[str, int] = {}
        for sign, first in self._first_of.items():
            row = data[2 * first : 2 * first + size]
            if row not in shared:
                # flipping the highest bit of a lane adds what stands for no points
                shared[row] = (int.from_bytes(row, "little") ^ noughts) - noughts
            rows[sign] = shared[row]
        return PointsTable(width, self._unit, (_NOUGHT - 1) // self._largest, MappingProxyType(rows))


class _FirstCells(dict[str, int]):
    """Sign → where its row of cells begins; one that was not met before gets an empty row at the end."""

    def __init__(self, cells: array[int], empty: array[int]) -> None:
        self._cells = cells
        self._empty = empty

    def __missing__(self, sign: str) -> int:
        first = self[sign] = len(self._cells)
        self._cells.extend(self._empty)
        return first


def _in_column(column: int, points: int) -> int:
    """``points`` in the lane of ``column``: rows are sums of these."""
    return points << (_LANE * column)
