"""The shape of a file that changes an earlier pack's flow, for editors; `bot.content.changes` makes it whole."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, StrictBool

from bot.content.flow_schema import OneOrMoreLines, When, WrittenChoice, WrittenLine, WrittenSignpost, as_lines
from bot.content.ids import FlowId, Id, RoleId, Words
from bot.content.schema import Model, Risk, as_list


class WrittenStepChange(Model):
    """What is different on one screen. What is not said stays as it is, and null takes a key away."""

    say: Annotated[tuple[WrittenLine, ...], BeforeValidator(as_lines, json_schema_input_type=OneOrMoreLines)] | None = (
        None
    )
    signpost: WrittenSignpost | None = None
    ask: Words | None = None
    choices: tuple[WrittenChoice, ...] | None = None
    more_choices: tuple[WrittenChoice, ...] | None = Field(default=None, alias="+choices")
    risk: Risk | None = None
    when: When | None = None
    end: StrictBool | None = None


class WrittenFlowChange(Model):
    """What is different in one flow."""

    change: FlowId
    title: Words | None = None
    audience: (
        Annotated[tuple[Id, ...], BeforeValidator(as_list, json_schema_input_type=RoleId | tuple[RoleId, ...])] | None
    ) = Field(default=None, alias="for")
    risk: Risk | None = None
    start: Id | None = None
    steps: dict[Id, WrittenStepChange] = Field(default_factory=dict)
