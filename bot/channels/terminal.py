"""The conversation in a terminal: plain lines, numbered choices, typed words. Works through a pipe as well.

Nothing moves on the screen and nothing is meant by colour, so that screen readers and braille displays can follow.
What is typed goes to the engine and nowhere else: no line history is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import TextIO

from bot.dialogue.emergency_card import EMERGENCY_CARD
from bot.dialogue.engine import Engine
from bot.dialogue.rendering import plain_text
from bot.dialogue.screen import Screen

LONGEST_LINE = 100_000
"""Characters of one typed line that are read; the rest of a longer one is dropped."""

_HOW = "Type a number to press a button, or type your own words. An empty line leaves."


class TerminalChat:
    """One conversation, drawn on ``output``. ``clock`` gives the moment of each turn."""

    def __init__(self, engine: Engine, output: TextIO, clock: Callable[[], datetime], *, language: str = "") -> None:
        self._engine = engine
        self._output = output
        self._clock = clock
        self._language = language

    def run(self, lines: Iterable[str]) -> None:
        """Talk until the person leaves or the lines end."""
        self._write(_HOW)
        screen = self._safely(lambda: self._engine.start(self._clock(), language=self._language), None)
        self._draw(screen)
        for line in lines:
            typed = line[:LONGEST_LINE].strip()
            if not typed:
                screen = self._engine.leave(self._clock(), language=self._language)
            else:
                screen = self._safely(partial(self._turn, typed, screen), screen)
            self._draw(screen)
            if screen is not None and screen.leave:
                return

    def _turn(self, typed: str, screen: Screen | None) -> Screen | None:
        if screen is not None and typed.isascii() and typed.isdigit() and len(typed) <= 2:
            number = int(typed)
            if not 1 <= number <= len(screen.buttons):
                self._write(f"There is no button {number}: they go from 1 to {len(screen.buttons)}.")
                return screen
            return self._engine.press(screen.buttons[number - 1].token, self._clock())
        state = screen.state if screen is not None else None
        return self._engine.read(typed, self._clock(), state=state, language=self._language)

    def _safely(self, turn: Callable[[], Screen | None], otherwise: Screen | None) -> Screen | None:
        """The turn's screen; whatever goes wrong, the emergency numbers instead of a traceback."""
        try:
            return turn()
        except Exception:  # nobody who needs help may ever meet a traceback
            self._write(EMERGENCY_CARD)
            return otherwise

    def _draw(self, screen: Screen | None) -> None:
        if screen is None:
            return
        self._write(plain_text.render(screen))
        if screen.buttons:
            self._write(plain_text.buttons(screen))

    def _write(self, text: str) -> None:
        self._output.write(f"\n{text}\n")
        self._output.flush()
