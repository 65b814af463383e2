"""A screen drawn before in the same minute is the same screen, whoever presses and whichever way they came."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.web.look import look
from bot.channels.web.pages import Pages
from bot.content.model import StepId
from bot.dialogue import sketches
from bot.dialogue.engine import Engine
from bot.dialogue.screen import Screen
from bot.dialogue.sketches import Sketch
from bot.dialogue.state import State, Visit
from bot.dialogue.token import decode
from bot.dialogue.travel import fresh
from tests.conftest import AFTERNOON
from tests.dialogue.test_token import all_states
from tests.web_server import make_settings

LANGUAGES = ("", "en", "cy", "ur")


def place(token: str, engine: Engine) -> State:
    state = decode(token, engine.content)
    assert isinstance(state, State)
    return state


def walk(engine: Engine, presses: int, seed: int) -> list[tuple[str, datetime, Screen]]:
    """Many people's presses one after the other, as time goes on, with what each of them got."""
    chance = random.Random(seed)
    walked, now, screen = [], AFTERNOON, engine.start(AFTERNOON)
    for _ in range(presses):
        if not screen.buttons or chance.random() < 0.02:
            screen = engine.start(now, language=chance.choice(LANGUAGES), channel=chance.choice((0, 0, 4711)))
        if chance.random() < 0.01:
            now += timedelta(minutes=chance.choice((0, 1, 29, 400)), seconds=chance.uniform(0, 59))
        token = chance.choice(screen.buttons).token
        screen = engine.press(token, now)
        walked.append((token, now, screen))
    return walked


def test_whoever_presses_gets_the_screen_that_would_be_drawn_for_them_alone(engine: Engine) -> None:
    remembered = 0
    for token, now, screen in walk(engine, 3000, 5):
        assert screen == engine.draw(place(token, engine), now)
        if screen.sketch is not None:
            remembered += 1
            assert screen.token == engine.token(screen.state)
    assert remembered > 800


def test_the_web_page_of_a_remembered_screen_is_the_one_that_would_be_made_of_it_alone(engine: Engine) -> None:
    pages, alone = Pages(look(make_settings())), Pages(look(make_settings()))
    for token, now, screen in walk(engine, 1000, 6):
        assert pages.screen(engine, screen) == alone.screen(engine, engine.draw(place(token, engine), now))


def closes(engine: Engine, screen: Screen) -> bool:
    """Whether some service on the screen is not there day and night."""
    services = (engine.content.services[card.service] for card in screen.cards)
    return any(not hours.always for service in services for hours in engine.signposting.hours(service))


def test_at_every_minute_of_a_day_the_services_are_those_of_that_minute(engine: Engine) -> None:
    tokens = [token for token, _, screen in walk(engine, 2000, 7) if closes(engine, screen)][:12]
    assert len(tokens) == 12
    seen = set()
    for minute in range(0, 24 * 60, 60):
        start = AFTERNOON.replace(hour=0, minute=0) + timedelta(minutes=minute)
        for now in (start - timedelta(microseconds=1), start, start + timedelta(seconds=59)):
            for token in tokens:
                screen = engine.press(token, now)
                assert screen == engine.draw(place(token, engine), now)
                seen.add(tuple(card.availability for card in screen.cards))
    assert len(seen) >= 8, "services do open and close on that day"


@given(data=st.data())
def test_any_state_gives_the_screen_that_would_be_drawn_for_it_alone(engine: Engine, data: st.DataObject) -> None:
    """Whatever the way there was: tokens may be forged."""
    state = data.draw(all_states(engine))
    token = engine.token(state)
    state = place(token, engine)
    for _ in range(3):
        assert engine.press(token, AFTERNOON) == engine.draw(state, AFTERNOON)


@pytest.mark.parametrize("words", ["i want to die", "hes threatening to post my nudes", "hello", "asdf qwer"])
def test_typed_words_get_the_same_screen_again(engine: Engine, words: str) -> None:
    for state in [screen.state for _, _, screen in walk(engine, 200, 8)][::20]:
        first, _, again = (engine.read(words, AFTERNOON, state=state) for _ in range(3))
        engine.forget_before(AFTERNOON + timedelta(minutes=1))
        anew = engine.read(words, AFTERNOON, state=state)
        assert first == again == anew
        assert first.intent == again.intent == anew.intent


def test_what_may_have_been_meant_as_well_is_remembered_for_those_words_alone(engine: Engine) -> None:
    """Both lead to the same step, one of them with another button beside it."""
    waysides = ((), (engine.content.flows["low_mood"].start,), (engine.content.flows["run_away"].start,))
    for flow in engine.content.flows.values():
        there = fresh(flow.start)
        drawn = [engine.draw(there, AFTERNOON, correctable=True, other=beside) for beside in waysides]
        remembered = [
            [engine._sketches.screen(there, AFTERNOON, correctable=True, other=beside) for beside in waysides]
            for _ in range(3)
        ]
        assert all([screen.rows for screen in screens] == [screen.rows for screen in drawn] for screens in remembered)
        if len({screen.rows for screen in drawn}) > 1:
            return
    pytest.fail("no flow begins with a screen that has room for another button")


def test_nothing_of_anybodys_way_is_remembered(engine: Engine) -> None:
    walked = walk(engine, 2000, 9)
    kept = [sketch for sketch in vars(engine._sketches)["_sketches"].values() if isinstance(sketch, Sketch)]
    assert kept
    for key in vars(engine._sketches)["_sketches"]:
        assert not any(isinstance(part, Visit) for parts in key if isinstance(parts, tuple) for part in parts)
    ends = {token[20:] for token, _, _ in walked}
    menu = engine.content.flows["menu"].start
    for sketch in kept:
        steps = {visit.step for visit in sketch.screen.state.trail}
        assert steps <= {menu} or steps == {StepId("", "")}, "the beginning, which is everybody's, or nowhere"
        if steps == {StepId("", "")}:
            assert not {button.token[20:] for button in sketch.screen.buttons} & (ends - {""})


def test_what_was_remembered_is_let_go_with_its_minute(engine: Engine) -> None:
    walk(engine, 20, 10)
    now = AFTERNOON + timedelta(days=1)
    engine.press(engine.start(now).buttons[0].token, now)
    assert vars(engine._sketches)["_sketches"]
    engine.forget_before(now + timedelta(seconds=59 - now.second))
    assert vars(engine._sketches)["_sketches"]
    engine.forget_before(now + timedelta(minutes=1))
    assert vars(engine._sketches)["_sketches"] == {}


def test_no_more_is_remembered_than_was_said(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sketches, "MOST", 5)
    for one, other in pairwise(walk(engine, 300, 11)):
        assert len(vars(engine._sketches)["_sketches"]) <= 5
        assert one[2].state != other[2].state or one[2].buttons == other[2].buttons
