"""A story as it is played: read, cross-checked, immutable."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.checks.stories.written import Expectation
from bot.content.errors import Place


class Deed(StrEnum):
    """What a person can do.

    Only replays have ``OLD_BUTTON``, one of an old message known by its data, and ``TAKEN``, words typed of which
    nothing is known but what they are taken for.
    """

    TYPE = "type"
    PRESS = "press"
    OPEN = "open"
    OLD_BUTTON = "old button"
    TAKEN = "type words"


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing done: words typed, a label pressed, a flow opened or an old button's data; and what must come of it."""

    deed: Deed
    words: str
    place: Place
    expected: Expectation = field(default_factory=Expectation)

    def __str__(self) -> str:
        shown = self.words if len(self.words) <= 60 else f"{self.words[:57]}..."
        return f"{self.deed} {shown}"


@dataclass(frozen=True, slots=True)
class Setting:
    """Who sits where: the moment, the language (empty: the default), whether typed words come with their place."""

    at: datetime
    language: str = ""
    remembers: bool = True


@dataclass(frozen=True, slots=True)
class Story:
    """A person's way through the dialogue.

    ``start`` is the flow that a link opened, empty for the menu, None where the first turn itself is the way in.
    """

    name: str
    setting: Setting
    start: str | None
    turns: tuple[Turn, ...]
    place: Place
