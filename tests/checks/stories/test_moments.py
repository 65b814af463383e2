"""The moment of a story: UK time, both clock changes included, and nothing that is no moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.checks.stories.moments import MomentError, in_words, moment, written

MOMENTS = {
    "2026-01-15T02:00": datetime(2026, 1, 15, 2, 0, tzinfo=UTC),
    "2026-07-15T02:00": datetime(2026, 7, 15, 1, 0, tzinfo=UTC),
    "2026-07-15 02:00": datetime(2026, 7, 15, 1, 0, tzinfo=UTC),
    "2026-07-15T02:00:30": datetime(2026, 7, 15, 1, 0, 30, tzinfo=UTC),
    "2026-07-15T02:00Z": datetime(2026, 7, 15, 2, 0, tzinfo=UTC),
    "2026-07-15T02:00-05:00": datetime(2026, 7, 15, 7, 0, tzinfo=UTC),
    "2026-03-29T00:59": datetime(2026, 3, 29, 0, 59, tzinfo=UTC),
    "2026-03-29T02:00": datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
    "2026-10-25T01:30": datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    "2026-10-25T01:30+00:00": datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
}

NONE = [
    "", "now", "2026-11-24", "14:00", "2026-02-30T10:00", "2026-11-24T24:30", "2026-03-29T01:00", "2026-03-29T01:59",
    "1999-01-01T00:00", "20261124T1400", "2026-11-24T14:00 Europe/London", "٢٠٢٦-11-24T14:00",
]  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), MOMENTS.items(), ids=MOMENTS)
def test_a_moment_is_in_uk_time(text: str, meant: datetime) -> None:
    assert moment(text) == meant


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_moment_is_told(text: str) -> None:
    with pytest.raises(MomentError, match=r"[Ww]rite|does not exist"):
        moment(text)


@given(some.integers(0, 60 * 24 * 365 * 5))
def test_what_is_written_reads_the_same(minutes: int) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    assert moment(written(at)) == at


def test_only_the_second_of_two_like_hours_is_written_with_its_offset() -> None:
    assert written(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)) == "2026-10-25T01:30"
    assert written(datetime(2026, 10, 25, 1, 30, tzinfo=UTC)) == "2026-10-25T01:30+00:00"


def test_a_report_says_the_day_of_the_week_and_which_clock() -> None:
    assert in_words(datetime(2026, 7, 4, 22, 5, tzinfo=UTC)) == "Saturday 4 July 2026, 23:05 BST"
