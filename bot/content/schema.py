"""What every content file is made of: strict models, days, and how much is at stake.

The files themselves: flow_schema.py, shared_schema.py, service_schema.py. `python -m bot schema` is made from these
types too: ``json_schema_input_type`` gives the short ways of writing. What each key means to an author stands in
key_help.py. Names and references are checked later.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

from bot.content.ids import (
    WrittenDay,
)


def as_list(value: Any) -> Any:
    """One text as a list of it: the short way of writing."""
    return [value] if isinstance(value, str) else value


def _date_text(value: Any) -> Any:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError("expected a date such as 2026-11-22")
    return value


Day = Annotated[date, BeforeValidator(_date_text, json_schema_input_type=WrittenDay)]


class Model(BaseModel):
    """Base of all: immutable, and nothing that the format does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)


class Risk(StrEnum):
    """How much is at stake, from nothing to a life right now."""

    NONE = "none"
    CONCERN = "concern"
    HIGH = "high"
    IMMEDIATE = "immediate"
