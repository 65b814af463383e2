"""Whole weeks, Monday to Sunday in UTC, and the periods that reports are made of.

Periods lie on one grid that begins on the same Monday for everybody. Two reports therefore never overlap by part of a
period, and no figure can be had by taking one from the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

WEEK: Final = timedelta(days=7)
FIRST_MONDAY: Final = date(2024, 1, 1)
"""Where all periods are counted from."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Whole weeks from ``first``, a Monday, to ``last``, a Sunday."""

    first: date
    last: date

    @property
    def weeks(self) -> tuple[date, ...]:
        """The Mondays of its weeks."""
        return tuple(self.first + WEEK * n for n in range(((self.last - self.first).days + 1) // 7))


def monday_of(moment: datetime | date) -> date:
    """The Monday that the week of ``moment`` begins with. A datetime must be in UTC."""
    day = moment.date() if isinstance(moment, datetime) else moment
    return day - timedelta(days=day.weekday())


def periods(first: date, last: date, weeks: int, today: date) -> tuple[Period, ...]:
    """The periods of so many ``weeks`` that lie wholly from ``first`` to ``last`` and are over on ``today`` (UTC)."""
    length = WEEK * weeks
    start = FIRST_MONDAY + length * ((first - FIRST_MONDAY) // length)
    if start < first:
        start += length
    found = []
    while start + length - timedelta(days=1) <= min(last, today - timedelta(days=1)):
        found.append(Period(start, start + length - timedelta(days=1)))
        start += length
    return tuple(found)
