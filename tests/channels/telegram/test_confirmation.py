"""Telegram may forget an update when its turn is done, and not before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.confirmation import FEW, HOLD_SECONDS, REMEMBERED, SLOW_SECONDS, WINDOW, Confirmation


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
    assert not confirmation.is_crowded(SLOW_SECONDS)
    assert confirmation.offset(SLOW_SECONDS) == WINDOW + 2


def test_a_full_window_lets_go_of_nothing_that_was_begun_a_moment_ago() -> None:
    confirmation = Confirmation()
    for number in range(WINDOW + 2):
        confirmation.begin(number, 0.0 if number == 0 else 1.0)
        if number not in {0, 40}:
            confirmation.end(number)
    assert confirmation.offset(1.1) == 40, "the slow one is given up, and no other"
    assert not confirmation.is_crowded(1.1)


def test_many_slow_chats_are_waited_for() -> None:
    confirmation = Confirmation()
    for number in range(WINDOW + 2):
        confirmation.begin(number, 0.0)
        if number > FEW:
            confirmation.end(number)
    assert confirmation.is_crowded(SLOW_SECONDS)
    assert confirmation.offset(SLOW_SECONDS) == 0
    assert confirmation.offset(HOLD_SECONDS) == WINDOW + 2


def test_what_is_held_back_is_everything_from_the_oldest_ordinary_turn_on() -> None:
    confirmation = Confirmation()
    for number in range(10):
        confirmation.begin(number, 0.0 if number == 0 else 1.0)
    for number in (1, 2, 3, 5):
        confirmation.end(number)
    assert confirmation.held_back(0.1) == 10
    assert confirmation.held_back(1.1) == 6, "the first one is slow by now, and not waited for"
    for number in range(10):
        confirmation.end(number)
    assert confirmation.held_back(1.1) == 0


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


@given(st.lists(st.tuples(st.booleans(), st.integers(min_value=0, max_value=200)), max_size=300))
def test_no_turn_is_ever_confirmed_in_its_first_half_second(steps: list[tuple[bool, int]]) -> None:
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
        if following:
            assert confirmation.offset(SLOW_SECONDS - 0.01) == min(working, default=following)
