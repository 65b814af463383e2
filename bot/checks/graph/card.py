"""A box with lines of text, one below the other, as SVG. Its height follows from what is written into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.checks.graph.markup import Markup, element, joined
from bot.checks.graph.risk_shapes import RISK_WORDS, outline, sign
from bot.checks.graph.text_measure import BOLD, shortened, width, wrap
from bot.content.schema import Risk

CARD_WIDTH: Final = 300.0
PADDING: Final = 16.0
ROOM: Final = CARD_WIDTH - 2 * PADDING
_LINE: Final = 1.3


@dataclass(frozen=True, slots=True)
class Style:
    """A kind of text: its class in picture.css, which sets the same ``size`` (pixels) and weight."""

    name: str
    size: float
    bold: bool = False

    def wrap(self, text: str, room: float = ROOM, most_lines: int = 1000) -> tuple[str, ...]:
        """The text in lines that fit."""
        return wrap(text, self._measured, room, most_lines)

    def shortened(self, text: str, room: float) -> str:
        """As much of the text as fits on one line."""
        return shortened(text, self._measured, room)

    def width(self, text: str) -> float:
        """The width of one line."""
        return width(text, self._measured)

    @property
    def _measured(self) -> float:
        return self.size * BOLD if self.bold else self.size


RISK: Final = Style("risk-words", 12.0, bold=True)
TITLE: Final = Style("title", 17.0, bold=True)
NOTE: Final = Style("note", 11.5)
BODY: Final = Style("body", 13.0)
ASK: Final = Style("ask", 13.0, bold=True)
LABEL: Final = Style("label", 13.0, bold=True)
WHERE: Final = Style("where", 11.5)
SERVICE: Final = Style("service", 12.0)
FINDING: Final = Style("finding", 12.0, bold=True)


@dataclass(frozen=True, slots=True)
class Card:
    """A finished box: ``head`` (what names it) and ``body`` in its own coordinates, and where its arrows leave."""

    key: str
    risk: Risk
    height: float
    entry: float
    ports: tuple[float, ...]
    head: Markup
    body: Markup

    def outline(self, css_class: str) -> Markup:
        """Its edge, by risk."""
        return element("path", d=outline(self.risk, CARD_WIDTH, self.height), class_=css_class)


def text_line(text: str, x: float, y: float, style: Style, *, end: bool = False) -> Markup:
    """One line of text with its baseline at ``y``; ``end`` makes ``x`` its right end."""
    return element("text", text, x=x, y=y, class_=style.name, text_anchor="end" if end else None)


@dataclass(slots=True)
class CardWriter:
    """Writes a card from the top down."""

    risk: Risk
    y: float = PADDING
    head: list[Markup] = field(default_factory=list)
    body: list[Markup] = field(default_factory=list)
    ports: list[float] = field(default_factory=list)

    def risk_and_flags(self, flags: Sequence[str]) -> None:
        """The sign and word of the risk, and on the right words such as *Start*."""
        self.head.append(sign(self.risk, PADDING, self.y - 2.0))
        self.head.append(text_line(RISK_WORDS[self.risk], PADDING + 22.0, self.y + 10.5, RISK))
        right = CARD_WIDTH - PADDING
        for flag in reversed(flags):
            wide = RISK.width(flag) + 14.0
            self.head.append(
                element("rect", x=right - wide, y=self.y - 4.0, width=wide, height=20.0, rx=10.0, class_="flag")
            )
            self.head.append(
                element("text", flag, x=right - wide / 2, y=self.y + 10.0, class_="flag-words", text_anchor="middle")
            )
            right -= wide + 6.0
        self.y += 22.0

    def heading(self, title: str) -> None:
        """The card's name."""
        self._lines(self.head, TITLE.wrap(title, most_lines=3), TITLE)

    def text(self, text: str, style: Style, most_lines: int = 1000, *, space: float = 6.0) -> None:
        """A paragraph, with space above."""
        if text:
            self.y += space
            self._lines(self.body, style.wrap(text, most_lines=most_lines), style)

    def add(self, part: Markup) -> None:
        """Anything else, drawn at the current height by the caller."""
        self.body.append(part)

    def finished(self, key: str) -> Card:
        """The card, closed below what was written last."""
        return Card(
            key=key,
            risk=self.risk,
            height=round(self.y + PADDING),
            entry=PADDING + 6.0,
            ports=tuple(self.ports),
            head=joined(self.head),
            body=joined(self.body),
        )

    def _lines(self, into: list[Markup], lines: Sequence[str], style: Style) -> None:
        for line in lines:
            into.append(text_line(line, PADDING, self.y + style.size, style))
            self.y += style.size * _LINE
