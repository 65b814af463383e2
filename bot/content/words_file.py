"""The shape of the lists of words that do harm: flows/shared/words/<language>.yaml."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from bot.content.ids import Id, Words
from bot.content.schema import Model


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class WordList(StrEnum):
    """What is wrong with words that should not be said; each list has a rule of its own."""

    TERMS = "terms"
    KINDER_TERMS = "kinder_terms"
    PROMISES = "promises"
    PERSONAL_DATA = "personal_data"
    URGENCY = "urgency"
    METHODS = "methods"
    LOCK_SCREEN = "lock_screen"
    BLAME = "blame"


OneOrMoreWords = Annotated[
    tuple[Words, ...],
    BeforeValidator(_as_list, json_schema_input_type=Words | Annotated[tuple[Words, ...], Field(min_length=1)]),
]


class WrittenHarm(Model):
    """Words that do harm, why they do, and what to say instead."""

    find: Annotated[OneOrMoreWords, Field(min_length=1)]
    because: Words
    instead: Words
    allow: OneOrMoreWords = Field(default=(), alias="except")


class WordsFile(Model):
    """flows/shared/words/<language>.yaml."""

    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    groups: dict[Id, Words] = Field(default_factory=dict)
    terms: dict[Id, WrittenHarm] = Field(default_factory=dict)
    kinder_terms: dict[Id, WrittenHarm] = Field(default_factory=dict)
    promises: dict[Id, WrittenHarm] = Field(default_factory=dict)
    personal_data: dict[Id, WrittenHarm] = Field(default_factory=dict)
    urgency: dict[Id, WrittenHarm] = Field(default_factory=dict)
    methods: dict[Id, WrittenHarm] = Field(default_factory=dict)
    lock_screen: dict[Id, WrittenHarm] = Field(default_factory=dict)
    blame: dict[Id, WrittenHarm] = Field(default_factory=dict)

    def entries(self, list_: WordList) -> dict[str, WrittenHarm]:
        """The entries of one list, by id."""
        entries: dict[str, WrittenHarm] = getattr(self, list_.value)
        return entries
