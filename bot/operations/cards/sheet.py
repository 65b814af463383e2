"""What stands where on a poster or a pocket card. Pure; lengths are millimetres, sizes of letters too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import segno

from bot.checks.graph.text_measure import BOLD, width, wrap
from bot.content.languages import Direction

_QUIET: Final = 4
"""White around a code, in its own dots (ISO/IEC 18004)."""

_MARGIN_FOR_FONTS: Final = 0.9
"""Real letters are up to a tenth wider than those measured."""


class Size(StrEnum):
    """The sizes there are."""

    POSTER = "poster"
    """A4, upright."""
    POCKET = "pocket"
    """As large as a bank card, 85.6 × 54 mm (ISO/IEC 7810 ID-1)."""


_PAGES: Final = {Size.POSTER: (210.0, 297.0), Size.POCKET: (85.6, 54.0)}


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle; ``colour`` is #rrggbb."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Words:
    """One line; ``x`` is where it begins, at its right end where ``direction`` is ``rtl``, ``y`` its base line."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole card, ready to be drawn."""

    width: float
    height: float
    direction: Direction
    language: str
    title: str
    parts: tuple[Box | Words, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a card. ``ways`` are the addresses that codes lead to, each with what to say beside its code."""

    brand: str
    colour: str
    headline: str
    lead: str
    emergency: str
    ways: Sequence[tuple[str, str]]
    language: str
    direction: Direction


def lay_out(said: Said, size: Size, *, large: bool = False) -> Sheet:
    """The card. ``large`` makes the letters larger by a third, for people who see little."""
    wide, high = _PAGES[size]
    if size is Size.POCKET:
        return _finished(said, wide, high, _pocket(said, wide, high, 1.25 if large else 1.0))
    return _finished(said, wide, high, _poster(said, wide, high, 1.3 if large else 1.0))


def _finished(said: Said, wide: float, high: float, parts: Iterator[Box | Words]) -> Sheet:
    return Sheet(wide, high, said.direction, said.language, said.headline, tuple(parts))


def _poster(said: Said, wide: float, high: float, scale: float) -> Iterator[Box | Words]:
    edge = 18.0
    room = wide - 2 * edge
    yield Box(0, 0, wide, high, "#ffffff")
    yield Box(0, 0, wide, 30, said.colour)
    yield from _lines(said, said.brand, 9, edge, 20, room, "#ffffff", wide, bold=True)
    y = 30 + 22 * scale
    for part in _lines(said, said.headline, 14 * scale, edge, y, room, "#1c2529", wide, bold=True):
        yield part
        y = part.y
    y += 15 * scale
    for part in _lines(said, said.lead, 7 * scale, edge, y, room, "#1c2529", wide):
        yield part
        y = part.y
    more = (len(wrap(said.emergency, 7.5 * scale, room * _MARGIN_FOR_FONTS / BOLD)) - 1) * 7.5 * scale * 1.3
    foot = 24 * scale + more
    below = high - foot
    gap = 14.0
    column = (room - gap * (len(said.ways) - 1)) / len(said.ways)
    caption = 5.2 * scale
    deepest = max(len(wrap(words, caption, column * _MARGIN_FOR_FONTS / BOLD)) for _, words in said.ways)
    y += 8 * scale
    side = min(column, 95.0, below - y - (deepest + 1) * caption * 1.3)
    for number, (address, words) in enumerate(said.ways):
        x = edge + number * (column + gap)
        shift = 0.0 if said.direction == "ltr" else column - side
        yield from _code(address, x + shift, y, side)
        under = y + side + caption * 1.3
        yield from _lines(said, words, caption, x, under, column, "#1c2529", 2 * x + column, bold=True)
    yield Box(0, below, wide, foot, "#a61b29")
    yield from _lines(
        said,
        said.emergency,
        7.5 * scale,
        edge,
        below + (foot - more) / 2 + 2.7 * scale,
        room,
        "#ffffff",
        wide,
        bold=True,
    )


def _pocket(said: Said, wide: float, high: float, scale: float) -> Iterator[Box | Words]:
    edge, side = 4.5, 30.0
    yield Box(0, 0, wide, high, "#ffffff")
    yield Box(0, 0, wide, 9, said.colour)
    yield from _lines(said, said.brand, 3.6, edge, 6.2, wide - 2 * edge, "#ffffff", wide, bold=True)
    room = wide - side - 2.5 * edge
    address, words = said.ways[0]
    turned = said.direction == "rtl"
    yield from _code(address, edge if turned else wide - edge - side, 11.5, side)
    start = edge + side + edge / 2 if turned else edge
    mirror = 2 * start + room
    scale = next(one for one in _smaller(scale) if _deep(said.headline, words, room, one) <= high - 23)
    y = 12 + 3.6 * scale
    for part in _lines(said, said.headline, 3.9 * scale, start, y, room, "#1c2529", mirror, bold=True):
        yield part
        y = part.y
    yield from _lines(said, words, 2.6 * scale, start, y + 5 * scale, room, "#1c2529", mirror)
    yield Box(0, high - 9.5, wide, 9.5, "#a61b29")
    yield from _lines(said, said.emergency, 2.9, edge, high - 3.8, wide - 2 * edge, "#ffffff", wide, bold=True, most=1)


def _smaller(scale: float) -> Iterator[float]:
    """This size of letters and smaller ones: an address that is cut off leads nowhere."""
    return (scale * step / 20 for step in range(20, 0, -1))


def _deep(headline: str, words: str, room: float, scale: float) -> float:
    above = len(wrap(headline, 3.9 * scale, room * _MARGIN_FOR_FONTS / BOLD)) * 3.9 * 1.3
    return (above + 3 + len(wrap(words, 2.6 * scale, room * _MARGIN_FOR_FONTS)) * 2.6 * 1.3) * scale


def _lines(
    said: Said,
    text: str,
    size: float,
    x: float,
    y: float,
    room: float,
    colour: str,
    mirror: float,
    *,
    bold: bool = False,
    most: int = 6,
) -> Iterator[Words]:
    """The text in lines. ``mirror`` is what ``x`` is taken from where writing runs from right to left."""
    fitting = room * _MARGIN_FOR_FONTS / (BOLD if bold else 1)
    if most == 1 and (wide := width(text, size)) > fitting:
        size *= fitting / wide
    start = mirror - x if said.direction == "rtl" else x
    for number, line in enumerate(wrap(text, size, fitting, most)):
        yield Words(start, y + number * size * 1.3, line, size, colour, bold)


def _code(address: str, x: float, y: float, side: float) -> Iterator[Box]:
    """A code that still reads with a seventh of it torn or dirty."""
    rows = [list(row) for row in segno.make(address, error="m", micro=False).matrix]
    dot = side / (len(rows) + 2 * _QUIET)
    yield Box(x, y, side, side, "#ffffff")
    for down, row in enumerate(rows):
        across = 0
        while across < len(row):
            run = 1
            if row[across]:
                while across + run < len(row) and row[across + run]:
                    run += 1
                yield Box(x + (across + _QUIET) * dot, y + (down + _QUIET) * dot, run * dot, dot, "#000000")
            across += run
