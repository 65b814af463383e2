"""Floods are noticed, one person at a time, by a counter that cannot be read back."""

from __future__ import annotations

import gc

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.limits import MOST, PLACES, Flood, Pace


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_up_to_twenty_updates_in_ten_seconds_nobody_is_slowed() -> None:
    clock = Clock()
    flood = Flood(clock)
    assert not any(flood.hit(b"me").slowed for _ in range(MOST))
    assert flood.hit(b"me").slowed


def test_nobody_else_notices() -> None:
    flood = Flood(Clock())
    for _ in range(500):
        flood.hit(b"me")
    assert not any(flood.hit(b"%d" % other).slowed for other in range(300))


def test_somebody_is_told_once_in_a_while_and_not_each_time() -> None:
    clock = Clock()
    flood = Flood(clock)
    told = []
    for _ in range(600):  # a minute of ten updates a second
        told.append(flood.hit(b"me").tell)
        clock.now += 0.1
    assert 1 <= sum(told) <= 3


def test_afterwards_everything_is_as_before() -> None:
    clock = Clock()
    flood = Flood(clock)
    for _ in range(100):
        flood.hit(b"me")
    clock.now += 25
    assert not flood.hit(b"me").slowed


def test_what_was_counted_is_gone_within_a_minute() -> None:
    clock = Clock()
    flood = Flood(clock)
    for _ in range(100):
        flood.hit(b"me")
    flood.mark(flood.place_of(b"you"))
    assert not flood.is_empty()
    for _ in range(4):
        clock.now += 14
        flood.forget()
    assert flood.is_empty()


def test_the_same_person_is_counted_elsewhere_in_another_process() -> None:
    clock = Clock()
    places = {Flood(clock).place_of(b"me") for _ in range(20)}
    assert len(places) > 1


def test_counting_keeps_no_ids() -> None:
    flood = Flood(Clock())
    people = [b"canary-person-%d" % number for number in range(5000)]
    for person in people:
        flood.hit(person)
    del people, person
    gc.collect()
    held = [thing for thing in gc.get_objects() if isinstance(thing, dict | list | set | tuple)]
    found = [part for thing in held for part in thing if isinstance(part, bytes) and part.startswith(b"canary-person")]
    assert found == []


def test_the_table_has_a_fixed_size() -> None:
    flood = Flood(Clock())
    before = len(flood._sent._now)
    for person in range(PLACES):
        flood.hit(person.to_bytes(4))
    assert len(flood._sent._now) == before == PLACES


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(min_value=0.01, max_value=3.0), min_size=30, max_size=80))
def test_whoever_sends_more_than_twenty_within_ten_seconds_is_slowed_in_time(gaps: list[float]) -> None:
    clock = Clock()
    flood = Flood(clock)
    moments: list[float] = []
    for gap in gaps:
        clock.now += gap
        moments.append(clock.now)
        verdict = flood.hit(b"me")
        within = sum(1 for moment in moments if moment > clock.now - 10)
        # The window before counts as if it were evenly spread, so a burst is noticed a little early or late.
        if within > 2 * MOST:
            assert verdict.slowed
        if sum(1 for moment in moments if moment > clock.now - 20) <= MOST:
            assert not verdict.slowed


def test_a_pace_lets_a_burst_through_and_then_the_rate() -> None:
    pace = Pace(per_second=10, burst=5)
    waits = [pace.wait(100.0) for _ in range(15)]
    assert waits[:5] == [0.0] * 5
    assert 0.95 < waits[-1] < 1.05


def test_a_pace_of_many_places_forgets_what_has_passed() -> None:
    pace = Pace(per_second=1, burst=1, places=8)
    pace.wait(100.0, 3)
    pace.forget(100.5)
    assert pace.wait(100.5, 3) > 0
    pace.forget(200.0)
    assert not any(pace._next)
