"""The shape of story files, exactly as authors write them (docs/stories.md). Names are checked by `names`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StrictBool, StringConstraints

from bot.content.ids import AnswerId, FlowId, ServiceId, Target, Words
from bot.content.schema import Model, Risk

MOMENT = r"^20\d\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?$"
"""What a moment looks like, for editors; `moments` reads it."""


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str | int) else value


Texts = Annotated[
    tuple[Words, ...],
    Field(min_length=1),
    BeforeValidator(_as_list, json_schema_input_type=Words | Annotated[tuple[Words, ...], Field(min_length=1)]),
]
"""One text, or a list of them. An empty list would expect nothing and look as if it expected something."""

Services = Annotated[
    tuple[ServiceId, ...],
    Field(min_length=1),
    BeforeValidator(_as_list, json_schema_input_type=ServiceId | Annotated[tuple[ServiceId, ...], Field(min_length=1)]),
]


class Channel(StrEnum):
    """Where the person is. On Telegram typed words arrive without the place at which they were typed."""

    WEB = "web"
    TERMINAL = "terminal"
    TELEGRAM = "telegram"


class Expectation(Model):
    """What must and must not be on the screen after a turn. What is left out may be anything.

    ``says`` and ``not_says`` are about words above the buttons, ``shows`` and ``not_shows`` about service cards (others
    may stand beside them), ``first`` about the card at the top. ``asks`` names an answer of which the screen offers at
    least two values by button.
    """

    flow: FlowId | None = None
    step: Target | None = None
    says: Texts | None = None
    not_says: Texts | None = None
    shows: Services | None = None
    not_shows: Services | None = None
    first: ServiceId | None = None
    buttons: Texts | None = None
    not_buttons: Texts | None = None
    risk: Risk | None = None
    asks: AnswerId | None = None
    leaves: StrictBool | None = None


class WrittenTurn(Model):
    """One thing a person does: exactly one of ``type``, ``press`` (a label) and ``open`` (the flow of a deep link)."""

    type: Words | None = None
    press: Words | None = None
    open: FlowId | None = None
    expect: Expectation = Field(default_factory=Expectation)


class WrittenStory(Model):
    """One story. ``at`` is the moment, UK time unless it says otherwise; ``start`` a deep link to begin at."""

    story: Words
    at: Annotated[Words, Field(json_schema_extra={"pattern": MOMENT})]
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] | None = None
    start: FlowId | None = None
    channel: Channel = Channel.WEB
    turns: tuple[WrittenTurn, ...] = Field(min_length=1)


class WrittenStories(Model):
    """A file with several stories."""

    stories: tuple[WrittenStory, ...] = Field(min_length=1)
