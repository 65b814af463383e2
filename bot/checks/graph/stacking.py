"""Heights: where each cell stands in its column, near what it is joined to, without touching its neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.checks.graph.layers import Cell, Lane, Layers

_SWEEPS: Final = 10
_LANE_WEIGHT: Final = 3.0
"""Lanes pull harder than boxes, so that long lines run straight."""


@dataclass(frozen=True, slots=True)
class Spacing:
    """What stays free below a box, and below a lane, in pixels."""

    box: float = 30.0
    lane: float = 16.0


def stacked(
    columns: Sequence[Sequence[Cell]], layers: Layers, heights: Mapping[Cell, float], spacing: Spacing
) -> dict[Cell, float]:
    """Cell → its top; the highest cell of all stands at 0."""
    tops: dict[Cell, float] = {}
    for column in columns:
        top = 0.0
        for cell in column:
            tops[cell] = top
            top += heights[cell] + _space(cell, spacing)
    pulls = _pulls(layers)
    for sweep in range(_SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            wishes = [_wish(cell, tops, pulls) for cell in column]
            tops.update(zip(column, _apart(column, wishes, heights, spacing), strict=True))
    highest = min(tops.values(), default=0.0)
    return {cell: top - highest for cell, top in tops.items()}


def _pulls(layers: Layers) -> dict[Cell, list[tuple[float, Cell, float]]]:
    """Cell → for each wire at it: its own port, the cell at the other end, and the port there."""
    pulls: dict[Cell, list[tuple[float, Cell, float]]] = {}
    for wire in layers.wires:
        if layers.column_of[wire.left] != layers.column_of[wire.right]:
            pulls.setdefault(wire.left, []).append((wire.left_port, wire.right, wire.right_port))
            pulls.setdefault(wire.right, []).append((wire.right_port, wire.left, wire.left_port))
    return pulls


def _wish(
    cell: Cell, tops: Mapping[Cell, float], pulls: Mapping[Cell, list[tuple[float, Cell, float]]]
) -> float | None:
    """The top at which the wires of a cell would on average be level; None for one without wires."""
    joined = pulls.get(cell)
    if not joined:
        return None
    return sum(tops[other] + other_port - port for port, other, other_port in joined) / len(joined)


def _apart(
    column: Sequence[Cell], wishes: Sequence[float | None], heights: Mapping[Cell, float], spacing: Spacing
) -> list[float]:
    """The tops nearest to the wishes (least squares) that keep order and distance.

    With the heights above taken off, distances become "not before the one above": pools of cells that would overlap
    are merged at their weighted mean until none do. Cells without a wish stand right below the one above.
    """
    above = 0.0
    pools: list[tuple[float, float, int]] = []  # sum of weighted wishes, weight, cells
    offsets: list[float] = []
    for cell, wish in zip(column, wishes, strict=True):
        offsets.append(above)
        if wish is None and pools:
            total, weight, count = pools[-1]
            pools[-1] = (total, weight, count + 1)
        else:
            weight = _LANE_WEIGHT if isinstance(cell, Lane) else 1.0
            pools.append((((wish or 0.0) - above) * weight, weight, 1))
        above += heights[cell] + _space(cell, spacing)
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            last, before = pools.pop(), pools.pop()
            pools.append((before[0] + last[0], before[1] + last[1], before[2] + last[2]))
    levels = [total / weight for total, weight, count in pools for _ in range(count)]
    return [level + offset for level, offset in zip(levels, offsets, strict=True)]


def _space(cell: Cell, spacing: Spacing) -> float:
    return spacing.lane if isinstance(cell, Lane) else spacing.box
