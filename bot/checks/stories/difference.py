"""A failed screen for comparing: what was expected and is missing (-), what is there and should not be (+)."""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bot.checks.stories.expecting import Miss, plain
from bot.checks.stories.folding import folded
from bot.dialogue.rendering import plain_text
from bot.dialogue.screen import Card, Screen

_GUTTER: Final = 4
_WIDTH: Final = plain_text.WIDTH - _GUTTER
_ALIKE: Final = 0.4
"""How alike (0 to 1) a line must be for a missing text to stand beside it."""

Marked = tuple[str, str]
"""A mark (``-``, ``+`` or a space) and a line."""


def difference(screen: Screen, misses: tuple[Miss, ...]) -> str:
    """The screen in plain text at 80 columns, each line with its mark."""
    wanted = {key: [miss.wanted for miss in misses if miss.key == key] for key in {miss.key for miss in misses}}
    parts = [
        *_with_missing(list(_said(screen, wanted.get("not_says", []))), wanted.get("says", [])),
        *_services(screen, wanted),
        *_question(screen, wanted.get("not_says", [])),
        *_buttons(screen, wanted),
    ]
    return "\n".join(_row(mark, line) for mark, line in parts).rstrip()


def _said(screen: Screen, forbidden: list[str]) -> Iterator[Marked]:
    for block in screen.blocks:
        yield from _marked(
            plain_text.render(replace(screen, blocks=(block,), cards=(), question=()), _WIDTH), forbidden
        )
        yield " ", ""


def _question(screen: Screen, forbidden: list[str]) -> Iterator[Marked]:
    if screen.question:
        yield from _marked(plain_text.render(replace(screen, blocks=(), cards=()), _WIDTH), forbidden)


def _services(screen: Screen, wanted: dict[str, list[str]]) -> Iterator[Marked]:
    first, others = wanted.get("first", []), wanted.get("shows", [])
    missing = [f"* {id_}, first of all" if id_ in first else f"* {id_}" for id_ in dict.fromkeys((*first, *others))]
    yield from (("-", line) for line in missing)
    if missing and not screen.cards:
        yield " ", ""
    for position, card in enumerate(screen.cards):
        lines = list(_card(screen, card, wanted))
        yield from [("+", lines[0][1]), *lines[1:]] if first and position == 0 else lines
        yield " ", ""


def _card(screen: Screen, card: Card, wanted: dict[str, list[str]]) -> Iterator[Marked]:
    text = plain_text.render(replace(screen, blocks=(), cards=(card,), question=()), _WIDTH)
    if card.service in wanted.get("not_shows", []):
        return iter([("+", line) for line in text.splitlines()])
    return _marked(text, wanted.get("not_says", []))


def _buttons(screen: Screen, wanted: dict[str, list[str]]) -> Iterator[Marked]:
    forbidden = {folded(label) for label in wanted.get("not_buttons", [])}
    for button in screen.buttons:
        yield ("+" if folded(button.label) in forbidden else " "), f"[ {button.label} ]"
    for label in wanted.get("buttons", []):
        yield "-", f"[ {label} ]"


def _marked(text: str, forbidden: list[str]) -> Iterator[Marked]:
    """The lines, those marked that hold a forbidden text (which may run over several)."""
    lines = text.splitlines()
    marked = {number for phrase in forbidden for number in _holding(lines, plain(phrase))}
    yield from (("+" if number in marked else " ", line) for number, line in enumerate(lines))


def _holding(lines: list[str], phrase: str) -> range:
    """The fewest neighbouring lines that hold the phrase."""
    for count in range(1, len(lines) + 1):
        for first in range(len(lines) - count + 1):
            if phrase in folded(" ".join(lines[first : first + count])):
                return range(first, first + count)
    return range(0)


def _with_missing(lines: list[Marked], missing: list[str]) -> Iterator[Marked]:
    """Each missing text above the line that is most like it, or after all of them."""
    above: dict[int, list[str]] = {}
    for text in missing:
        alike = [_likeness(plain(text), folded(line)) for _, line in lines]
        best = max(range(len(lines)), key=alike.__getitem__, default=0)
        above.setdefault(best if alike and alike[best] >= _ALIKE else len(lines), []).append(text)
    for number, line in enumerate([*lines, (" ", "")]):
        for text in above.get(number, ()):
            yield from (("-", part) for part in textwrap.wrap(text, _WIDTH))
        if number < len(lines):
            yield line


def _likeness(text: str, line: str) -> float:
    """How much of the shorter of the two stands in the other, 0 to 1."""
    if not line or not text:
        return 0.0
    matcher = difflib.SequenceMatcher(None, line, text, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks() if block.size > 2) / min(len(line), len(text))


def _row(mark: str, line: str) -> str:
    return f"  {mark} {line}".rstrip()
