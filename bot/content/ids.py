"""Ids, words and dates as fields of content files: what they may look like, and what an id names.

What an id names is only for editors (`python -m bot schema --with-content`); whether it exists is found by assembly.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

NAMES = "x-waypost-names"
"""The JSON Schema keyword that says what an id names; json_schema.py replaces it by the ids there are."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Words = Annotated[
    str, StringConstraints(min_length=1, strip_whitespace=True), Field(json_schema_extra={"pattern": r"\S"})
]

Target = Annotated[
    Words,
    Field(json_schema_extra={"pattern": r"^[a-z][a-z0-9_]{0,59}(\.[a-z][a-z0-9_]{0,59})?$", NAMES: "targets"}),
]
"""Where a button leads: a step, `flow.step` or a flow."""

FormerStep = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}(\.[a-z][a-z0-9_]{0,59})?$")]
"""A step there no longer is: of this flow, or `flow.step` of another."""

FlowId = Annotated[Id, Field(json_schema_extra={NAMES: "flows"})]
ServiceId = Annotated[Id, Field(json_schema_extra={NAMES: "services"})]
TopicId = Annotated[Id, Field(json_schema_extra={NAMES: "topics"})]
AnswerId = Annotated[Id, Field(json_schema_extra={NAMES: "answers"})]
RoleId = Annotated[Id, Field(json_schema_extra={NAMES: "who"})]
NationId = Annotated[Id, Field(json_schema_extra={NAMES: "nation"})]
TextKey = Annotated[Id, Field(json_schema_extra={NAMES: "texts"})]

ValueId = Annotated[
    Words, Field(json_schema_extra={"pattern": r"^[a-z][a-z0-9_]{0,59}$", NAMES: "values of the answer"})
]
"""A value of the answer that is this value's key."""

WrittenDay = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
"""A day as authors write it; schema.Day reads it."""
