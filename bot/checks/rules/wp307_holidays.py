"""WP307: the table of public holidays is whole for the year to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.service_facts import today
from bot.checks.subject import Subject
from bot.content.model import NATION, OUTSIDE

_FEWEST: Final = {"scotland": 9, "northern_ireland": 10}
_FEWEST_ELSEWHERE: Final = 8
"""How many weekdays a year are public holidays; one that falls on a weekend has a substitute."""
_SATURDAY: Final = 5


def look(subject: Subject) -> Iterator[Violation]:
    """The years that the table says it is whole for, and whether each nation's days are there."""
    content = subject.content
    day = today(subject)
    first, last = content.holiday_years
    for year in range(day.year, max(day.year + 1, last) + 1):
        if not first <= year <= last:
            message = f"the public holidays of {year} are missing; the table is whole for {first} to {last}"
            yield Violation(content.holidays_place, message)
            continue
        for nation in (value.id for value in content.answers[NATION].values if value.id != OUTSIDE):
            days = [day for day in content.holidays.get(nation, ()) if day.year == year and day.weekday() < _SATURDAY]
            fewest = _FEWEST.get(nation, _FEWEST_ELSEWHERE)
            if len(days) < fewest:
                message = (
                    f"`{nation}` has {len(days)} public holidays on weekdays in {year}; there are {fewest} or more"
                )
                yield Violation(content.holidays_place, message)
            if missing := [day for day in _known(year) if day not in content.holidays.get(nation, ())]:
                message = f"`{nation}` lacks {', '.join(f'{day.day} {day:%B %Y}' for day in missing)}"
                yield Violation(content.holidays_place, message)


def _known(year: int) -> Iterator[date]:
    """Those that are the same day everywhere, as long as they fall on weekdays: most else moves, or is moved."""
    for day in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        if day.weekday() < _SATURDAY:
            yield day


RULE = Rule(
    code="WP307",
    severity=Severity.ERROR,
    title="The public holidays of this year and the next are known",
    why="On a day missing from the table, a helpline that keeps public holidays would be shown as open while nobody "
    "is there.",
    fix="Add the days from the source named in flows/shared/bank_holidays.yaml, then raise `years: to:`.",
    part=Part.CONTENT,
    look=look,
    breaks={"flows/shared/bank_holidays.yaml": ("years: {from: 2025, to: 2029}", "years: {from: 2025, to: 2026}")},
    mends={"flows/shared/bank_holidays.yaml": ("years: {from: 2025, to: 2029}", "years: {from: 2026, to: 2027}")},
    ageing=True,
)
