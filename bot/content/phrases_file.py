"""The shape of what people type and where it leads: flows/phrases/<language>.yaml."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictBool, StrictInt, StringConstraints

from bot.content.ids import Id, Target, Words
from bot.content.schema import Model, Risk


class WrittenAbout(Model):
    """Whom a message is about, and the intent that answers it then."""

    friend: Id | None = None
    child: Id | None = None
    other: Id | None = None

    @property
    def by_name(self) -> dict[str, str | None]:
        """All of them under their names."""
        return {"friend": self.friend, "child": self.child, "other": self.other}


class WrittenIntent(Model):
    """What a message can be about: where it leads, and the words that show it."""

    go: Target
    risk: Risk = Risk.NONE
    label: Id | None = None
    priority: StrictInt = Field(default=0, ge=0, le=9)
    whole: StrictBool = False
    faint: StrictBool = False
    aside: StrictBool = False
    denied: Id | None = None
    past: Id | None = None
    about: WrittenAbout = Field(default_factory=WrittenAbout)
    phrases: tuple[Words, ...] = Field(min_length=1)


class WrittenSigns(Model):
    """Words that say whom something is about, when it was, and whether it is so."""

    child: tuple[Words, ...] = ()
    friend: tuple[Words, ...] = ()
    past: tuple[Words, ...] = ()
    later: tuple[Words, ...] = ()
    denial: tuple[Words, ...] = ()
    between: tuple[Words, ...] = ()
    me: tuple[Words, ...] = ()
    they: tuple[Words, ...] = ()
    supposing: tuple[Words, ...] = ()

    @property
    def by_name(self) -> dict[str, tuple[str, ...]]:
        """All of them under their names."""
        return {name: getattr(self, name) for name in type(self).model_fields}


class PhrasesFile(Model):
    """flows/phrases/<language>.yaml."""

    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    groups: dict[Id, Words] = Field(default_factory=dict)
    spellings: dict[str, Words] = Field(default_factory=dict)
    misspellings: dict[str, Words] = Field(default_factory=dict)
    families: dict[Id, Words] = Field(default_factory=dict)
    loosely: Words | None = None
    never: Words | None = None
    words: Words | None = None
    asides: tuple[Words, ...] = ()
    signs: WrittenSigns = Field(default_factory=WrittenSigns)
    harmless: tuple[Words, ...] = ()
    points: dict[Id, dict[int, Words]] = Field(default_factory=dict)
    intents: dict[Id, WrittenIntent]
