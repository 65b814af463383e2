"""All rules on one content, and everything they find in one report."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from bot import __version__
from bot.checks.accepting import Sorted, sort_out
from bot.checks.fact_ages import fact_ages
from bot.checks.finding import Finding, Severity
from bot.checks.properties import (
    ACCEPTABLE,
    ACCEPTANCES_COUNT,
    ACCEPTED_FOR_A_YEAR,
    BUTTONS_KEEP_THEIR_MEANING,
    LOADS,
    NOTHING_LIGHTER_UNSEEN,
    all_properties,
)
from bot.checks.report import Counts, Drawn, Failure, Outcome, Report, Silenced, Verdict
from bot.checks.rule import Part, Rule
from bot.checks.rules import all_rules
from bot.checks.sent.landing import Landings, press_all
from bot.checks.sent.memory import Memory
from bot.checks.subject import Limits, Subject
from bot.checks.together import put_together
from bot.content.collecting import collecting_later
from bot.content.errors import ContentError
from bot.content.model import Content
from bot.dialogue.engine import Engine
from bot.dialogue.opening import open_engine

ALL_PARTS: Final = tuple(Part)
UNITED_KINGDOM: Final = ZoneInfo("Europe/London")

_ABOUT_ACCEPTANCES: Final = (ACCEPTANCES_COUNT, ACCEPTABLE, ACCEPTED_FOR_A_YEAR)


def run_checks(
    source: Engine | Sequence[str],
    now: datetime,
    parts: Collection[Part] = ALL_PARTS,
    limits: Limits | None = None,
    progress: Callable[[str], None] = lambda _: None,
    *,
    quick: bool = False,
    only: Collection[str] = (),
    against: Memory | None = None,
) -> Report:
    """Check ``source``, an engine or the packs to make one of, as at ``now``.

    ``parts`` limits the rules to those that need no more than these, ``only`` to these codes (empty: all). ``quick``
    explores fewer combinations of answers. ``against`` is older content whose buttons are pressed as well. What is
    left out stands in the report. Never raises for anything wrong with the content.
    """
    began = perf_counter()
    try:
        engine = source if isinstance(source, Engine) else open_engine(source)
    except ContentError as error:
        return unloadable(error, now)
    with collecting_later():
        return _Run(engine, now, parts, limits or Limits(), progress, quick, frozenset(only), against).report(began)


def unloadable(error: ContentError, now: datetime) -> Report:
    """The report on content that does not load."""
    findings = tuple(
        Finding(LOADS.code, LOADS.severity, problem.place, problem.message, problem.hint or LOADS.fix)
        for problem in error.problems
    )
    verdicts = tuple(
        Verdict(found, Outcome.BROKEN, len(findings)) if found is LOADS else Verdict(found, Outcome.SKIPPED)
        for found in all_properties()
    )
    skipped = ("Nothing but loading was looked at, because the content does not load.",)
    return Report(__version__, now, "", None, findings, verdicts=verdicts, skipped=skipped)


@dataclass
class _Run:
    engine: Engine
    now: datetime
    parts: Collection[Part]
    limits: Limits
    progress: Callable[[str], None]
    quick: bool
    only: frozenset[str]
    against: Memory | None

    def __post_init__(self) -> None:
        self.subject = Subject(self.engine, self.now, self.limits, self.progress, self.quick)
        self.seconds: dict[str, float] = {}
        self.failures: list[Failure] = []

    def report(self, began: float) -> Report:
        """Look at everything that was asked for."""
        rules = [rule for rule in all_rules() if self._wanted(rule)]
        found = [finding for rule in self._able(rules) for finding in self._findings(rule)]
        landings = self._landings()
        found.extend(landings.findings if landings else ())
        judged = self.seconds.keys() - {rule.code for rule in rules if self.quick and rule.part is not Part.CONTENT}
        today = self.now.astimezone(UNITED_KINGDOM).date()
        content = self.engine.content
        properties = {found.code: found for found in all_properties()}
        acceptances = [one for one in content.acceptances if not one.language or content.translations or not self.quick]
        sorted_ = sort_out(found, acceptances, properties, today, judged)
        ageing = frozenset(rule.code for rule in rules if rule.ageing)
        wanted = [finding for finding in sorted_.open if not self.only or finding.code in self.only]
        return Report(
            version=__version__,
            now=self.now,
            fingerprint=content.fingerprint,
            counts=self._counts(),
            findings=put_together(wanted),
            silenced=_together(sorted_.silenced),
            verdicts=tuple(self._verdicts(wanted, sorted_.silenced)),
            failures=tuple(self.failures),
            skipped=tuple(self._skipped()),
            fit=not self.failures and not any(_stops(finding, sorted_, ageing) for finding in wanted),
            facts=tuple(fact_ages(content, today)),
            labels=_labels(content),
            landings=landings,
            seconds=perf_counter() - began,
            languages=tuple(self._languages()),
        )

    def _wanted(self, rule: Rule) -> bool:
        return rule.part in self.parts and (not self.only or rule.code in self.only)

    def _able(self, rules: Sequence[Rule]) -> Sequence[Rule]:
        """The rules that have what they need: without screens, only those that need none."""
        if all(rule.part is Part.CONTENT for rule in rules):
            return rules
        self.progress("Exploring every screen")
        try:
            _ = self.subject.exploration
        except Exception as error:  # whatever the engine cannot draw, the rules for texts alone still say why
            self.failures.append(Failure("exploration", _told(error)))
            return [rule for rule in rules if rule.part is Part.CONTENT]
        return rules

    def _findings(self, rule: Rule) -> Iterator[Finding]:
        self.progress(f"{rule.code} {rule.title}")
        began = perf_counter()
        try:
            yield from rule.findings(self.subject)
        except Exception as error:  # one broken rule must not hide what the others find
            self.failures.append(Failure(rule.code, _told(error)))
        else:
            self.seconds[rule.code] = perf_counter() - began

    def _landings(self) -> Landings | None:
        codes = (BUTTONS_KEEP_THEIR_MEANING.code, NOTHING_LIGHTER_UNSEEN.code)
        if self.against is None or (self.only and self.only.isdisjoint(codes)):
            return None
        began = perf_counter()
        try:
            landings = press_all(self.against, self.engine, self.now, self.progress)
        except Exception as error:  # as for any rule
            self.failures.extend(Failure(code, _told(error)) for code in codes)
            return None
        self.seconds |= dict.fromkeys(codes, perf_counter() - began)
        return landings

    def _counts(self) -> Counts:
        content = self.engine.content
        made = self.subject.__dict__  # what no rule asked for has not been made, and must not be for a count
        exploration = made.get("exploration")
        return Counts(
            len(content.flows),
            len(content.steps),
            len(content.services),
            len(exploration.sightings) if exploration else 0,
            len(exploration.places) if exploration else 0,
            len(self.subject.calendar.moments) if "calendar" in made else 0,
        )

    def _languages(self) -> Iterator[Drawn]:
        for spoken in self.subject.__dict__.get("spoken", ()):  # as for the counts
            screens, cards = len(spoken.screens), len(spoken.cards)
            yield Drawn(spoken.language, spoken.name, spoken.everything, spoken.offered, screens, cards)

    def _verdicts(self, findings: Sequence[Finding], silenced: Sequence[Silenced]) -> Iterator[Verdict]:
        broken = {failure.what for failure in self.failures}
        always = {LOADS.code, *(found.code for found in _ABOUT_ACCEPTANCES if not self.only or found.code in self.only)}
        for found in all_properties():
            count = sum(finding.code == found.code for finding in findings)
            quiet = sum(item.finding.code == found.code for item in silenced)
            if found.code in broken:
                outcome = Outcome.FAILED
            elif count:
                outcome = Outcome.BROKEN if found.severity is Severity.ERROR else Outcome.WARNED
            else:
                outcome = Outcome.HOLDS if found.code in self.seconds or found.code in always else Outcome.SKIPPED
            yield Verdict(found, outcome, count, quiet, self.seconds.get(found.code, 0.0))

    def _skipped(self) -> Iterator[str]:
        if self.only:
            yield f"Nothing but this was looked at: {', '.join(sorted(self.only))}."
        if Part.TIME not in self.parts:
            yield "Time was left out: opening hours, holidays and clock changes of the coming months."
        if Part.SCREENS not in self.parts:
            yield "Screens were left out: only files and texts were looked at."
        if self.quick and not self.engine.content.translations:
            yield "Other languages were left out: translations, and what people type."
        elif self.quick:
            yield "Screens were looked at in the default language alone, and of translations nothing but their texts."
        if self.quick:
            yield "Not every combination of answers was tried, only each answer at each step."
            yield "Nothing was typed: whether each phrase leads where it is listed was left out."


def _stops(finding: Finding, sorted_: Sorted, ageing: Collection[str]) -> bool:
    """Whether a finding keeps content from going live: not if time alone brought it."""
    if finding.severity is not Severity.ERROR or finding in sorted_.lapsed:
        return False
    return finding.code not in ageing


def _together(silenced: Sequence[Silenced]) -> tuple[Silenced, ...]:
    acceptances = {(item.finding.code, item.finding.about): item.acceptance for item in silenced}
    findings = put_together(item.finding for item in silenced)
    return tuple(Silenced(finding, acceptances[finding.code, finding.about]) for finding in findings)


def _labels(content: Content) -> Mapping[str, str]:
    """The answers of situations, as `bot.checks.places.described` writes them, in the words of the buttons."""
    return MappingProxyType(
        {f"{answer.id} {value.id}": value.label for answer in content.answers.values() for value in answer.values}
    )


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
