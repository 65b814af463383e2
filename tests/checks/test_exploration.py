"""What is called every screen is every screen: wherever people press their way to, the check has been there."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.checks.exploration import Exploration, explore
from bot.checks.finding import Situation
from bot.checks.places import Answers, Stand
from bot.checks.stories import shorthand
from bot.checks.stories.replay import find_story, replayed
from bot.content.model import AGE, NATION, OUTSIDE, WHO, StepId
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


def thinkable(answers: Answers, step: StepId, engine: Engine) -> Iterator[dict[int, int]]:
    """Everybody in the United Kingdom whom the flow may take somebody for who has answered only this."""
    content = engine.content
    who, nation, age = (content.answers[id_] for id_ in (WHO, NATION, AGE))
    given = dict(answers)
    audience = content.flows[step.flow].audience
    roles = [value for value in who.values if not audience or value.id in audience] or list(who.values)
    role = who.value(given.get(who.code, 0)) or roles[0]  # the youngest it speaks to
    assumed = role.assume.get(AGE)
    for place in [nation.value(given.get(nation.code, 0))] if nation.code in given else nation.values:
        for band in [age.value(given.get(age.code, 0))] if age.code in given else age.values:
            assert place is not None
            assert band is not None
            here = nation.code in given or place.id != OUTSIDE
            if here and (age.code in given or assumed is None or band.id in assumed):
                yield {who.code: role.code, nation.code: place.code, age.code: band.code}


def test_an_answer_taken_back_leaves_only_services_that_are_for_everybody_it_may_be(
    engine: Engine, exploration: Exploration
) -> None:
    shown = 0
    for place in exploration.reopened:
        screen = exploration.sightings[exploration.group(place)].screen
        for person in thinkable(place.answers, place.step, engine) if screen.cards else ():
            shown += 1
            for card in screen.cards:
                assert engine.signposting.serves(card.service, person, ()), (place, card.service, person)
    assert shown > PLACES
