"""A layered layout from left to right: where boxes stand and how lines run between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.checks.graph.crossings import ordered
from bot.checks.graph.layers import Arrow, Cell, Lane, Layers, Wire, layered
from bot.checks.graph.stacking import Spacing, stacked

_GAP: Final = 96.0
"""Between columns at least; a gap with many lines is wider."""
_BEND: Final = 0.5


@dataclass(frozen=True, slots=True)
class Box:
    """Something to place. ``entry`` is how far below its top arrows arrive."""

    key: str
    width: float
    height: float
    entry: float


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn piece of arrows to ``target``, as an SVG path. ``sources`` are the boxes whose arrows run along it."""

    path: str
    target: str
    sources: tuple[str, ...]
    back: bool


@dataclass(frozen=True, slots=True)
class Tip:
    """An arrowhead at a box's edge; ``back`` ones are on the right and point left."""

    x: float
    y: float
    target: str
    back: bool


@dataclass(frozen=True, slots=True)
class Dot:
    """Where an arrow leaves its box."""

    x: float
    y: float
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything placed, in pixels; ``corners`` are the boxes' top left corners."""

    width: float
    height: float
    corners: Mapping[str, tuple[float, float]]
    lines: tuple[Line, ...]
    tips: tuple[Tip, ...]
    dots: tuple[Dot, ...]


def lay_out(boxes: Sequence[Box], arrows: Sequence[Arrow], spacing: Spacing | None = None) -> Layout:
    """Place boxes, given in reading order, the first one leftmost. The same input gives the same picture."""
    by_key = {box.key: box for box in boxes}
    layers = layered([box.key for box in boxes], arrows, {box.key: box.entry for box in boxes})
    heights: dict[Cell, float] = {
        cell: 0.0 if isinstance(cell, Lane) else by_key[cell].height for cell in layers.column_of
    }
    columns = ordered(layers, heights)
    tops = stacked(columns, layers, heights, spacing or Spacing())
    edges = _edges(columns, layers, by_key)
    corners = {key: (edges[layers.column_of[key]][0], tops[key]) for key in by_key}
    return Layout(
        width=max((right for _, right in edges), default=0.0),
        height=max((tops[cell] + heights[cell] for cell in tops), default=0.0),
        corners=corners,
        lines=tuple(_line(wire, layers, tops, edges) for wire in layers.wires),
        tips=tuple(_tips(layers, by_key, corners)),
        dots=tuple(_dots(arrows, layers, by_key, corners)),
    )


def _edges(columns: Sequence[Sequence[Cell]], layers: Layers, boxes: Mapping[str, Box]) -> list[tuple[float, float]]:
    """The left and right edge of each column."""
    edges = []
    left = 0.0
    for index, column in enumerate(columns):
        right = left + max((boxes[cell].width for cell in column if not isinstance(cell, Lane)), default=0.0)
        edges.append((left, right))
        crossing = {
            (wire.target, wire.back)
            for wire in layers.wires
            if layers.column_of[wire.left] == index or layers.column_of[wire.right] == index + 1
        }
        left = right + _GAP + 6.0 * len(crossing)
    return edges


def _line(wire: Wire, layers: Layers, tops: Mapping[Cell, float], edges: Sequence[tuple[float, float]]) -> Line:
    first, last = layers.column_of[wire.left], layers.column_of[wire.right]
    x1, y1 = edges[first][1], tops[wire.left] + wire.left_port
    x2, y2 = edges[last][0], tops[wire.right] + wire.right_port
    if first == last:
        x2 = edges[last][1]
        bow = x1 + 44.0
        path = f"M{x1:.0f} {y1:.0f}C{bow:.0f} {y1:.0f} {bow:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"
    else:
        bend = (x2 - x1) * _BEND
        path = f"M{x1:.0f} {y1:.0f}C{x1 + bend:.0f} {y1:.0f} {x2 - bend:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"
        if isinstance(wire.right, Lane):
            path += f"H{edges[last][1]:.0f}"
    return Line(path, wire.target, tuple(sorted(wire.sources)), wire.back)


def _tips(layers: Layers, boxes: Mapping[str, Box], corners: Mapping[str, tuple[float, float]]) -> list[Tip]:
    tips = []
    for target, back in sorted({(wire.target, wire.back) for wire in layers.wires}):
        x, y = corners[target]
        box = boxes[target]
        tips.append(Tip(x + (box.width if back else 0.0), y + box.entry, target, back))
    return tips


def _dots(
    arrows: Sequence[Arrow], layers: Layers, boxes: Mapping[str, Box], corners: Mapping[str, tuple[float, float]]
) -> list[Dot]:
    dots = []
    for arrow in arrows:
        x, y = corners[arrow.source]
        back = layers.column_of[arrow.source] > layers.column_of[arrow.target]
        dots.append(Dot(x + (0.0 if back else boxes[arrow.source].width), y + arrow.port, arrow.source, arrow.target))
    return dots
