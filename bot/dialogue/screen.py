"""What a channel draws. A screen holds words and buttons, nothing of any channel's own formatting."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from bot.content.languages import Direction
from bot.content.text import Block
from bot.dialogue.state import State


class ButtonRole(StrEnum):
    """Why a button is there, so that channels can place and style it."""

    CHOICE = "choice"
    ANSWER = "answer"
    DETAILS = "details"
    EMERGENCY = "emergency"
    BACK = "back"
    START_AGAIN = "start_again"
    LEAVE = "leave"
    LANGUAGE = "language"
    """To the list of languages."""


class Button(NamedTuple):
    """One press: its label in the screen's language, and the token of the state it leads to (at most 64 bytes).

    A tuple, because every turn makes eight of them.
    """

    label: str
    token: str
    role: ButtonRole = ButtonRole.CHOICE
    language: str = ""
    """The language of the label where it is not the screen's own: each language is named in itself."""


@dataclass(frozen=True, slots=True)
class Card:
    """A service as shown: name, the first things to know in at most 35 words, and whether it is open now."""

    service: str
    name: str
    availability: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen: text, service cards, a question, buttons in rows.

    ``leave`` marks the neutral screen shown after *Leave*: it has no buttons, and the channel clears what it can.
    """

    state: State
    blocks: tuple[Block, ...]
    cards: tuple[Card, ...] = ()
    question: tuple[Block, ...] = ()
    rows: tuple[tuple[Button, ...], ...] = ()
    language: str = "en"
    leave: bool = False
    direction: Direction = "ltr"
    intent: str | None = field(default=None, compare=False)
    """What typed words were taken for, as it is counted: an intent's label, empty if not understood, None otherwise."""
    token: str = field(default="", compare=False)
    """The state's own token, where it is known already."""
    sketch: Hashable = field(default=None, compare=False, repr=False)
    """Shared by screens that differ in nothing but their tokens; a channel may remember beside it what it made of it.
    None where nothing is known of others like it."""

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons in reading order."""
        return tuple([button for row in self.rows for button in row])
