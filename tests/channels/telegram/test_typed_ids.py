"""A menu's buttons tell which typed messages it answers."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from bot.channels.telegram.typed_ids import decode, encode

IDS = st.integers(min_value=1, max_value=2**31)


@given(IDS, st.integers(min_value=1, max_value=65_535))
def test_the_last_typed_message_is_found_again(typed: int, later: int) -> None:
    assume(typed % 65_536)
    assert decode(encode([typed]), typed + later) == (typed,)


@given(
    st.integers(min_value=1_000, max_value=2**31),
    st.integers(min_value=1, max_value=255),
    st.integers(min_value=1, max_value=255),
    st.integers(min_value=1, max_value=65_535),
)
def test_three_messages_read_together_are_found_again(last: int, first: int, second: int, later: int) -> None:
    typed = [last, last - first, last - first - second]
    assert decode(encode(reversed(typed)), last + later) == tuple(typed)


@given(st.lists(IDS, max_size=6), st.integers(min_value=1, max_value=65_535))
def test_nothing_is_named_that_was_not_typed(typed: list[int], later: int) -> None:
    menu = max(typed, default=0) + later
    assert set(decode(encode(typed), menu)) <= set(typed)


@given(st.lists(IDS, max_size=6))
def test_it_fits_the_bits_of_a_token(typed: list[int]) -> None:
    assert 0 <= encode(typed) < 2**32


@given(st.integers(min_value=0, max_value=2**64), st.integers(min_value=0, max_value=2**31))
def test_forged_bits_name_only_earlier_messages(bits: int, menu: int) -> None:
    assert all(0 < message < menu for message in decode(bits, menu))


def test_a_menu_that_answers_nothing_typed_names_nothing() -> None:
    assert encode([]) == 0
    assert decode(0, 500) == ()


def test_messages_far_apart_are_not_guessed_at() -> None:
    assert decode(encode([100, 900]), 901) == (900,)
