"""A menu that every engine can have: thirty screens of four buttons, and a hundred people who press by turns."""

from __future__ import annotations

import random
from typing import Final

SCREENS: Final = 30
BUTTONS: Final = 4
PEOPLE: Final = 100
TURNS: Final = 20_000
WARM_UP: Final = 4_000


def text(screen: int) -> str:
    """What a screen says."""
    return f"This is screen number {screen + 1}. Choose what fits best, or go back to where you came from."


def leads(screen: int, button: int) -> int:
    """The screen that a button leads to; never its own, and every screen can be reached."""
    return (screen * 3 + button * 7 + 1) % SCREENS if (screen * 3 + button * 7 + 1) % SCREENS != screen else 0


def presses() -> list[int]:
    """Which button is pressed, turn after turn; the person is the turn's number modulo `PEOPLE`."""
    random_ = random.Random(7)
    return [random_.randrange(BUTTONS) for _ in range(WARM_UP + TURNS)]


def walked(until: int) -> list[int]:
    """Where everybody is after so many turns, so that each engine can be held to it."""
    at = [0] * PEOPLE
    for turn, button in enumerate(presses()[:until]):
        at[turn % PEOPLE] = leads(at[turn % PEOPLE], button)
    return at
