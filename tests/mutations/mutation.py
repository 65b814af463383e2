"""What a mutation is: a change of the shipped content, and the finding that has to tell its author of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Look(StrEnum):
    """How much has to be looked at to find it."""

    RULE = "its own rule"
    """Nothing but the rule concerned, with each answer tried at each step (or with files and texts alone)."""
    JOINT = "its own rule, with other mutations in one copy"
    """As `RULE`; they do not touch each other, and one exploration serves them all."""
    WHOLE = "the whole quick check"
    """Every rule that needs no coming months, so that nothing of it may break down on such content."""
    ANSWERS = "its own rule, with every combination of answers"
    """For the rules that tell that somebody never comes. In one copy as well."""


@dataclass(frozen=True, slots=True)
class Change:
    """``old`` becomes ``new`` where it stands first ``after`` a passage, or ``everywhere``.

    ``file`` may be a pattern: then it is the first file that holds the passage. Without ``old`` the file is written
    anew; without ``new`` it is taken away.
    """

    file: str
    old: str | None
    new: str | None
    after: str = ""
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Mutation:
    """One way to break the content.

    ``at`` is the passage of the broken content on whose line the finding stands: in ``file`` (that of the first change
    if it is left out), each of the passages looked for after the one before; by default the new words themselves. None
    means the file as a whole. ``moment`` is another now than that of the tests. ``sent`` holds the content against the
    buttons that the shipped one has put into people's chats.
    """

    name: str
    code: str
    changes: tuple[Change, ...]
    at: tuple[str, ...] | None = ()
    file: str = ""
    look: Look = Look.RULE
    moment: datetime | None = None
    sent: bool = False


def edit(file: str, old: str, new: str, after: str = "") -> Change:
    """Change the first such passage."""
    return Change(file, old, new, after)


def everywhere(file: str, old: str, new: str) -> Change:
    """Change each such passage."""
    return Change(file, old, new, everywhere=True)


def write(file: str, text: str) -> Change:
    """Write a whole file."""
    return Change(file, None, text)


def remove(file: str) -> Change:
    """Take a file away."""
    return Change(file, None, None)
