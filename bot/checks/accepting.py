"""Findings held against the acceptances written in the content: which are silenced, and which acceptances are idle."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.checks.finding import Finding
from bot.checks.properties import ACCEPTABLE, ACCEPTANCES_COUNT, ACCEPTED_FOR_A_YEAR, OwnProperty, Property
from bot.checks.report import Silenced
from bot.content.model import Acceptance

LONGEST: Final = timedelta(days=366)
"""How far ahead an acceptance may reach."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """The findings after acceptance. ``lapsed`` are those of ``open`` that only an expired acceptance let through."""

    open: tuple[Finding, ...]
    silenced: tuple[Silenced, ...]
    lapsed: frozenset[Finding]


def sort_out(
    findings: Sequence[Finding],
    acceptances: Sequence[Acceptance],
    properties: Mapping[str, Property],
    today: date,
    judged: Collection[str],
) -> Sorted:
    """Silence what is accepted ``today``, and add findings about the acceptances themselves.

    An acceptance counts for one code at exactly the flow, step or service it is written on. It is idle if its code
    was ``judged`` in full and has no finding there.
    """
    counting = {
        (acceptance.code, acceptance.about): acceptance
        for acceptance in sorted(acceptances, key=lambda acceptance: acceptance.until)
        if acceptance.code in properties and properties[acceptance.code].silenceable
    }
    open_: list[Finding] = []
    silenced: list[Silenced] = []
    lapsed: set[Finding] = set()
    used: set[Acceptance] = set()
    for finding in findings:
        acceptance = counting.get((finding.code, finding.about))
        if acceptance is None or acceptance.until > today + LONGEST:
            open_.append(finding)
        elif acceptance.until < today:
            open_.append(finding)
            lapsed.add(finding)
        else:
            used.add(acceptance)
            silenced.append(Silenced(finding, acceptance))
    for acceptance in acceptances:
        open_.extend(_complaints(acceptance, properties.get(acceptance.code), today, judged, acceptance in used))
    return Sorted(tuple(open_), tuple(silenced), frozenset(lapsed))


def _complaints(
    acceptance: Acceptance, found: Property | None, today: date, judged: Collection[str], used: bool
) -> Iterator[Finding]:
    code = acceptance.code
    if found is None:
        yield _finding(ACCEPTANCES_COUNT, acceptance, f"there is no rule {code}, so this accepts nothing")
    elif not found.silenceable:
        yield _finding(ACCEPTABLE, acceptance, f'{code}, "{found.title}", can never be accepted')
    elif acceptance.until > today + LONGEST:
        message = f"this accepts {code} until {acceptance.until}, more than a year ahead, and so does not count"
        yield _finding(ACCEPTED_FOR_A_YEAR, acceptance, message)
    elif acceptance.until < today:
        last = f"{acceptance.until.day} {acceptance.until:%B %Y}"
        yield _finding(ACCEPTANCES_COUNT, acceptance, f"the acceptance of {code} ended on {last}")
    elif code in judged and not used:
        message = f"{code} finds nothing at `{acceptance.about}`, so this accepts nothing"
        yield _finding(ACCEPTANCES_COUNT, acceptance, message)


def _finding(about: OwnProperty, acceptance: Acceptance, message: str) -> Finding:
    return Finding(about.code, about.severity, acceptance.place, message, about.fix, acceptance.about)
