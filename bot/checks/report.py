"""What a check found out: the findings, what was silenced, and how far the look went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from bot.checks.finding import Finding, Severity
from bot.checks.origin import Pack
from bot.checks.properties import Property
from bot.checks.sent.landing import Landings
from bot.content.model import Acceptance


class Outcome(StrEnum):
    """What became of one property."""

    HOLDS = "holds"
    WARNED = "warnings"
    BROKEN = "broken"
    SKIPPED = "not looked at"
    FAILED = "could not be looked at"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One property's outcome. ``findings`` and ``silenced`` count single violations; ``seconds`` is its own time."""

    property: Property
    outcome: Outcome
    findings: int = 0
    silenced: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Silenced:
    """A finding that an author took as it is."""

    finding: Finding
    acceptance: Acceptance


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule that broke down, which is Waypost's own fault. ``what`` is ``exploration`` or a rule's code."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there was to look at. ``places`` are screens told apart by every answer given on the way there."""

    flows: int
    steps: int
    services: int
    screens: int = 0
    places: int = 0
    moments: int = 0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A language, by its code and as English calls it, and how many different screens were drawn in it.

    ``everything``: all that can be reached; otherwise only what is translated. ``offered``: people can read all of it.
    ``cards`` are the emergency cards of whoever cannot.
    """

    language: str
    name: str
    everything: bool
    offered: bool
    screens: int
    cards: int


@dataclass(frozen=True, slots=True)
class FactAge:
    """A number, an address or opening hours as people are told them, and when somebody last held them against
    their ``source``; ``days`` ago at the moment of the check."""

    service: str
    name: str
    kind: str
    told: str
    source: str
    assured: date
    days: int


@dataclass(frozen=True, slots=True)
class Report:
    """The whole of it. ``fingerprint`` is empty and ``counts`` None where the content did not load.

    ``fit`` says whether the content may go live: no error but such as time alone brings. ``labels`` turns a
    `Situation`'s answers into words. ``skipped`` says in sentences what was left out. ``languages`` are those whose
    screens were drawn, the default one first.
    """

    version: str
    now: datetime
    fingerprint: str
    counts: Counts | None
    findings: tuple[Finding, ...]
    silenced: tuple[Silenced, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    failures: tuple[Failure, ...] = ()
    skipped: tuple[str, ...] = ()
    fit: bool = False
    facts: tuple[FactAge, ...] = ()
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    landings: Landings | None = None
    seconds: float = 0.0
    packs: tuple[Pack, ...] = ()
    languages: tuple[Drawn, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What keeps the content from going live."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What editors should look at."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.WARNING)

    @property
    def whole(self) -> bool:
        """Whether everything was looked at."""
        return not self.skipped and not self.failures and self.counts is not None
