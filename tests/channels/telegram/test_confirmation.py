"""Telegram may forget an update when its turn is done, and not before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.confirmation import HOLD_SECONDS, REMEMBERED, WINDOW, Confirmation


def test_nothing_is_confirmed_before_the_first_update() -> None:
    assert Confirmation().offset(0.0) is None


def test_an_update_in_work_is_not_confirmed() -> None:
    confirmation = Confirmation()
    for number in (7, 8, 9):
        assert confirmation.begin(number, 0.0)
    confirmation.end(7)
    confirmation.end(9)
    assert confirmation.offset(1.0) == 8
    confirmation.end(8)
    assert confirmation.offset(1.0) == 10


def test_what_comes_again_is_not_handled_again() -> None:
    confirmation = Confirmation()
    confirmation.begin(7, 0.0)
    assert not confirmation.begin(7, 0.1)
    confirmation.end(7)
    assert not confirmation.begin(7, 0.2)


def test_a_turn_that_takes_long_is_let_go() -> None:
    confirmation = Confirmation()
    confirmation.begin(7, 0.0)
    confirmation.begin(8, 2.0)
    confirmation.end(8)
    assert confirmation.offset(HOLD_SECONDS + 0.1) == 9


def test_one_slow_chat_does_not_keep_new_updates_away() -> None:
    confirmation = Confirmation()
    for number in range(WINDOW + 2):
        confirmation.begin(number, 0.0)
        if number:
            confirmation.end(number)
    assert not confirmation.is_crowded(0.1)
    assert confirmation.offset(0.1) == WINDOW + 2


def test_a_full_window_of_work_is_waited_for() -> None:
    confirmation = Confirmation()
    for number in range(100):
        confirmation.begin(number, 0.0)
    assert confirmation.is_crowded(0.1)
    assert not confirmation.is_crowded(HOLD_SECONDS + 0.1)


def test_numbers_may_begin_anew_lower_after_a_quiet_week() -> None:
    confirmation = Confirmation()
    confirmation.begin(900_000, 0.0)
    confirmation.end(900_000)
    assert confirmation.begin(50, 1.0)
    confirmation.end(50)
    assert confirmation.offset(1.0) == 51


def test_the_memory_of_past_updates_does_not_grow() -> None:
    confirmation = Confirmation()
    for number in range(3 * REMEMBERED):
        confirmation.begin(number, 0.0)
        confirmation.end(number)
    held = sum(len(part) for part in vars(confirmation).values() if hasattr(part, "__len__"))
    assert held <= 2 * REMEMBERED


@given(st.lists(st.tuples(st.booleans(), st.integers(min_value=0, max_value=30)), max_size=80))
def test_nothing_in_work_is_ever_confirmed_within_the_window(steps: list[tuple[bool, int]]) -> None:
    confirmation = Confirmation()
    working: set[int] = set()
    following = 0
    for begins, which in steps:
        if begins:
            confirmation.begin(following, 0.0)
            working.add(following)
            following += 1
        elif which in working:
            confirmation.end(which)
            working.discard(which)
        offset = confirmation.offset(0.5)
        if following and following <= WINDOW:
            assert offset == min(working, default=following)
