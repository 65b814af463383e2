"""When a service is open, as authors write it and as the clock tells it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.opening_hours import HORIZON, Opening, OpeningHours, OpeningHoursError

LONDON = ZoneInfo("Europe/London")
ENGLAND_2026 = frozenset(
    {
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 4),
        date(2026, 5, 25),
        date(2026, 8, 31),
        date(2026, 12, 25),
        date(2026, 12, 26),
        date(2026, 12, 28),
    }
)
MICROSECOND = timedelta(microseconds=1)


def hours(expression: str, zone: ZoneInfo = LONDON) -> OpeningHours:
    return OpeningHours(expression, zone, ENGLAND_2026)


def london(text: str, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON, fold=fold)


def test_open_tells_when_it_closes() -> None:
    opening = hours("Mo-Fr 09:00-17:00").at(london("2026-11-23T16:59"))
    assert opening == Opening(is_open=True, until=london("2026-11-23T17:00"), opens=None)


def test_the_closing_minute_is_closed() -> None:
    opening = hours("Mo-Fr 09:00-17:00").at(london("2026-11-23T17:00"))
    assert opening == Opening(is_open=False, until=None, opens=london("2026-11-24T09:00"))


def test_the_opening_minute_is_open() -> None:
    assert hours("Mo-Fr 09:00-17:00").at(london("2026-11-23T09:00")).is_open


def test_over_a_weekend_it_opens_on_monday() -> None:
    assert hours("Mo-Fr 09:00-17:00").at(london("2026-11-20T18:00")).opens == london("2026-11-23T09:00")


def test_a_moment_may_come_in_any_zone() -> None:
    service = hours("Mo-Fr 09:00-17:00")
    assert service.at(datetime(2026, 7, 1, 8, 0, tzinfo=UTC)) == service.at(
        datetime(2026, 7, 1, 4, 0, tzinfo=ZoneInfo("America/New_York"))
    )
    until = service.at(datetime(2026, 7, 1, 8, 0, tzinfo=UTC)).until
    assert until is not None
    assert (until.tzinfo, until.hour) == (LONDON, 17)


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 11, 23, 12)  # noqa: DTZ001 - the point of the test
    for expression in ("24/7", "Mo-Fr 09:00-17:00"):
        with pytest.raises(TypeError):
            hours(expression).at(naive)


@pytest.mark.parametrize(
    "expression",
    [
        "24/7",
        "00:00-24:00",
        "Mo-Su 00:00-24:00",
        "Mo-Fr 00:00-24:00; Sa,Su,PH 00:00-24:00",
        "Mo-Su 00:00-12:00,12:00-24:00",
    ],
)
def test_day_and_night_is_known_however_it_is_written(expression: str) -> None:
    service = hours(expression)
    assert service.always
    assert service.at(london("2026-12-25T03:00")) == Opening(True, None, None)
    assert list(service.changes(london("2026-01-01T00:00"), london("2027-01-01T00:00"))) == []


@pytest.mark.parametrize("expression", ["24/7; PH off", "24/7; Dec 25 off", "Mo-Su 00:00-23:59"])
def test_nearly_day_and_night_is_not(expression: str) -> None:
    assert not hours(expression).always


def test_days_that_touch_at_midnight_are_one_stretch() -> None:
    opening = hours("Sa-Su 00:00-24:00").at(london("2026-11-21T10:00"))
    assert opening.until == london("2026-11-23T00:00")


# Public holidays


def test_closed_on_public_holidays() -> None:
    assert hours("Mo-Fr 09:00-17:00; PH off").at(london("2026-04-02T17:00")).opens == london("2026-04-07T09:00")


def test_without_ph_a_public_holiday_is_a_day_like_others() -> None:
    assert hours("Mo-Fr 09:00-17:00").at(london("2026-04-03T10:00")).is_open


def test_other_hours_on_public_holidays() -> None:
    opening = hours("Mo-Fr 09:00-17:00; PH 10:00-16:00").at(london("2026-12-26T12:00"))
    assert opening.until == london("2026-12-26T16:00")


def test_ph_among_weekdays() -> None:
    service = hours("Mo-Fr 09:00-17:00; PH,Sa 10:00-12:00")
    assert service.at(london("2026-12-25T11:00")).until == london("2026-12-25T12:00")
    assert service.at(london("2026-12-19T11:00")).until == london("2026-12-19T12:00")


# Hours past midnight belong to the day on which they begin


def test_the_next_day_having_other_hours_does_not_cut_the_night() -> None:
    service = hours("Mo-Th 18:00-02:00; Fr 18:00-24:00")
    assert service.at(london("2026-11-27T01:00")).until == london("2026-11-27T02:00")


def test_a_holiday_that_is_off_takes_its_own_night_with_it() -> None:
    service = hours("Mo-Fr 18:00-02:00; PH off")
    assert service.at(london("2026-12-25T19:00")).opens == london("2026-12-29T18:00")
    assert not service.at(london("2026-12-26T01:00")).is_open


def test_a_day_that_is_off_is_closed_from_midnight_to_midnight() -> None:
    service = hours("Mo-Fr 18:00-02:00; PH off")
    assert service.at(london("2026-12-24T23:00")).until == london("2026-12-25T00:00")


def test_a_holiday_with_hours_of_its_own_lets_the_night_before_end() -> None:
    service = hours("Mo-Su 18:00-02:00; PH 10:00-12:00")
    assert service.at(london("2026-12-24T23:00")).until == london("2026-12-25T02:00")
    assert service.at(london("2026-12-25T13:00")).opens == london("2026-12-26T10:00")


def test_hours_may_be_written_past_24() -> None:
    assert hours("Fr 18:00-26:00").at(london("2026-11-28T01:00")).until == london("2026-11-28T02:00")


# Dates


@pytest.mark.parametrize(
    ("expression", "closed_until"),
    [
        ("Mo-Su 09:00-17:00; Dec 24 off", "2026-12-25T09:00"),
        ("Mo-Su 09:00-17:00; Dec 24-26,Dec 28 off", "2026-12-27T09:00"),
        ("Mo-Su 09:00-17:00; Dec 24-Jan 2 off", "2027-01-03T09:00"),
        ("Mo-Su 09:00-17:00; 2026 Dec 24-2027 Jan 2 off", "2027-01-03T09:00"),
        ("Mo-Su 09:00-17:00; 2026 Dec 24-25 off", "2026-12-26T09:00"),
        ("Mo-Su 09:00-17:00; Dec 24 09:00-10:00; PH off", "2026-12-27T09:00"),
    ],
)
def test_single_dates(expression: str, closed_until: str) -> None:
    assert hours(expression).at(london("2026-12-24T12:00")).opens == london(closed_until)


def test_a_season() -> None:
    service = hours("Mo-Fr 09:00-17:00; Jul-Aug Mo-Fr 10:00-12:00")
    assert service.at(london("2026-07-01T10:30")).until == london("2026-07-01T12:00")
    assert service.at(london("2026-09-01T10:30")).until == london("2026-09-01T17:00")


# Far away


def test_what_is_more_than_two_weeks_off_is_not_told_until_it_comes_near() -> None:
    service = hours("Mo-Su 09:00-17:00; 2026 Dec 1-24 off")
    opens = london("2026-12-25T09:00")
    assert service.at(opens - HORIZON - MICROSECOND) == Opening(False, None, None)
    assert service.at(opens - HORIZON).opens == opens
    assert service.at(opens - HORIZON - MICROSECOND) == Opening(False, None, None), "asked again, after the nearer one"


# When the clocks change


def test_a_night_in_which_the_clocks_go_forward_is_an_hour_shorter() -> None:
    opening = hours("Sa 22:00-06:00").at(london("2026-03-28T23:00"))
    assert opening.until is not None
    assert opening.until.astimezone(UTC) == datetime(2026, 3, 29, 5, 0, tzinfo=UTC)


def test_a_night_in_which_the_clocks_go_back_is_an_hour_longer() -> None:
    opening = hours("Sa 22:00-06:00").at(london("2026-10-24T23:00"))
    assert opening.until is not None
    assert opening.until.astimezone(UTC) == datetime(2026, 10, 25, 6, 0, tzinfo=UTC)


def test_a_skipped_time_is_the_moment_of_the_change() -> None:
    changes = [change.astimezone(UTC) for change in hours("Su 00:30-01:30").changes(*the_day("2026-03-29"))]
    assert changes == [datetime(2026, 3, 29, 0, 30, tzinfo=UTC), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)]


def test_hours_wholly_within_the_skipped_hour_never_come() -> None:
    assert list(hours("Su 01:15-01:45").changes(*the_day("2026-03-29"))) == []


def test_a_time_that_comes_twice_is_its_first_coming() -> None:
    service = hours("Su 01:15-01:45")
    changes = [change.astimezone(UTC) for change in service.changes(*the_day("2026-10-25"))]
    assert changes == [datetime(2026, 10, 25, 0, 15, tzinfo=UTC), datetime(2026, 10, 25, 0, 45, tzinfo=UTC)]
    assert service.at(london("2026-10-25T01:30")).is_open
    assert not service.at(london("2026-10-25T01:30", fold=1)).is_open


def the_day(text: str) -> tuple[datetime, datetime]:
    return london(f"{text}T00:00"), london(f"{text}T23:59")


# What is refused, and in which words


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("Mo-Fr", "write days and times"),
        ("Mo-Fr 09:00-17:00;", "an empty rule"),
        ("mo-fr 09:00-17:00", "write days and times"),
        ("Monday 09:00-17:00", "write days and times"),
        ("Mo-Fr 9am-5pm", "write days and times"),
        ("Mo–Fr 09:00–17:00", "hyphen"),
        ('24/7 "ring the bell"', "quotes"),
        ("Mo-Fr 09:00-17:00; SH off", "school holidays"),
        ("Mo-Fr sunrise-sunset", "clock times"),
        ("Mo-Fr dawn-18:00", "clock times"),
        ("Mo-Fr unknown", "leave the schedule out"),
        ("easter off; Mo-Fr 09:00-17:00", "PH"),
        ("week 1-20 Mo-Fr 09:00-17:00", "week numbers"),
        ("Mo[1] 09:00-17:00", "Mo[1]"),
        ("Mo-Fr 09:00-17:00 || 24/7", "';'"),
        ("Mo-Fr 09:00+", "time it closes"),
        ("Mo-Fr 09:00-17:00; PH +1 day off", "write days and times"),
        ("Mo-Fr 09:60-17:00", "no time of day"),
        ("Mo-Fr 24:00-25:00", "no time of day"),
        ("Mo-Fr 09:00-49:00", "no time of day"),
        ("Mo-Fr 09:00-09:00", "00:00-24:00"),
        ("Mo-Fr 09:00-34:00", "longer than a day"),
        ("off", "never open"),
        ("Mo-Su off", "no rule opens"),
        ("Mo-Fr 09:00-17:00, PH off", "';'"),
        ("Mo-Fr 09:00-17:00, PH 10:00-12:00", "';'"),
        ("Mo-Fr 09:00-17:00, Dec 24 10:00-12:00", "';'"),
        ("PH off; Mo-Fr 09:00-17:00", "put 'PH off' last"),
        ("Mo-Fr 09:00-17:00; PH off; PH 10:00-12:00", "second rule for PH"),
        ("Dec 24 off; Mo-Fr 09:00-17:00", "put 'Dec 24 off' last"),
        ("Mo-Fr 09:00-12:00; Mo-Fr 13:00-17:00", "never holds"),
        ("Dec PH off; Mo-Fr 09:00-17:00", "joins dates and PH"),
        ("Mo-Fr 09:00-17:00; 2026 Feb 30 off", "not in the calendar"),
        ("Mo-Fr 09:00-17:00; 2026 Feb 29 off", "not in the calendar"),
        ("Mo-Fr 09:00-17:00; Dec 26-24 off", "end before they begin"),
        ("Mo-Fr 09:00-17:00; 2027 Dec 24-2026 Dec 26 off", "end before they begin"),
        ("Mo-Fr 09:00-17:00; 2026 Dec 24-Jan 2 off", "2026 Dec 24-2027 Jan 3"),
        ("Mo-Fr 09:00-17:00; 2026 off", "write days and times"),
        ("Mo-Fr 18:00-02:00; Dec 24 off", "up to midnight"),
        ("Mo-Fr 09:00-17:00" + "; PH off" * 100, "longer than 500"),
    ],
)
def test_what_cannot_be_read_safely_is_refused_with_what_to_do(expression: str, says: str) -> None:
    with pytest.raises(OpeningHoursError) as refusal:
        hours(expression)
    assert says in str(refusal.value)


def test_ph_without_a_table_of_holidays_is_refused() -> None:
    with pytest.raises(OpeningHoursError, match="no public holidays are given"):
        OpeningHours("Mo-Fr 09:00-17:00; PH off", LONDON, ())


@given(st.text(alphabet='MoTuFrSaPHDec0123456789:-,;/ 24off\n"+[]', max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        hours(text).at(london("2026-11-23T12:00"))
    except OpeningHoursError as refusal:
        assert len(str(refusal)) > 10  # noqa: PT017 - most texts are refused, some are hours


# What holds for any hours at any moment

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


@st.composite
def spans(draw: st.DrawFn) -> str:
    start, length = draw(st.integers(0, 1439)), draw(st.integers(1, 1440))
    end = start + length
    return f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"


@st.composite
def any_hours(draw: st.DrawFn) -> tuple[str, ZoneInfo]:
    days = draw(st.lists(st.sampled_from(WEEKDAYS), unique=True, min_size=1, max_size=7))
    rules = [f"{day} {','.join(draw(st.lists(spans(), min_size=1, max_size=2)))}" for day in days]
    rules += draw(st.sampled_from([[], ["PH off"], ["PH 10:00-16:00"], ["PH 20:00-03:00"]]))
    zone = draw(st.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe"]))
    return "; ".join(rules), ZoneInfo(zone)


any_moment = st.one_of(
    st.datetimes(datetime(2025, 12, 1), datetime(2027, 2, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
    st.builds(
        lambda day, minutes: datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(minutes=minutes),
        st.sampled_from(["2026-03-28", "2026-10-24", "2026-12-24", "2026-03-08", "2026-11-01", "2026-04-04"]),
        st.integers(0, 3 * 1440),
    ),
)


@settings(max_examples=200, deadline=None)
@given(any_hours(), any_moment, st.lists(st.floats(0, 1), max_size=5))
def test_the_time_told_is_the_first_at_which_the_answer_changes(
    written: tuple[str, ZoneInfo], now: datetime, between: list[float]
) -> None:
    service = hours(*written)
    opening = service.at(now)
    change = opening.until if opening.is_open else opening.opens
    assert (opening.opens if opening.is_open else opening.until) is None
    end = (change or now + HORIZON).astimezone(UTC)
    assert now < end <= now + HORIZON
    if change:
        assert hours(*written).at(end).is_open is not opening.is_open
        assert hours(*written).at(end - MICROSECOND) == opening
        assert next(service.changes(now + MICROSECOND, now + 2 * HORIZON)) == change
    for part in between:
        moment = now + (end - now) * part
        if moment < end:
            assert hours(*written).at(moment).is_open is opening.is_open


@settings(max_examples=100, deadline=None)
@given(any_hours(), st.lists(any_moment, min_size=1, max_size=12))
def test_an_answer_does_not_depend_on_what_was_asked_before(
    written: tuple[str, ZoneInfo], moments: list[datetime]
) -> None:
    service = hours(*written)
    for moment in moments:
        local = moment.astimezone(LONDON)
        assert service.at(moment) == hours(*written).at(moment) == service.at(local)


@settings(max_examples=50, deadline=None)
@given(any_hours(), any_moment)
def test_changes_are_all_the_moments_at_which_the_answer_turns(written: tuple[str, ZoneInfo], start: datetime) -> None:
    service = hours(*written)
    changes = [change.astimezone(UTC) for change in service.changes(start, start + timedelta(days=9))]
    assert changes == sorted(set(changes))
    for change in changes:
        assert service.at(change).is_open is not service.at(change - MICROSECOND).is_open
    edges = [start, *changes, start + timedelta(days=9)]
    for first, last in pairwise(edges):
        step = (last - first) / 4
        assert len({service.at(first + step * part).is_open for part in range(4)}) == 1
