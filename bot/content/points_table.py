"""What the words of a message speak for: a table of points, held so that a message is summed up in one go.

All points of one sign (a word, a part of one, two words in a row) are one long integer with a lane for each column, so
that adding up signs adds all columns at once.
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
"""So many points of one sign for one column, so that those of a whole message fit its lane."""

_LANE: Final = 32
"""Bits of a column: room for the points of more signs than a message can have."""
_NOUGHT: Final = 1 << (_LANE - 1)
"""What stands for no points, so that a lane never falls below zero and borrows from the next."""


@dataclass(frozen=True)
class PointsTable:
    """Signs and their points, in hundredths, for each of so many columns.

    ``written`` holds for each column its points and, under them, the signs that have them, with ``|`` between them.
    """

    width: int = 0
    written: list[Mapping[int, str]] = field(default_factory=list, repr=False)

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """The points of each sign in all columns. Summed when first asked for, since who types nothing needs none."""
        rows: dict[str, int] = {}
        for column, by_points in enumerate(self.written):
            for points, signs in by_points.items():
                added = in_column(column, points)
                for sign in signs.replace("| ", "|").split("|"):
                    rows[sign] = rows.get(sign, 0) + added
        self.written.clear()  # some megabytes, that nobody needs any more
        return MappingProxyType(rows)

    @cached_property
    def _noughts(self) -> int:
        return sum(in_column(column, _NOUGHT) for column in range(self.width))

    def sums(self, signs: Iterable[str]) -> list[int]:
        """For each column the points of all ``signs`` together, each of which must be in the table."""
        total = sum(map(self.rows.__getitem__, signs), self._noughts)
        lanes = array("I", total.to_bytes(self.width * _LANE // 8, "little"))
        if byteorder == "big":
            lanes.byteswap()
        return [lane - _NOUGHT for lane in lanes]

    def points(self, sign: str, column: int) -> int:
        """What one sign in the table speaks for one column."""
        return (self.rows[sign] + self._noughts >> _LANE * column) % (1 << _LANE) - _NOUGHT


def in_column(column: int, points: int) -> int:
    """``points`` in the lane of ``column``: rows are sums of these."""
    return points << (_LANE * column)
