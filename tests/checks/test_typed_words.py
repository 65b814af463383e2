"""What typed words can be taken for: every choice they bring up is known before anybody types them."""

from __future__ import annotations

from datetime import datetime
from itertools import combinations
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.checks.typed_words import Meanings, TakenFor, taken_for
from bot.content.model import StepId
from bot.dialogue.engine import Engine
from bot.dialogue.places import NOT_MEANT, WHICH
from bot.dialogue.screen import ButtonRole, Screen
from bot.dialogue.travel import fresh

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=ZoneInfo("Europe/London"))
JOINED = 600


def typed(engine: Engine) -> list[str]:
    """First phrases of all intents in English, alone and by chance joined with one another."""
    phrases = [phrase for intent in engine.content.intents["en"] for phrase in intent.phrases[:2]]
    pairs = list(combinations(phrases, 2))
    return [*phrases, *(". ".join(pair) for pair in Random(20261124).sample(pairs, JOINED))]


@pytest.fixture(scope="module")
def read(engine: Engine) -> list[tuple[str, TakenFor]]:
    found = ((text, taken_for(engine, text, NOW)) for text in typed(engine))
    return [(text, taken) for text, taken in found if taken is not None]


def test_the_sample_has_words_of_every_kind(read: list[tuple[str, TakenFor]]) -> None:
    kinds = {(taken.gravely, len(taken.targets)) for _, taken in read}
    assert {(False, 1), (False, 2), (True, 1), (True, 2)} <= kinds


def test_what_words_are_taken_for_gives_the_screen_that_the_words_give(
    engine: Engine, read: list[tuple[str, TakenFor]]
) -> None:
    here = engine.open("privacy", NOW).state
    for text, taken in read:
        for state in (None, here):
            screen = engine.read(text, NOW, state=state)
            shown = taken.shown(engine, state, NOW, language=screen.state.language)
            assert (shown.state, shown.blocks, shown.rows) == (screen.state, screen.blocks, screen.rows), text


def test_every_choice_that_real_words_bring_up_is_among_those_that_are_explored(
    engine: Engine, read: list[tuple[str, TakenFor]]
) -> None:
    meanings = Meanings(engine)
    flows = {frozenset(target.flow for target in offer.targets) for offer in meanings.offers}
    for text, taken in read:
        assert taken.targets[0] in meanings.alone, text
        if taken.gravely:
            beside = {target.flow for target in meanings.beside.get(taken.targets[0], ())}
            assert {target.flow for target in taken.targets[1:2]} <= beside, text
        elif len(taken.targets) > 1:
            assert frozenset(target.flow for target in taken.targets) in flows, text


def choices(screen: Screen) -> dict[str, str]:
    return {button.label: button.token for button in screen.buttons if button.role is ButtonRole.CHOICE}


def test_each_subject_that_words_may_mean_has_a_button_and_no_two_say_the_same(engine: Engine) -> None:
    for offer in Meanings(engine).offers:
        screen = offer.shown(engine, None, NOW)
        labels = [button.label for button in screen.buttons]
        assert len({*labels}) == len(labels), str(offer)
        led_to = {engine.press(token, NOW).state.step.flow for token in choices(screen).values()}
        assert {target.flow for target in offer.targets} <= {*led_to, "leave", "language"}, str(offer)


def test_words_are_found_that_are_taken_for_something(engine: Engine) -> None:
    meanings = Meanings(engine)
    for taken in [taken for taken in meanings.alone.values() if taken.gravely][:20]:
        words = meanings.words(taken, NOW)
        assert words is None or taken_for(engine, words, NOW) == taken


def test_what_is_written_reads_the_same() -> None:
    for taken in (TakenFor((WHICH,), gravely=True), TakenFor((WHICH, NOT_MEANT, StepId("a", "b")), gravely=False)):
        assert TakenFor.read(str(taken)) == taken
    assert TakenFor.read("taken for anything") is None


def test_nothing_is_left_of_what_words_brought_up_once_one_goes_on(engine: Engine) -> None:
    offer = Meanings(engine).offers[0]
    screen = offer.shown(engine, fresh(WHICH), NOW)
    chosen = engine.press(next(iter(choices(screen).values())), NOW)
    back = next(button for button in chosen.buttons if button.role is ButtonRole.BACK)
    assert engine.press(back.token, NOW).state.step == WHICH
