"""What the words of a message speak for, thousands of words with some ten columns each, kept small.

As tuples of tuples, the table of English takes eight times the room of its file, more than all flows together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from struct import Struct
from typing import Final

MOST_POINTS: Final = 32_000
"""Points are kept in two bytes, as columns are."""

Points = tuple[tuple[int, int], ...]
"""Columns, with the points that a word speaks for each."""

_PAIR: Final = Struct("=Hh")


class PointTable(Mapping[str, Points]):
    """Words, or two in a row → columns with points; read like a dictionary, and nothing can change it."""

    __slots__ = ("_packed",)

    def __init__(self, entries: Iterable[tuple[str, int, int]] = ()) -> None:
        """``entries`` are words, columns (from 0) and points, each word as often as it has columns.

        Raises `struct.error` for more than 65,535 columns, or points far beyond `MOST_POINTS`.
        """
        packed: dict[str, bytes] = {}
        for word, column, points in entries:
            packed[word] = packed.get(word, b"") + _PAIR.pack(column, points)
        self._packed = packed

    def __getitem__(self, word: str) -> Points:
        return tuple(_PAIR.iter_unpack(self._packed[word]))

    def __contains__(self, word: object) -> bool:
        return word in self._packed

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)
