"""What is called every screen is every screen: wherever people press their way to, the check has been there."""

from __future__ import annotations

import random
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.checks.exploration import Exploration, explore
from bot.checks.finding import Situation
from bot.checks.places import Stand
from bot.checks.stories import shorthand
from bot.checks.stories.replay import find_story, replayed
from bot.dialogue.engine import Engine
from bot.dialogue.screen import Button, ButtonRole, Screen

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=ZoneInfo("Europe/London"))
WALKS, PRESSES, PLACES = 80, 40, 400
TYPED = 0.2
"""How often people type instead of pressing."""


@pytest.fixture(scope="module")
def exploration(engine: Engine) -> Exploration:
    return explore(engine, NOW)


def stand(screen: Screen) -> Stand:
    return Stand(screen.state.step, screen.state.view, screen.state.answers)


def onward(screen: Screen) -> list[Button]:
    aside = {ButtonRole.LEAVE, ButtonRole.START_AGAIN, ButtonRole.BACK}
    return [button for button in screen.buttons if button.role not in aside]


def one_back(engine: Engine, screen: Screen) -> Stand | None:
    return next(
        (
            stand(engine.press(button.token, NOW))
            for row in screen.rows
            for button in row
            if button.role is ButtonRole.BACK
        ),
        None,
    )


def follow(engine: Engine, situation: Situation) -> Screen:
    story = find_story(shorthand.write(situation.presses), engine.content, NOW, at=None, language="")
    return [screen for _, screen in replayed(engine, story)][-1]


def test_no_way_however_random_and_no_step_back_from_it_lead_to_a_place_that_was_not_explored(
    engine: Engine, exploration: Exploration
) -> None:
    chance = random.Random(20261124)
    phrases = [phrase for intent in engine.content.intents["en"] for phrase in intent.phrases[:3]]
    for walk in range(WALKS):
        flow = chance.choice(sorted(engine.content.flows))
        screen = engine.start(NOW) if walk % 2 else engine.open(flow, NOW)
        pressed: list[str] = []
        for _ in range(PRESSES):
            choices = onward(screen)
            if not choices:  # the long form of cards: from there one can only go back
                break
            if chance.random() < TYPED:
                pressed.append(f'typed "{". ".join(chance.sample(phrases, 2))}"')
                typed = engine.read(pressed[-1], NOW, state=screen.state)
                screen = screen if typed.leave else typed
            else:
                button = chance.choice(choices)
                pressed.append(button.label)
                screen = engine.press(button.token, NOW)
            assert stand(screen) in exploration.places, pressed
            before = one_back(engine, screen)
            assert before is None or before in exploration.places, [*pressed, "Back"]


def test_the_presses_that_are_told_lead_to_the_very_place(engine: Engine, exploration: Exploration) -> None:
    chance = random.Random(20261124)
    told = [
        *chance.sample(list(exploration.places), PLACES),
        *chance.sample(list(exploration.reopened), PLACES // 4),
    ]
    for place in told:
        situation = exploration.situation(place)
        assert stand(follow(engine, situation)) == place, situation


def test_back_from_an_answer_that_replaced_another_is_explored_with_the_question_open(
    engine: Engine, exploration: Exploration
) -> None:
    assert exploration.reopened
    for place, (state, _) in exploration.reopened.items():
        assert Stand(state.step, state.view, state.answers) == place
        before, label = exploration.came_from(place)
        assert before is not None
        assert set(place.answers) <= set(before.answers), label
