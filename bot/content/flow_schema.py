"""The shape of flow files, exactly as authors write them (docs/writing.md)."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StrictBool, StrictInt, StringConstraints

from bot.content.ids import (
    AnswerId,
    FormerStep,
    Id,
    RoleId,
    ServiceId,
    Target,
    TopicId,
    ValueId,
    Words,
)
from bot.content.schema import Day, Model, Risk, as_list


def as_lines(value: Any) -> Any:
    """Texts as lines without conditions: the short ways of writing."""
    items = [value] if isinstance(value, str | dict) else value
    if not isinstance(items, list):
        return value
    return [{"text": item} if isinstance(item, str) else item for item in items]


def _as_condition(value: Any) -> Any:
    if isinstance(value, str | list):
        return {"values": value}
    if isinstance(value, dict) and set(value) == {"not"}:
        return {"values": value["not"], "negated": True}
    return value


class WrittenCondition(Model):
    """One line of a `when`: the answer's value must be (or, negated, not be) one of these."""

    values: Annotated[tuple[Words, ...], BeforeValidator(as_list), Field(min_length=1)]
    negated: StrictBool = False


OneOrMoreValues = ValueId | Annotated[tuple[ValueId, ...], Field(min_length=1)]


class WrittenNegation(Model):
    """Any value but these."""

    values: OneOrMoreValues = Field(alias="not")


When = dict[
    AnswerId,
    Annotated[
        WrittenCondition, BeforeValidator(_as_condition, json_schema_input_type=OneOrMoreValues | WrittenNegation)
    ],
]


class WrittenLine(Model):
    """A part of a screen's text, hidden unless `when` holds."""

    text: Words
    when: When = Field(default_factory=dict)


class WrittenChoice(Model):
    """A button the author wrote."""

    label: Annotated[Words, StringConstraints(max_length=60)]
    go: Target
    set: dict[AnswerId, ValueId] = Field(default_factory=dict)
    when: When = Field(default_factory=dict)


class WrittenSignpost(Model):
    """Which services a step shows."""

    topic: TopicId | None = None
    services: tuple[ServiceId, ...] = ()
    always: tuple[ServiceId, ...] = ()
    at_most: Annotated[StrictInt, Field(ge=1, le=6)] = 3


OneOrMoreLines = Words | Annotated[tuple[Words | WrittenLine, ...], Field(min_length=1)] | WrittenLine


class WrittenAcceptance(Model):
    """A finding of `check` that is taken as it is at this place, up to and with the day `until`."""

    code: Annotated[str, StringConstraints(pattern=r"^WP[0-9]{3}$")]
    because: Words
    by: Words
    until: Day
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] | None = None


class WrittenStep(Model):
    """One screen of a flow."""

    say: Annotated[
        tuple[WrittenLine, ...], Field(min_length=1), BeforeValidator(as_lines, json_schema_input_type=OneOrMoreLines)
    ]
    signpost: WrittenSignpost | None = None
    ask: Words | None = None
    choices: tuple[WrittenChoice, ...] = ()
    risk: Risk | None = None
    when: When = Field(default_factory=dict)
    end: StrictBool = False
    accept: tuple[WrittenAcceptance, ...] = ()


class WrittenFlow(Model):
    """A flow file."""

    flow: Id
    title: Words
    audience: Annotated[
        tuple[Id, ...], BeforeValidator(as_list, json_schema_input_type=RoleId | tuple[RoleId, ...])
    ] = Field(default=(), alias="for")
    risk: Risk
    start: Annotated[Words, Field(json_schema_extra={"pattern": r"^[a-z][a-z0-9_]{0,59}$"})]
    steps: dict[Id, WrittenStep] = Field(min_length=1)
    moved_to: dict[FormerStep, Target] = Field(default_factory=dict)
    accept: tuple[WrittenAcceptance, ...] = ()
