"""Open or closed, every quarter of an hour of two years in four nations, against hours stated a second time by hand.

Nothing here reads the expressions: each stands beside the same hours in plain Python. Holidays come from the
`holidays` package for the reference, and from flows/shared/bank_holidays.yaml for what is tested.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from bot.dialogue.opening_hours import OpeningHours
from tests.tools.make_bank_holidays import SUBDIVISIONS, nation_holidays

LONDON = ZoneInfo("Europe/London")
TABLE = Path(__file__).parents[2] / "flows" / "shared" / "bank_holidays.yaml"
FIRST_DAY = date(2026, 1, 1)
DAYS = (date(2028, 1, 1) - FIRST_DAY).days
QUARTERS_A_DAY = 96

Shifts = list[tuple[float, float]] | None
"""Hours that begin on a day, from and to in hours since its midnight; None: shut from midnight to midnight."""


def every_day(*shifts: tuple[float, float]) -> Callable[[date, bool], Shifts]:
    return lambda day, holiday: list(shifts)  # noqa: ARG005 - the same on every day


def day_and_night_but_holidays(day: date, holiday: bool) -> Shifts:
    return None if holiday else [(0, 24)]


def office(day: date, holiday: bool) -> Shifts:
    if holiday:
        return None
    return [(9, 17)] if day.weekday() < 5 else []


def long_days(day: date, holiday: bool) -> Shifts:
    if holiday:
        return None
    if day.weekday() < 4:
        return [(9, 21)]
    return [(9, 17)] if day.weekday() == 4 else []


def nights_and_weekends(day: date, holiday: bool) -> Shifts:
    shifts: list[Shifts] = [[(18, 26), (0, 6)], [(18, 26)], [(18, 26)], [(18, 26)], [(18, 24)], [(0, 24)], [(0, 24)]]
    return shifts[day.weekday()]


def outside_office_hours(day: date, holiday: bool) -> Shifts:
    return [(0, 24)] if holiday or day.weekday() >= 5 else [(0, 9), (17, 24)]


def weekdays_off_by_name(day: date, holiday: bool) -> Shifts:
    if holiday or day.weekday() >= 5:
        return None
    return [(10, 18)] if day.weekday() == 4 else [(10, 21)]


def half_hours(day: date, holiday: bool) -> Shifts:
    if day.weekday() in {1, 2}:
        return [(9.5, 18)]
    return [(9.5, 16)] if day.weekday() < 5 else []


def holidays_like_weekdays(day: date, holiday: bool) -> Shifts:
    if day.weekday() == 5:
        return [(10, 12)]
    return [(9, 17)] if holiday or day.weekday() < 5 else []


def shorter_on_holidays(day: date, holiday: bool) -> Shifts:
    if holiday:
        return [(10, 16)]
    return [(8, 20)] if day.weekday() < 5 else []


def nights_but_holidays(day: date, holiday: bool) -> Shifts:
    return None if holiday else [(18, 26)]


def late_weekends(day: date, holiday: bool) -> Shifts:
    if holiday:
        return [(20, 25)]
    return [(22, 30)] if day.weekday() in {4, 5, 6, 0} else []


def around_the_clock_changes(day: date, holiday: bool) -> Shifts:
    return [(0.5, 1.5), (1.75, 3.75)] if day.weekday() == 6 else []


def christmas_break(day: date, holiday: bool) -> Shifts:
    if holiday or (day.month, day.day) >= (12, 27) or (day.month, day.day) <= (1, 2):
        return None
    if (day.month, day.day) == (12, 24):
        return [(9, 12)]
    return [(9, 17)] if day.weekday() < 5 else []


CASES: dict[str, Callable[[date, bool], Shifts]] = {
    "24/7": every_day((0, 24)),
    "24/7; PH off": day_and_night_but_holidays,
    "Mo-Su 17:00-24:00": every_day((17, 24)),
    "Mo-Su 10:00-22:00": every_day((10, 22)),
    "Mo-Fr 09:00-17:00; PH off": office,
    "Mo-Th 09:00-21:00; Fr 09:00-17:00; PH off": long_days,
    "Mo-Th 18:00-02:00; Fr 18:00-24:00; Sa-Su 00:00-24:00, Mo 00:00-06:00": nights_and_weekends,
    "Mo-Fr 00:00-09:00,17:00-24:00; Sa-Su 00:00-24:00; PH 00:00-24:00": outside_office_hours,
    "Mo-Th 10:00-21:00; Fr 10:00-18:00; Sa,Su off; PH off": weekdays_off_by_name,
    "Mo,Th,Fr 09:30-16:00; Tu,We 09:30-18:00": half_hours,
    "Mo-Fr,PH 09:00-17:00; Sa 10:00-12:00": holidays_like_weekdays,
    "Mo-Fr 08:00-20:00; PH 10:00-16:00": shorter_on_holidays,
    "Mo-Su 18:00-02:00; PH off": nights_but_holidays,
    "Fr-Mo 22:00-06:00; PH 20:00-01:00": late_weekends,
    "Su 00:30-01:30,01:45-03:45": around_the_clock_changes,
    "Mo-Fr 09:00-17:00; Dec 24 09:00-12:00; Dec 27-Jan 2 off; PH off": christmas_break,
}


def reference(hours: Callable[[date, bool], Shifts], holidays: set[date]) -> list[bool]:
    """Open or closed in each quarter of an hour of the wall clock, from the midnight of `FIRST_DAY`."""
    quarters = [False] * (DAYS * QUARTERS_A_DAY)
    for number in range(-1, DAYS):
        day = FIRST_DAY + timedelta(days=number)
        shut_tomorrow = hours(day + timedelta(days=1), day + timedelta(days=1) in holidays) is None
        for start, end in hours(day, day in holidays) or []:
            for quarter in range(round(start * 4), round(end * 4)):
                place = number * QUARTERS_A_DAY + quarter
                if 0 <= place < len(quarters) and not (quarter >= QUARTERS_A_DAY and shut_tomorrow):
                    quarters[place] = True
    return quarters


@pytest.fixture(scope="module")
def moments() -> list[datetime]:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    return [start + timedelta(minutes=15 * number) for number in range(DAYS * QUARTERS_A_DAY)]


@pytest.fixture(scope="module")
def walls(moments: list[datetime]) -> list[int]:
    """For each moment, the latest quarter that the wall clock has shown: a repeated hour tells nothing new."""
    latest, seen = 0, []
    for moment in moments:
        local = moment.astimezone(LONDON)
        quarter = (local.date() - FIRST_DAY).days * QUARTERS_A_DAY + local.hour * 4 + local.minute // 15
        latest = max(latest, quarter)
        seen.append(latest)
    return seen


@pytest.fixture(scope="module")
def table() -> dict[str, set[date]]:
    nations = yaml.safe_load(TABLE.read_text(encoding="utf-8"))["nations"]
    return {nation: {entry["date"] for entry in days} for nation, days in nations.items()}


@pytest.mark.parametrize("nation", SUBDIVISIONS)
@pytest.mark.parametrize("expression", CASES)
def test_every_quarter_of_an_hour_of_two_years(
    expression: str, nation: str, moments: list[datetime], walls: list[int], table: dict[str, set[date]]
) -> None:
    expected = reference(CASES[expression], set(nation_holidays(nation)))
    at = OpeningHours(expression, LONDON, table[nation]).at
    differences = [
        f"{moment.astimezone(LONDON):%a %d %b %Y %H:%M %Z}"
        for moment, wall in zip(moments, walls, strict=True)
        if at(moment).is_open is not expected[wall]
    ]
    assert differences == []
