"""A property of all content, in one file each under `bot.checks.rules`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.checks.finding import Finding, Severity, Situation
from bot.content.errors import Place

if TYPE_CHECKING:
    from bot.checks.subject import Subject


class Part(StrEnum):
    """What a rule needs, so that a quick check can leave out the slow parts."""

    CONTENT = "content"
    """Files and texts alone."""
    SCREENS = "screens"
    """Every screen that can be reached, at one moment."""
    TIME = "time"
    """Every moment that matters within the next thirteen months."""


Edits = Mapping[str, tuple[str, str] | str]
"""File of the small example content → a passage and what replaces it, or a whole new text."""


@dataclass(frozen=True, slots=True)
class Violation:
    """What a rule's function yields; the rule adds its code and severity."""

    place: Place
    message: str
    about: str = ""
    situation: Situation | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One property. ``breaks`` is an edit of the example content that violates it, ``mends`` one that does not.

    ``code`` is stable for ever: reports, acceptances and other people's scripts name it.
    """

    code: str
    severity: Severity
    title: str
    why: str
    fix: str
    part: Part
    look: Callable[[Subject], Iterable[Violation]] = field(repr=False)
    breaks: Edits = field(repr=False)
    mends: Edits = field(repr=False)
    silenceable: bool = True
    refused: bool = False
    """Whether loading itself refuses what ``breaks`` it, so that such content is never even explored."""
    ageing: bool = False
    """Whether time alone can break it: such findings never keep content that is being served from being served."""

    def findings(self, subject: Subject) -> Iterator[Finding]:
        """Everything that violates it."""
        for violation in self.look(subject):
            yield Finding(
                self.code,
                self.severity,
                violation.place,
                violation.message,
                violation.hint or self.fix,
                violation.about,
                violation.situation,
            )
