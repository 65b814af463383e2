"""What a rule found, where, and how a person would come to meet it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.content.errors import Place


class Severity(StrEnum):
    """An error keeps content from going live; a warning is for its editors."""

    ERROR = "error"
    WARNING = "warning"


class WayIn(str):
    """A part of a way that is no button's label: `menu`, `link suicide`, `typed "…"`, `taken for …`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Situation:
    """The presses from the beginning, who the person said they are, and the moment it happens (None: any).

    ``presses`` begins with how they came in, a `WayIn`; words may be typed further on as well. The labels are those of
    the default language, whatever the ``language`` is that the person reads (empty: the default one).
    """

    presses: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    moment: datetime | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One violation of one rule. ``about`` names the flow, step (``flow.step``) or service it may be accepted at.

    ``more`` counts others of the same rule at the same place, of which this one has the shortest way.
    """

    code: str
    severity: Severity
    place: Place
    message: str
    hint: str = ""
    about: str = ""
    situation: Situation | None = None
    more: int = 0
