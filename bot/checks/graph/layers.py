"""Columns for boxes: each stands right of everything that leads on to it, and long arrows get lanes of their own.

An arrow leads on when its target comes after its source in the given order (authors write flows in the order in which
people go through them); the others lead back. Arrows to the same target share one lane in each column they cross, so
that twenty buttons to one step are one line and not twenty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple


class Lane(NamedTuple):
    """The place in a column where arrows to ``target`` pass by."""

    target: str
    column: int
    back: bool


Cell = str | Lane
"""What stands in a column: a box (its key) or a lane."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """From a box, ``port`` below its top, to another box."""

    source: str
    port: float
    target: str


@dataclass(frozen=True, slots=True)
class Wire:
    """A piece of arrows between two neighbouring columns, or (``left`` and ``right`` in one column) beside one.

    ``left_port`` and ``right_port`` are measured from the tops of the cells.
    """

    left: Cell
    left_port: float
    right: Cell
    right_port: float
    target: str
    sources: frozenset[str]
    back: bool


@dataclass(frozen=True, slots=True)
class Layers:
    """Cells in columns, not yet in order within them, and the wires between them."""

    columns: tuple[tuple[Cell, ...], ...]
    column_of: Mapping[Cell, int]
    wires: tuple[Wire, ...]


def longest_paths(order: Sequence[str], arrows: Sequence[Arrow]) -> dict[str, int]:
    """Box → its column: the most arrows that lead on to it one after the other.

    Boxes that nothing in the picture leads on to stand right before the first they lead on to; the first box stands
    at the very left.
    """
    position = {key: index for index, key in enumerate(order)}
    onward: dict[str, set[str]] = {key: set() for key in order}
    entered: set[str] = set()
    for arrow in arrows:
        if position[arrow.source] < position[arrow.target]:
            onward[arrow.source].add(arrow.target)
            entered.add(arrow.target)
    columns = dict.fromkeys(order, 0)
    for key in order:
        for target in onward[key]:
            columns[target] = max(columns[target], columns[key] + 1)
    for key in order[1:]:
        if key not in entered and onward[key]:
            columns[key] = max(0, min(columns[target] for target in onward[key]) - 1)
    return columns


def layered(order: Sequence[str], arrows: Sequence[Arrow], entries: Mapping[str, float]) -> Layers:
    """Columns, lanes and wires. ``entries`` is where arrows arrive, below the top of each box."""
    column_of: dict[Cell, int] = dict(longest_paths(order, arrows).items())
    wires: dict[tuple[Cell, float, Cell, float], Wire] = {}
    for arrow in arrows:
        for wire in _pieces(arrow, column_of[arrow.source], column_of[arrow.target], entries[arrow.target]):
            key = (wire.left, wire.left_port, wire.right, wire.right_port)
            known = wires.get(key)
            wires[key] = replace(wire, sources=known.sources | wire.sources) if known else wire
            for cell in (wire.left, wire.right):
                if isinstance(cell, Lane):
                    column_of[cell] = cell.column
    columns: list[list[Cell]] = [[] for _ in range(1 + max(column_of.values(), default=-1))]
    for cell, column in column_of.items():
        columns[column].append(cell)
    return Layers(tuple(tuple(column) for column in columns), column_of, tuple(wires.values()))


def _pieces(arrow: Arrow, start: int, end: int, entry: float) -> Iterator[Wire]:
    """An arrow cut at each column that it crosses; what leads back runs from right to left."""
    back = start >= end
    between = range(start - 1, end, -1) if back else range(start + 1, end)
    stops: list[tuple[Cell, float]] = [(arrow.source, arrow.port)]
    stops += [(Lane(arrow.target, column, back), 0.0) for column in between]
    stops.append((arrow.target, entry))
    for here, there in pairwise(stops):
        left, right = (there, here) if start > end else (here, there)
        yield Wire(*left, *right, arrow.target, frozenset({arrow.source}), back)
