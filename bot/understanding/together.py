"""Phrases that count only together: which of them were found near one another, in any order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.understanding.automaton import Find

WITHIN = 25
"""How many words may lie between the last words of the first and the last of the phrases."""


class Piece(NamedTuple):
    """One of several phrases was found: which one, by its number, and where."""

    number: int
    find: Find


class Together:
    """Which phrases belong together."""

    def __init__(self, joined: Sequence[Sequence[int]]) -> None:
        """``joined``: for each rule the numbers of the phrases it consists of."""
        self._joined = tuple(frozenset(numbers) for numbers in joined)
        self._by_rarest: dict[int, list[int]] = {}
        uses: dict[int, int] = {}
        for numbers in self._joined:
            for number in numbers:
                uses[number] = uses.get(number, 0) + 1
        for rule, numbers in enumerate(self._joined):
            rarest = min(numbers, key=lambda number: (uses[number], number))
            self._by_rarest.setdefault(rarest, []).append(rule)

    def met(self, pieces: Iterable[Piece]) -> Iterator[tuple[int, tuple[Find, ...]]]:
        """Every rule whose phrases were all found near one another, with where they are nearest. ``pieces`` come in the
        order of the text; each is looked at once for every rule it belongs to.
        """
        places: dict[int, list[Find]] = {}
        for piece in pieces:
            places.setdefault(piece.number, []).append(piece.find)
        for number in places:
            for rule in self._by_rarest.get(number, ()):
                if self._joined[rule] <= places.keys() and (nearest := _nearest(self._joined[rule], places)):
                    yield rule, nearest


def _nearest(numbers: Iterable[int], places: dict[int, list[Find]]) -> tuple[Find, ...]:
    every = sorted((find.end, number, find.row) for number in numbers for find in places[number])
    last: dict[int, Find] = {}
    best: tuple[Find, ...] = ()
    width = WITHIN
    for end, number, row in every:
        last[number] = Find(row, end)
        if len(last) == len({*numbers}) and (spread := end - min(find.end for find in last.values())) <= width:
            best, width = tuple(last.values()), spread - 1
    return best
