"""The order of cells within their columns, so that few wires cross."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from typing import Final

from bot.checks.graph.layers import Cell, Layers, Wire

_SWEEPS: Final = 24

Columns = list[list[Cell]]


def ordered(layers: Layers, heights: Mapping[Cell, float]) -> Columns:
    """The best order found by sorting each column by the middle of its neighbours, to and fro."""
    columns: Columns = [list(column) for column in layers.columns]
    gaps = _gaps(layers)
    best, fewest = columns, crossings(columns, gaps, heights)
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        columns = [list(column) for column in columns]
        onward = sweep % 2 == 0
        for index in range(1, len(columns)) if onward else range(len(columns) - 2, -1, -1):
            fixed = columns[index - 1 if onward else index + 1]
            wires = gaps[index - 1 if onward else index]
            columns[index] = _sorted(columns[index], fixed, wires, heights, onward=onward)
        found = crossings(columns, gaps, heights)
        if found < fewest:
            best, fewest = columns, found
    return best


def crossings(columns: Sequence[Sequence[Cell]], gaps: Sequence[Sequence[Wire]], heights: Mapping[Cell, float]) -> int:
    """How many pairs of wires cross."""
    count = 0
    for index, wires in enumerate(gaps):
        left, right = _positions(columns[index]), _positions(columns[index + 1])
        ends = sorted(
            (
                left[wire.left] + _share(wire.left, wire.left_port, heights),
                right[wire.right] + _share(wire.right, wire.right_port, heights),
            )
            for wire in wires
        )
        seen: list[float] = []
        for _, end in ends:
            count += len(seen) - bisect_right(seen, end)
            insort(seen, end)
    return count


def _gaps(layers: Layers) -> list[list[Wire]]:
    """The wires between each column and the next; those beside one column cross nothing that order could change."""
    gaps: list[list[Wire]] = [[] for _ in range(max(0, len(layers.columns) - 1))]
    for wire in layers.wires:
        if layers.column_of[wire.left] < layers.column_of[wire.right]:
            gaps[layers.column_of[wire.left]].append(wire)
    return gaps


def _sorted(
    column: list[Cell], fixed: Sequence[Cell], wires: Sequence[Wire], heights: Mapping[Cell, float], *, onward: bool
) -> list[Cell]:
    place = _positions(fixed)
    neighbours: dict[Cell, list[float]] = {}
    for wire in wires:
        here, there, port = (
            (wire.right, wire.left, wire.left_port) if onward else (wire.left, wire.right, wire.right_port)
        )
        neighbours.setdefault(here, []).append(place[there] + _share(there, port, heights))
    own = _positions(column)

    def middle(cell: Cell) -> float:
        found = neighbours.get(cell)
        return sum(found) / len(found) if found else own[cell] * len(fixed) / max(1, len(column))

    return sorted(column, key=middle)


def _positions(column: Sequence[Cell]) -> dict[Cell, int]:
    return {cell: index for index, cell in enumerate(column)}


def _share(cell: Cell, port: float, heights: Mapping[Cell, float]) -> float:
    """How far down a cell a port lies, from 0 to below 1."""
    return port / (heights[cell] + 1)
