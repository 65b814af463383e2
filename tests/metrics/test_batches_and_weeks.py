"""Batches lose nothing and let out nothing small; the weekly file holds weeks and only what is declared."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.operations.impact.counters_file import CountersFileError, WeeklyCounters, read_counters
from bot.operations.metrics.batches import AGAIN, AT_LEAST, FIRST, TYPED, Batches
from bot.operations.metrics.events import Event
from bot.operations.metrics.ledger import Ledger
from bot.operations.metrics.measures import UndeclaredError

SUNDAY = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)
MENU = Event("turns", ("web", "menu", "none"), FIRST)

steps = st.lists(
    st.one_of(st.none(), st.tuples(st.sampled_from("abc"), st.sampled_from([FIRST, TYPED, AGAIN]))), max_size=200
)


@given(steps)
@settings(max_examples=200, deadline=None)
def test_nothing_is_lost_and_nothing_under_ten_is_let_out(walk: list[tuple[str, int] | None]) -> None:
    batches: Batches[str] = Batches()
    added: Counter[str] = Counter()
    out: Counter[str] = Counter()
    for step in walk:
        if step is None:
            taken = batches.take()
            assert all(count >= AT_LEAST for count in taken.values())
            out.update(taken)
        else:
            batches.add(*step)
            added[step[0]] += 1
    out.update(batches.take(everything=True))
    assert out == added


@pytest.mark.parametrize("event", [Event("names", ("ann",)), Event("turns", ("web",)), Event("slowed", ("web", "ann"))])
def test_what_is_not_declared_cannot_be_counted(event: Event) -> None:
    with pytest.raises(UndeclaredError):
        Ledger().add([event])


def counters(path: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_a_week_is_added_to_only_in_batches_until_it_is_over(tmp_path: Path) -> None:
    file = tmp_path / "counters.json"
    weekly = WeeklyCounters(file)
    now = SUNDAY
    weekly.tick(now)
    weekly.add([MENU] * 3)
    weekly.tick(now + timedelta(hours=1))
    assert not file.exists(), "three wait"
    weekly.add([MENU] * 20)
    weekly.tick(now + timedelta(minutes=80))
    assert not file.exists(), "the hour is not full"
    weekly.tick(now + timedelta(minutes=90))
    assert read_counters(file) == {date(2026, 11, 16): {("turns", ("web", "menu", "none")): 23}}
    weekly.add([MENU] * 2)
    weekly.tick(SUNDAY.replace(hour=23, minute=59))
    assert read_counters(file) == {date(2026, 11, 16): {("turns", ("web", "menu", "none")): 23}}
    weekly.tick(datetime(2026, 11, 23, 0, 0, tzinfo=UTC))
    assert read_counters(file) == {date(2026, 11, 16): {("turns", ("web", "menu", "none")): 25}}
    weekly.add([MENU])
    weekly.finish(datetime(2026, 11, 23, 5, 0, tzinfo=UTC))
    assert read_counters(file)[date(2026, 11, 23)] == {("turns", ("web", "menu", "none")): 1}
    assert [path.name for path in sorted(tmp_path.iterdir())] == [".counters.json.lock", "counters.json"]


def test_a_restart_goes_on_where_the_file_ends(tmp_path: Path) -> None:
    file = tmp_path / "counters.json"
    for _ in range(3):
        weekly = WeeklyCounters(file)
        weekly.tick(SUNDAY)
        weekly.add([MENU, MENU])
        weekly.finish(SUNDAY)
    assert read_counters(file) == {date(2026, 11, 16): {("turns", ("web", "menu", "none")): 6}}


def test_two_programs_never_write_the_same_file_and_the_second_waits_with_its_counts(tmp_path: Path) -> None:
    file = tmp_path / "counters.json"
    first, second = WeeklyCounters(file), WeeklyCounters(file)
    first.tick(SUNDAY)
    with pytest.raises(CountersFileError, match="another program"):
        second.tick(SUNDAY)
    first.add([MENU])
    second.add([MENU] * 5)
    first.finish(SUNDAY)
    second.finish(SUNDAY)
    assert read_counters(file) == {date(2026, 11, 16): {("turns", ("web", "menu", "none")): 6}}


def test_only_what_is_declared_for_weeks_is_kept(tmp_path: Path) -> None:
    weekly = WeeklyCounters(tmp_path / "counters.json")
    weekly.tick(SUNDAY)
    weekly.add([Event("errors", ("web", "KeyError")), Event("turn_seconds", ("web", "0.1"))])
    weekly.finish(SUNDAY)
    assert not (tmp_path / "counters.json").exists()


@pytest.mark.parametrize(
    ("weeks", "said"),
    [
        ({"2026-11-16": {"names": {"ann": 1}}}, "not declared"),
        ({"2026-11-16": {"errors": {"web/KeyError": 1}}}, "not declared"),
        ({"2026-11-16": {"turns": {"web/menu/none/ann": 1}}}, "not declared"),
        ({"2026-11-16": {"intents": {"my name is Ann": 1}}}, "not declared"),
        ({"2026-11-17": {"turns": {}}}, "Monday"),
        ({"2026-11-16T10": {"turns": {}}}, "Monday"),
        ({"2026-11-16": {"intents": {"help": -1}}}, "whole number"),
        ({"2026-11-16": {"intents": {"help": 1.5}}}, "whole number"),
        ({"2026-11-16": 5}, "no counts"),
    ],
)
def test_a_file_that_counts_anything_else_or_anything_finer_is_refused(
    tmp_path: Path, weeks: object, said: str
) -> None:
    file = tmp_path / "counters.json"
    file.write_text(json.dumps({"format": "waypost weekly counters 1", "weeks": weeks}))
    with pytest.raises(CountersFileError, match=said) as caught:
        read_counters(file)
    assert "ann" not in str(caught.value).lower()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "x", "weeks": {}}', '{"format": 1'])
def test_what_is_no_counters_file_is_refused_and_never_overwritten(tmp_path: Path, text: str) -> None:
    file = tmp_path / "counters.json"
    file.write_text(text)
    weekly = WeeklyCounters(file)
    weekly_add_and_fail(weekly)
    assert file.read_text() == text


def weekly_add_and_fail(weekly: WeeklyCounters) -> None:
    with pytest.raises(CountersFileError):
        weekly.tick(SUNDAY)
    weekly.add([MENU])
    with pytest.raises(CountersFileError):
        weekly.finish(SUNDAY)
