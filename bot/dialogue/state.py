"""Where a conversation stands: everything the engine knows, and all that a button carries."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from bot.content.model import StepId

TRAIL_LENGTH = 8
"""How many earlier steps *Back* can restore."""


class View(IntEnum):
    """Which face of a step is shown. The numbers travel in tokens: never reuse one."""

    STEP = 0
    DETAILS = 1
    """What happens if I contact them: the long form of the step's service cards."""
    QUESTION = 2
    """The engine's own question (nation, age) on a step whose author asks another one."""


class Visit(NamedTuple):
    """A step the person came through, and the answers (by their codes) that the choice taken there gave."""

    step: StepId
    answered: frozenset[int] = frozenset()


class State(NamedTuple):
    """A place in the dialogue.

    ``answers`` maps an answer's code to its value's code, sorted by code. ``trail`` runs from oldest to newest, at
    most `TRAIL_LENGTH` long. ``language`` is an ISO 639-1 code or empty for the default. ``channel`` is 32 bits that
    belong to the channel alone; the engine carries them along untouched.
    """

    step: StepId
    view: View = View.STEP
    answers: tuple[tuple[int, int], ...] = ()
    language: str = ""
    trail: tuple[Visit, ...] = ()
    channel: int = 0
