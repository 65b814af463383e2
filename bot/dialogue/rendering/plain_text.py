"""A screen as lines of plain text, for terminals, screen readers and braille. No colour, no drawing."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final

from bot.content.text import Block, Span
from bot.dialogue.rendering.direction import breakable, directed, unbroken
from bot.dialogue.screen import Card, Screen

WIDTH: Final = 80
"""Columns that every terminal has. Only an address longer than that may stick out: a broken one leads nowhere."""


_NUMBERS: Final = ("tel:", "sms:")
"""Addresses that say no more than the number beside them."""


def render(screen: Screen, width: int = WIDTH) -> str:
    """What is said, the cards and the question, without the buttons."""
    parts = [*(_block(block, width) for block in screen.blocks), *(_card(card, width) for card in screen.cards)]
    parts.extend(_block(block, width) for block in screen.question)
    return _directed("\n\n".join(part for part in parts if part), screen)


def buttons(screen: Screen, width: int = WIDTH) -> str:
    """The buttons with the numbers that press them."""
    return "\n".join(
        _wrap(directed(button.label, screen.direction), width, first=f"{number:>3}. ", rest="     ")
        for number, button in enumerate(screen.buttons, start=1)
    )


def _directed(text: str, screen: Screen) -> str:
    return "\n".join(directed(line, screen.direction) for line in text.split("\n"))


def _card(card: Card, width: int) -> str:
    head = _wrap(f"{card.name}: {card.availability[:1].lower()}{card.availability[1:]}", width, first="* ", rest="  ")
    return "\n".join([head, *(_block(block, width, indent="  ") for block in card.blocks)])


def _block(block: Block, width: int, indent: str = "") -> str:
    first, rest = (f"{indent}- ", f"{indent}  ") if block.bullets else (indent, indent)
    return "\n".join(_line(line, width, first, rest) for line in block.lines)


def _line(line: tuple[Span, ...], width: int, first: str, rest: str) -> str:
    words = "".join(_words(line))
    return _wrap(words, width, first=first, rest=rest)


def _words(line: tuple[Span, ...]) -> Iterator[str]:
    for span in line:
        address = "" if span.url.startswith(_NUMBERS) else span.url.removeprefix("mailto:")
        yield span.text if not address or address == span.text else f"{span.text}: {address}"


def _wrap(text: str, width: int, *, first: str, rest: str) -> str:
    filled = textwrap.fill(
        unbroken(text),
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return breakable(filled)
