"""How opening hours read."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.dialogue.availability import MONTH_TEXTS, TEXTS, WEEKDAY_TEXTS, describe, is_soon
from bot.dialogue.opening_hours import Opening, OpeningHours

LONDON = ZoneInfo("Europe/London")

ENGLISH = {
    "open_day_and_night": "Open day and night",
    "open_now": "Open now",
    "open_until": "Open now until {time}",
    "open_until_midnight": "Open now until midnight",
    "open_until_midnight_tomorrow": "Open now until midnight tomorrow",
    "open_until_midnight_day": "Open now until midnight on {day}",
    "open_until_midnight_date": "Open now until midnight on {date}",
    "open_until_tomorrow": "Open now until {time} tomorrow",
    "open_until_day": "Open now until {day} {time}",
    "open_until_date": "Open now until {date} {time}",
    "opens_at_midnight": "Opens at midnight",
    "opens_today": "Opens today {time}",
    "opens_tomorrow": "Opens tomorrow {time}",
    "opens_day": "Opens {day} {time}",
    "opens_date": "Opens {date} {time}",
    "times_unknown": "Check their page for times",
    "full_date": "{weekday} {day_of_month} {month}",
    **{key: key.removeprefix("weekday_").capitalize() for key in WEEKDAY_TEXTS},
    **{key: key.removeprefix("month_").capitalize() for key in MONTH_TEXTS},
}


def says(expression: str, now: str) -> str:
    service = OpeningHours(expression, LONDON, ())
    moment = datetime.fromisoformat(now).replace(tzinfo=LONDON)
    return describe(service.at(moment), service.always, moment, ENGLISH)


@pytest.mark.parametrize(
    ("expression", "now", "words"),
    [
        ("24/7", "2026-11-23T12:00", "Open day and night"),
        ("24/7; 2027 Dec 25 off", "2026-11-23T12:00", "Open now"),
        ("Mo-Fr 09:00-18:00", "2026-11-23T12:00", "Open now until 18:00"),
        ("Mo-Su 08:00-24:00", "2026-11-23T12:00", "Open now until midnight"),
        ("Mo-Fr 18:00-02:00", "2026-11-23T22:00", "Open now until 02:00"),
        ("Mo-Fr 18:00-02:00", "2026-11-24T01:00", "Open now until 02:00"),
        ("Mo 07:00-24:00; Tu 00:00-06:00", "2026-11-23T17:00", "Open now until 06:00 tomorrow"),
        ("Sa-Su 00:00-24:00", "2026-11-21T12:00", "Open now until midnight tomorrow"),
        ("Fr-Su 00:00-24:00", "2026-11-20T12:00", "Open now until midnight on Sunday"),
        ("24/7; 2026 Dec 2 off", "2026-11-23T12:00", "Open now until midnight on Tuesday 1 December"),
        ("Sa-Su 00:00-24:00; Mo 00:00-06:00", "2026-11-21T12:00", "Open now until Monday 06:00"),
        ("24/7; 2026 Dec 2 00:00-06:00", "2026-11-23T12:00", "Open now until Wednesday 2 December 06:00"),
        ("Mo-Fr 18:00-22:00", "2026-11-23T12:00", "Opens today 18:00"),
        ("Mo-Fr 10:00-18:00", "2026-11-23T20:00", "Opens tomorrow 10:00"),
        ("Mo-Fr 00:00-06:00", "2026-11-23T20:00", "Opens at midnight"),
        ("Mo-Fr 10:00-18:00", "2026-11-21T12:00", "Opens Monday 10:00"),
        ("Mo 10:00-18:00", "2026-11-24T12:00", "Opens Monday 10:00"),
        ("Mo 10:00-18:00", "2026-11-23T20:00", "Opens Monday 30 November 10:00"),
        ("Mo 10:00-18:00; 2026 Dec 24-2027 Jan 3 off", "2026-12-22T09:00", "Opens Monday 4 January 10:00"),
        ("Mo 10:00-18:00; 2026 Nov 24-2027 Jan 3 off", "2026-11-24T09:00", "Check their page for times"),
    ],
)
def test_words(expression: str, now: str, words: str) -> None:
    assert says(expression, now) == words


def test_days_are_counted_in_the_zone_of_the_service() -> None:
    service = OpeningHours("Mo-Fr 09:00-17:00", ZoneInfo("Australia/Sydney"), ())
    sunday_evening_in_london = datetime(2026, 11, 22, 21, 30, tzinfo=UTC)
    assert (
        describe(service.at(sunday_evening_in_london), False, sunday_evening_in_london, ENGLISH) == "Opens today 09:00"
    )


def test_every_text_is_declared_with_its_placeholders() -> None:
    assert set(ENGLISH) == set(TEXTS)
    for key, placeholders in TEXTS.items():
        assert all(f"{{{name}}}" in ENGLISH[key] for name in placeholders)
        assert ENGLISH[key].count("{") == len(placeholders)


def test_a_stray_brace_in_a_translation_breaks_nothing() -> None:
    now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    opening = OpeningHours("Mo-Fr 09:00-18:00", LONDON, ()).at(now)
    assert (
        describe(opening, False, now, ENGLISH | {"open_until": "Open {0} until {time} {"}) == "Open {0} until 18:00 {"
    )


@pytest.mark.parametrize(
    ("now", "soon"),
    [
        ("2026-11-23T07:59", False),
        ("2026-11-23T08:00", True),
        ("2026-11-23T08:59", True),
        ("2026-11-23T09:00", False),
        ("2026-11-23T17:00", False),
    ],
)
def test_soon_is_closed_and_opening_within_the_hour(now: str, soon: bool) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=LONDON)
    assert is_soon(OpeningHours("Mo-Fr 09:00-17:00", LONDON, ()).at(moment), moment) is soon


def test_soon_counts_real_minutes_when_the_clocks_go_back() -> None:
    two_hours_before = datetime(2026, 10, 25, 1, 0, tzinfo=LONDON)
    assert not is_soon(OpeningHours("Su 02:00-06:00", LONDON, ()).at(two_hours_before), two_hours_before)


def test_unknown_times_are_not_soon() -> None:
    assert not is_soon(Opening(False, None, None), datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
