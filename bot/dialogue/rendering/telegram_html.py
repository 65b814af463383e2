"""A screen as the HTML that Telegram understands (https://core.telegram.org/bots/api#html-style).

Everything is escaped. Telephone numbers stay text: Telegram refuses ``tel:`` links, and phones make numbers
pressable by themselves.
"""

from __future__ import annotations

import re
from typing import Final

from bot.content.languages import Direction, direction_of
from bot.content.text import Block, Span
from bot.dialogue.rendering.direction import RIGHT_TO_LEFT_MARK, directed, isolated, runs_from_the_right
from bot.dialogue.screen import Button, Card, Screen

MAXIMUM_CHARACTERS: Final = 4096
"""Of the text after its tags are parsed (https://core.telegram.org/bots/api#sendmessage)."""

_LINKABLE: Final = ("https://", "http://")


def render(screen: Screen) -> str:
    """The screen's text: what is said, the cards, and last the question that the buttons answer."""
    parts = [*map(_block, screen.blocks), *map(_card, screen.cards)]
    parts.extend(f"<b>{_block(block)}</b>" if not _bold(block) else _block(block) for block in screen.question)
    return _directed("\n\n".join(part for part in parts if part), screen.direction)


def label(button: Button, screen: Screen) -> str:
    """A button's words on a screen."""
    return directed(button.label, direction_of(button.language) if button.language else screen.direction)


def _card(card: Card) -> str:
    head = f"<b>{_escape(card.name)}</b>\n<i>{_escape(card.availability)}</i>"
    return "\n".join([head, *map(_block, card.blocks)])


def _block(block: Block) -> str:
    lines = ["".join(map(_span, line)) for line in block.lines]
    return "\n".join(f"• {line}" for line in lines) if block.bullets else "\n".join(lines)


def _bold(block: Block) -> bool:
    return block.bullets or any(span.bold for line in block.lines for span in line)


_TAG: Final = re.compile(r"(<[^>]*>|&[a-z]+;)")


def _directed(text: str, direction: Direction) -> str:
    """Line by line, the tags and what they hold left alone."""
    return "\n".join(_directed_line(line, direction) for line in text.split("\n"))


def _directed_line(line: str, direction: Direction) -> str:
    if line.isascii() or not runs_from_the_right(_TAG.sub("", line), direction):
        return line
    pieces = _TAG.split(line)
    return RIGHT_TO_LEFT_MARK + "".join(piece if _TAG.fullmatch(piece) else isolated(piece) for piece in pieces)


def _span(span: Span) -> str:
    text = _escape(span.text)
    if span.url.startswith(_LINKABLE):
        text = f'<a href="{_escape(span.url)}">{text}</a>'
    elif span.url.startswith("mailto:"):
        text = f"{text}: {_escape(span.url.removeprefix('mailto:'))}"
    return f"<b>{text}</b>" if span.bold else text


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
