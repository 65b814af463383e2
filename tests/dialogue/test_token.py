"""A token holds any state in at most 64 ASCII characters, and nothing that can go wrong with one is an exception."""

from __future__ import annotations

import contextlib
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.model import StepId
from bot.dialogue.engine import Engine
from bot.dialogue.state import TRAIL_LENGTH, State, View, Visit
from bot.dialogue.token import MAXIMUM_LENGTH, Encoder, Gone, UnreadableTokenError, decode, peek_channel
from tests.conftest import AFTERNOON


@pytest.fixture(scope="module")
def encoder(engine: Engine) -> Encoder:
    return Encoder(engine.content)


@st.composite
def states(draw: st.DrawFn, steps: tuple[StepId, ...], answers: dict[int, tuple[int, ...]]) -> State:
    given_answers = draw(st.fixed_dictionaries({}, optional={k: st.sampled_from(v) for k, v in answers.items()}))
    visits = st.builds(Visit, st.sampled_from(steps), st.frozensets(st.integers(1, 5), max_size=5))
    return State(
        step=draw(st.sampled_from(steps)),
        view=draw(st.sampled_from(View)),
        answers=tuple(sorted(given_answers.items())),
        language=draw(st.from_regex(r"[a-z]{2}|", fullmatch=True)),
        trail=tuple(draw(st.lists(visits, max_size=TRAIL_LENGTH))),
        channel=draw(st.integers(0, 2**32 - 1)),
    )


def all_states(engine: Engine) -> st.SearchStrategy[State]:
    answers = {a.code: tuple(value.code for value in a.values) for a in engine.content.answers.values()}
    return states(tuple(engine.content.steps), answers)


@given(data=st.data())
def test_any_state_comes_back_from_its_token(engine: Engine, encoder: Encoder, data: st.DataObject) -> None:
    state = data.draw(all_states(engine))
    token = encoder.encode(state)
    assert len(token.encode()) <= MAXIMUM_LENGTH
    assert token.isascii()
    assert decode(token, engine.content) == state
    assert peek_channel(token) == state.channel


@given(data=st.data())
def test_a_token_is_the_same_whatever_was_written_before_it(engine: Engine, data: st.DataObject) -> None:
    first, second = data.draw(all_states(engine)), data.draw(all_states(engine))
    states = (first, first._replace(step=second.step), second._replace(trail=first.trail), second, first)
    together = Encoder(engine.content)
    for state in states:
        assert together.encode(state) == Encoder(engine.content).encode(state)


def test_once_a_screen_is_drawn_nothing_of_the_persons_way_is_kept(engine: Engine) -> None:
    screen = engine.start(AFTERNOON)
    for _ in range(3):
        screen = engine.press(screen.buttons[0].token, AFTERNOON)
    engine.token(screen.state)
    kept = vars(engine._encoder)
    assert screen.state.trail
    assert kept["_trail"] == ((), "")
    assert kept["_shared"] == {}


@given(token=st.one_of(st.text(max_size=100), st.binary(max_size=64).map(lambda data: data.decode("latin-1"))))
def test_any_text_as_token_gives_a_screen(engine: Engine, token: str) -> None:
    screen = engine.press(token, AFTERNOON)
    assert screen.blocks
    assert screen.buttons


@given(data=st.data())
def test_a_changed_token_is_never_an_exception(engine: Engine, encoder: Encoder, data: st.DataObject) -> None:
    token = encoder.encode(data.draw(all_states(engine)))
    position = data.draw(st.integers(0, len(token) - 1))
    changed = token[:position] + data.draw(st.characters(codec="ascii")) + token[position + 1 :]
    assert engine.press(changed, AFTERNOON).language


def _tokens(engine: Engine, wanted: int) -> list[str]:
    """Tokens of buttons, by pressing on from the menu."""
    found = {button.token: None for button in engine.start(AFTERNOON).buttons}
    for token in [*found]:
        for button in engine.press(token, AFTERNOON).buttons:
            for further in engine.press(button.token, AFTERNOON).buttons:
                found[further.token] = None
    assert len(found) >= wanted
    return [*found][:wanted]


def test_every_single_changed_byte_of_tokens_is_read_or_refused(engine: Engine) -> None:
    for token in _tokens(engine, 15):
        for position in range(len(token)):
            for byte in range(256):
                with contextlib.suppress(UnreadableTokenError):
                    decode(token[:position] + chr(byte) + token[position + 1 :], engine.content)


def test_a_byte_changed_anywhere_in_hundreds_of_tokens_still_gives_a_screen(engine: Engine) -> None:
    chosen = random.Random(8)
    for token in _tokens(engine, 300):
        for position in range(0, len(token), 4):
            screen = engine.press(token[:position] + chr(chosen.randrange(256)) + token[position + 1 :], AFTERNOON)
            assert screen.blocks or screen.question
            assert screen.buttons or screen.leave


def test_a_token_cut_short_is_unreadable(engine: Engine, encoder: Encoder) -> None:
    token = encoder.encode(State(StepId("menu", "welcome")))
    with pytest.raises(UnreadableTokenError):
        decode(token[:-1], engine.content)


def test_a_token_of_another_version_is_unreadable(engine: Engine, encoder: Encoder) -> None:
    token = encoder.encode(State(StepId("menu", "welcome")))
    with pytest.raises(UnreadableTokenError):
        decode("I" + token[1:], engine.content)


def test_a_step_that_is_gone_still_names_its_flow(engine: Engine, encoder: Encoder) -> None:
    token = encoder.encode(State(StepId("image_threats", "a_step_of_the_past"), channel=7))
    found = decode(token, engine.content)
    assert isinstance(found, Gone)
    assert found.flow == "image_threats"
    assert found.state.channel == 7


def test_a_flow_that_is_gone_is_seen_to_be_gone(engine: Engine, encoder: Encoder) -> None:
    found = decode(encoder.encode(State(StepId("flow_of_the_past", "start"))), engine.content)
    assert isinstance(found, Gone)
    assert found.flow is None


def test_steps_of_the_trail_that_are_gone_are_left_out(engine: Engine, encoder: Encoder) -> None:
    here, there = StepId("menu", "welcome"), StepId("suicide", "here")
    trail = (Visit(there), Visit(StepId("gone", "gone")), Visit(there, frozenset({3})))
    found = decode(encoder.encode(State(here, trail=trail)), engine.content)
    assert isinstance(found, State)
    assert found.trail == (Visit(there), Visit(there, frozenset({3})))


def test_a_value_that_is_gone_counts_as_not_answered(engine: Engine, encoder: Encoder) -> None:
    found = decode(encoder.encode(State(StepId("menu", "welcome"), answers=((1, 15), (3, 2)))), engine.content)
    assert isinstance(found, State)
    assert found.answers == ((3, 2),)
