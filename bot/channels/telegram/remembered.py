"""The text of a screen, written once for everybody who meets the screen in its minute."""

from __future__ import annotations

from collections.abc import Hashable
from weakref import WeakKeyDictionary

from bot.content.text import Block
from bot.dialogue.rendering.telegram_html import render
from bot.dialogue.screen import Card, Screen

_Said = tuple[tuple[Block, ...], tuple[Card, ...], tuple[Block, ...]]


class Texts:
    """Remembers the text beside a sketch for as long as the engine remembers that, and nothing of any person."""

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[Hashable, tuple[_Said, str]] = WeakKeyDictionary()

    def of(self, screen: Screen) -> str:
        """The screen as HTML, as `render` writes it."""
        if screen.sketch is None:
            return render(screen)
        known = self._known.get(screen.sketch)
        if known is not None:
            (blocks, cards, question), text = known
            # Something may have been put before or behind what the sketch says.
            if blocks is screen.blocks and cards is screen.cards and question is screen.question:
                return text
        text = render(screen)
        if known is None:
            self._known[screen.sketch] = (screen.blocks, screen.cards, screen.question), text
        return text
