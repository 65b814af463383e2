"""What stands where on a poster or a pocket card. Pure; lengths are millimetres, sizes of letters too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

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


WHITE: Final = "#ffffff"
INK: Final = "#1c2529"
RED: Final = "#a61b29"

_EDGE: Final = 18.0
_BAND: Final = 30.0
_GAP: Final = 14.0
_USUAL, _LARGE = 1.15, 1.6
"""The largest that a poster's letters can be, as a share of the sizes below."""

_USUAL_CODES, _LARGE_CODES = 70.0, 48.0
"""How large a poster's codes have to be at least: they read from ten times as far."""

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
class Picture:
    """A picture that is fitted into a square; ``source`` is its ``data:`` address, PNG or SVG."""

    x: float
    y: float
    width: float
    height: float
    source: str


Part: TypeAlias = Box | Words | Picture


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole card, ready to be drawn."""

    width: float
    height: float
    direction: Direction
    language: str
    title: str
    parts: tuple[Part, ...]


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
    logo: str = ""
    """A picture's ``data:`` address; empty for none."""


def lay_out(said: Said, size: Size, *, large: bool = False) -> Sheet:
    """The card. ``large`` makes the letters as large as the paper allows, for people who see little."""
    wide, high = _PAGES[size]
    parts = (
        _pocket(said, wide, high, 1.25 if large else 1.0) if size is Size.POCKET else _poster(said, wide, high, large)
    )
    return Sheet(wide, high, said.direction, said.language, said.headline, tuple(parts))


def _band(said: Said, wide: float, high: float, edge: float) -> Iterator[Part]:
    """Who it is from: the logo on white, since it may be of any colour, and the name in one line or two."""
    yield Box(0, 0, wide, high, said.colour)
    turned = said.direction == "rtl"
    start = edge
    if said.logo:
        side = high * 0.74
        left = wide - edge - side if turned else edge
        rim = side * 0.06
        yield Box(left, (high - side) / 2, side, side, WHITE)
        yield Picture(left + rim, (high - side) / 2 + rim, side - 2 * rim, side - 2 * rim, said.logo)
        start += side + high * 0.2
    room = wide - start - edge
    largest = high * (0.3 if said.logo else 0.34)
    for size in _smaller(largest):
        lines = _balanced(said.brand, size, room, bold=True)
        if len(lines) <= 2 and size * (1 + 1.2 * (len(lines) - 1)) <= high * 0.8:
            break
    first = high / 2 - (len(lines) - 1) * 0.6 * size + 0.36 * size
    for number, line in enumerate(lines):
        yield Words(wide - start if turned else start, first + number * 1.2 * size, line, size, WHITE, bold=True)


@dataclass(frozen=True, slots=True)
class _Poster:
    """A poster's words at one size of letters, and the codes that leave room for them."""

    said: Said
    wide: float
    high: float
    scale: float

    @property
    def room(self) -> float:
        return self.wide - 2 * _EDGE

    @property
    def column(self) -> float:
        ways = len(self.said.ways)
        return (self.room - _GAP * (ways - 1)) / ways

    @property
    def headline(self) -> tuple[str, ...]:
        return _balanced(self.said.headline, 14 * self.scale, self.room, bold=True)

    @property
    def lead(self) -> tuple[str, ...]:
        return _balanced(self.said.lead, 7 * self.scale, self.room)

    @property
    def emergency(self) -> tuple[str, ...]:
        return _balanced(self.said.emergency, 7.5 * self.scale, self.room, bold=True)

    @property
    def caption(self) -> float:
        return min([5.2 * self.scale, *(_unbroken(words, self.column, bold=True) for _, words in self.said.ways)])

    @property
    def codes_at(self) -> float:
        """Where the codes begin, below the words."""
        above = _BAND + 22 * self.scale + (len(self.headline) - 1) * 14 * self.scale * 1.3
        return above + (15 + (len(self.lead) - 1) * 7 * 1.3 + 9) * self.scale

    @property
    def foot(self) -> float:
        """How high the red ground is."""
        return (24 + (len(self.emergency) - 1) * 7.5 * 1.3) * self.scale

    @property
    def side(self) -> float:
        """How large each code can be."""
        deepest = max(len(_wrapped(words, self.caption, self.column, bold=True)) for _, words in self.said.ways)
        return min(self.column, 95.0, self.high - self.foot - self.codes_at - (deepest + 1) * self.caption * 1.3)

    def parts(self) -> Iterator[Part]:
        """Everything between the band and the foot, and the foot."""
        said, scale = self.said, self.scale
        turned = said.direction == "rtl"
        y = _BAND + 22 * scale
        yield from _set(said, self.headline, 14 * scale, _EDGE, y, INK, self.wide, bold=True)
        y += (len(self.headline) - 1) * 14 * scale * 1.3 + 15 * scale
        yield from _set(said, self.lead, 7 * scale, _EDGE, y, INK, self.wide)
        below = self.high - self.foot
        side = self.side
        for number, (address, words) in enumerate(said.ways):
            x = _EDGE + number * (self.column + _GAP)
            yield from _code(address, x + (self.column - side if turned else 0.0), self.codes_at, side, turned=turned)
            lines = _wrapped(words, self.caption, self.column, bold=True)
            under = self.codes_at + side + self.caption * 1.3
            yield from _set(said, lines, self.caption, x, under, INK, 2 * x + self.column, bold=True)
        yield Box(0, below, self.wide, self.foot, RED)
        size = 7.5 * scale
        first = below + self.foot / 2 - (len(self.emergency) - 1) * 0.65 * size + 0.36 * size
        yield from _set(said, self.emergency, size, _EDGE, first, WHITE, self.wide, bold=True)


