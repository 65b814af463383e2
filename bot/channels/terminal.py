"""The conversation in a terminal: plain lines, numbered choices, typed words. Works through a pipe as well.

Nothing moves on the screen and nothing is meant by colour, so that screen readers and braille displays can follow.
What is typed goes to the engine and nowhere else: no line history is kept. Only somebody who asks for it, with
`--record`, has their own conversation noted by a `Witness`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Protocol, TextIO

from bot.dialogue.emergency_card import EMERGENCY_CARD
from bot.dialogue.engine import Engine
from bot.dialogue.rendering import plain_text
from bot.dialogue.screen import ButtonRole, Screen

LONGEST_LINE = 100_000
"""Characters of one typed line that are read; the rest of a longer one is dropped."""

_HOW = "Type a number to press a button, or type your own words. An empty line leaves."


class Witness(Protocol):
    """Notes what is done and shown, because the person at the terminal asked for it."""

    def pressed(self, label: str) -> None:
        """A button was pressed."""

    def typed(self, words: str) -> None:
        """Words were typed."""

    def showed(self, screen: Screen) -> None:
        """The screen that answered."""


class _Nobody:
    """The usual witness: none."""

    def pressed(self, label: str) -> None: ...
    def typed(self, words: str) -> None: ...
    def showed(self, screen: Screen) -> None: ...


class TerminalChat:
    """One conversation, drawn on ``output``. ``clock`` gives the moment of each turn."""

    def __init__(
        self,
        engine: Engine,
        output: TextIO,
        clock: Callable[[], datetime],
        *,
        language: str = "",
        witness: Witness | None = None,
    ) -> None:
        self._engine = engine
        self._output = output
        self._clock = clock
        self._language = language
        self._witness = witness or _Nobody()

    def run(self, lines: Iterable[str], earlier: Iterable[tuple[str, Screen]] = ()) -> None:
        """Talk until the person leaves or the lines end.

        ``earlier`` is what has been done before (in words) and the screen it led to; the conversation goes on there.
        """
        self._write(_HOW)
        screen: Screen | None = None
        for done, shown in earlier:
            if done:
                self._write(done)
            screen = shown
            self._draw(screen)
        if screen is None:
            screen = self._safely(lambda: self._engine.start(self._clock(), language=self._language), None)
        for line in lines:
            typed = line[:LONGEST_LINE].strip()
            turn = partial(self._turn, typed, screen) if typed else partial(self._leave, screen)
            screen = self._safely(turn, screen)
            if screen is not None and screen.leave:
                return

    def _turn(self, typed: str, screen: Screen | None) -> Screen | None:
        if screen is not None and screen.buttons and typed.isascii() and typed.isdigit() and len(typed) <= 2:
            number = int(typed)
            if not 1 <= number <= len(screen.buttons):
                self._write(f"There is no button {number}: they go from 1 to {len(screen.buttons)}.")
                return screen
            button = screen.buttons[number - 1]
            self._witness.pressed(button.label)
            return self._witnessed(self._engine.press(button.token, self._clock()))
        state = screen.state if screen is not None and not screen.leave else None
        self._witness.typed(typed)
        return self._witnessed(self._engine.read(typed, self._clock(), state=state, language=self._language))

    def _leave(self, screen: Screen | None) -> Screen:
        for button in screen.buttons if screen is not None else ():
            if button.role is ButtonRole.LEAVE:
                self._witness.pressed(button.label)
        return self._witnessed(self._engine.leave(self._clock(), language=self._language))

    def _witnessed(self, screen: Screen) -> Screen:
        self._witness.showed(screen)
        return screen

    def _safely(self, turn: Callable[[], Screen | None], otherwise: Screen | None) -> Screen | None:
        """Draw the turn's screen and return it; whatever goes wrong, the emergency numbers instead of a traceback."""
        try:
            screen = turn()
            self._draw(screen)
        except Exception:  # nobody who needs help may ever meet a traceback
            self._write(EMERGENCY_CARD)
            return otherwise
        return screen

    def _draw(self, screen: Screen | None) -> None:
        if screen is None:
            return
        self._write(plain_text.render(screen))
        if screen.buttons:
            self._write(plain_text.buttons(screen))

    def _write(self, text: str) -> None:
        self._output.write(f"\n{text}\n")
        self._output.flush()