def _poster(said: Said, wide: float, high: float, large: bool) -> Iterator[Part]:
    yield Box(0, 0, wide, high, WHITE)
    yield from _band(said, wide, _BAND, _EDGE)
    # Codes too small to be read from a step away lead nobody anywhere: then the letters become smaller.
    most, least = (_LARGE, _LARGE_CODES if len(said.ways) > 1 else _USUAL_CODES) if large else (_USUAL, _USUAL_CODES)
    scales = [most * step / 40 for step in range(40, 20, -1)]
    posters = [_Poster(said, wide, high, scale) for scale in scales]
    yield from next((poster for poster in posters if poster.side >= least), posters[-1]).parts()


def _pocket(said: Said, wide: float, high: float, scale: float) -> Iterator[Part]:
    edge, side = 4.5, 30.0
    yield Box(0, 0, wide, high, WHITE)
    yield from _band(said, wide, 9, edge)
    room = wide - side - 2.5 * edge
    address, words = said.ways[0]
    turned = said.direction == "rtl"
    yield from _code(address, edge if turned else wide - edge - side, 11.5, side, turned=not turned)
    start = edge + side + edge / 2 if turned else edge
    mirror = 2 * start + room
    scale = next(one for one in _smaller(scale) if _deep(said.headline, words, room, one) <= high - 23)
    y = 12 + 3.6 * scale
    headline = _balanced(said.headline, 3.9 * scale, room, bold=True)
    yield from _set(said, headline, 3.9 * scale, start, y, INK, mirror, bold=True)
    y += (len(headline) - 1) * 3.9 * scale * 1.3
    size = min(2.6 * scale, _unbroken(words, room))
    yield from _set(said, _wrapped(words, size, room), size, start, y + 5 * scale, INK, mirror)
    yield Box(0, high - 9.5, wide, 9.5, RED)
    size = next(one for one in _smaller(2.9) if len(_wrapped(said.emergency, one, wide - 2 * edge, bold=True)) == 1)
    yield from _set(said, (said.emergency,), size, edge, high - 4.75 + 0.36 * size, WHITE, wide, bold=True)


def _smaller(scale: float) -> Iterator[float]:
    """This size of letters and smaller ones: an address that is cut off leads nowhere."""
    return (scale * step / 20 for step in range(20, 0, -1))


def _deep(headline: str, words: str, room: float, scale: float) -> float:
    above = len(_wrapped(headline, 3.9 * scale, room, bold=True)) * 3.9 * 1.3
    return (above + 3 + len(_wrapped(words, 2.6 * scale, room)) * 2.6 * 1.3) * scale


def _unbroken(text: str, room: float, *, bold: bool = False) -> float:
    """The largest size of letters at which no word has to be broken, such as an address to be typed."""
    return room * _MARGIN_FOR_FONTS / max(width(word, BOLD if bold else 1) for word in text.split())


def _wrapped(text: str, size: float, room: float, *, bold: bool = False) -> tuple[str, ...]:
    return wrap(text, size, room * _MARGIN_FOR_FONTS / (BOLD if bold else 1))


def _balanced(text: str, size: float, room: float, *, bold: bool = False) -> tuple[str, ...]:
    """As few lines as the room allows, about equally long, so that no word is left alone on the last one."""
    lines = _wrapped(text, size, room, bold=bold)
    for share in range(50, 100, 2):
        narrower = _wrapped(text, size, room * share / 100, bold=bold)
        whole = max(map(len, text.split()), default=0) <= max(map(len, narrower), default=0)
        if len(narrower) <= len(lines) and whole:
            return narrower
    return lines


def _set(
    said: Said, lines: Sequence[str], size: float, x: float, y: float, colour: str, mirror: float, *, bold: bool = False
) -> Iterator[Words]:
    """Lines below each other. ``mirror`` is what ``x`` is taken from where writing runs from right to left."""
    start = mirror - x if said.direction == "rtl" else x
    for number, line in enumerate(lines):
        yield Words(start, y + number * size * 1.3, line, size, colour, bold)


def _code(address: str, x: float, y: float, side: float, *, turned: bool) -> Iterator[Box]:
    """A code that still reads with a seventh of it torn or dirty.

    Its quiet zone, which nobody sees, stands out to the side where lines begin (``turned``: the right one), so that
    what is black stands in line with the words.
    """
    rows = [list(row) for row in segno.make(address, error="m", micro=False).matrix]
    dot = side / (len(rows) + 2 * _QUIET)
    x += _QUIET * dot * (1 if turned else -1)
    yield Box(x, y, side, side, WHITE)
    for down, row in enumerate(rows):
        across = 0
        while across < len(row):
            run = 1
            if row[across]:
                while across + run < len(row) and row[across + run]:
                    run += 1
                yield Box(x + (across + _QUIET) * dot, y + (down + _QUIET) * dot, run * dot, dot, "#000000")
            across += run
