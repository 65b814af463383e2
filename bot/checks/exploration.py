"""Every screen that can be reached, drawn by the engine that runs in production.

Two places whose screens cannot differ are drawn once. A step's screen depends on the answers that its conditions and
those of the steps it leads to look at, and on which services its signpost may show; so places are grouped by step,
view and those. Which answers people can arrive with is followed one by one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Container, Hashable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from bot.checks.finding import Situation
from bot.content.model import AGE, NATION, WHO, Content, Step, StepId
from bot.dialogue.engine import Engine
from bot.dialogue.places import LANGUAGE, NOT_MEANT, WHICH
from bot.dialogue.screen import Button, ButtonRole, Screen
from bot.dialogue.state import TRAIL_LENGTH, State, View
from bot.dialogue.token import Decoder, Gone
from bot.dialogue.travel import after, back, fresh

Answers = tuple[tuple[int, int], ...]

_FOLLOWED = frozenset({ButtonRole.CHOICE, ButtonRole.ANSWER, ButtonRole.DETAILS, ButtonRole.EMERGENCY})
"""Back leads where one was, and start again and leave to where every exploration begins or ends."""


class Stand(NamedTuple):
    """A place people can reach: step, view and everything answered on the way. A tuple, since it is looked up often."""

    step: StepId
    view: View
    answers: Answers


@dataclass(frozen=True, slots=True)
class Move:
    """A button of a group of places: where it leads, and what it answers there."""

    button: Button
    step: StepId
    view: View
    given: Answers

    def after(self, answers: Answers) -> Stand:
        """Where it leads somebody who came with ``answers``."""
        return Stand(self.step, self.view, tuple(sorted({**dict(answers), **dict(self.given)}.items())))


@dataclass(frozen=True, slots=True)
class Sighting:
    """A screen, and what its buttons do. ``state`` is one of the states it was drawn for."""

    screen: Screen
    state: State
    moves: tuple[Move, ...]


@dataclass(slots=True)
class Exploration:
    """All that was reached. ``came_from`` tells for each place the place before it and the label pressed there."""

    engine: Engine
    now: datetime
    sightings: dict[Stand, Sighting] = field(default_factory=dict)
    """Group (its first place) → its screen."""
    came_from: dict[Stand, tuple[Stand | None, str]] = field(default_factory=dict)
    members: dict[Stand, list[Stand]] = field(default_factory=dict)
    """Group (its first place) → every place in it, the one reached soonest first."""
    reopened: dict[Stand, tuple[State, int]] = field(default_factory=dict)
    """Places come to by *Back*, where an answer that had replaced another was taken back: it is open again there. Their
    state, and how often *Back* was pressed after the button that ``came_from`` names."""

    def situation(self, stand: Stand, moment: datetime | None = None) -> Situation:
        """The shortest way to a place, as a person would tell it."""
        presses: list[str] = []
        here: Stand | None = stand
        while here is not None:
            if here in self.reopened:
                presses.extend([self.engine.text("button_back")] * self.reopened[here][1])
            here, label = self.came_from[here]
            presses.append(label)
        return Situation(tuple(reversed(presses)), described(stand.answers, self.engine.content), moment)

    def at_steps(self) -> Iterator[tuple[Stand, Sighting, Step]]:
        """Every group that shows an author's step itself, with that step."""
        for stand, sighting, step in self.at_views():
            if sighting.screen.state.view is View.STEP:
                yield stand, sighting, step

    def at_views(self) -> Iterator[tuple[Stand, Sighting, Step]]:
        """Every group that shows an author's step, its long cards or the engine's question there, with that step."""
        for stand, sighting in self.sightings.items():
            step = self.engine.content.steps.get(sighting.screen.state.step)
            if step is not None:
                yield stand, sighting, step


def described(answers: Answers, content: Content) -> tuple[str, ...]:
    """Answers as their values' ids."""
    found = ((content.answers_by_code[code], value) for code, value in answers)
    return tuple(f"{answer.id} {value.id}" for answer, code in found if (value := answer.value(code)) is not None)


def explore(
    engine: Engine, now: datetime, progress: Callable[[str], None] = lambda _: None, *, quick: bool = False
) -> Exploration:
    """Follow every button from every way in: the menu, a link to each flow, each phrase that can be typed.

    ``quick`` follows people to a step only while they bring an answer that nobody has brought there before. That sees
    every step with every answer, but not with every combination of answers.
    """
    found = Exploration(engine, now)
    grouping = Grouping(engine)
    decoder = Decoder(engine.content)
    groups: dict[Hashable, Stand] = {}
    todo: deque[Stand] = deque()
    brought: dict[tuple[StepId, View], set[tuple[int, int]]] = {}

    def arrive(stand: Stand, before: Stand | None, label: str) -> None:
        if stand not in found.came_from and not (quick and _brings_nothing_new(stand, brought, engine.content)):
            found.came_from[stand] = (before, label)
            todo.append(stand)

    for state, label in ways_in(engine, now):
        arrive(Stand(state.step, state.view, state.answers), None, label)
    while todo:
        stand = todo.popleft()
        group = groups.setdefault(grouping.key(stand), stand)
        sighting = found.sightings.get(group)
        if sighting is None:
            sighting = found.sightings[group] = _sight(engine, decoder, stand, found, now)
            if len(found.sightings) % 500 == 0:
                progress(f"{len(found.sightings)} screens")
        found.members.setdefault(group, []).append(stand)
        for move in sighting.moves:
            if move.button.role in _FOLLOWED:
                there = move.after(stand.answers)
                arrive(there, stand, move.button.label)
                if replaced := _replaced(stand.answers, move.given):
                    _return(found, arrive, stand, move, replaced)
    return found


def _replaced(answers: Answers, given: Answers) -> frozenset[int]:
    """The codes of the answers that a button changes for somebody who came with ``answers``."""
    before = dict(answers)
    return frozenset(code for code, value in given if before.get(code, value) != value)


def _return(
    found: Exploration, arrive: Callable[[Stand, Stand, str], None], before: Stand, move: Move, replaced: Container[int]
) -> None:
    """Follow *Back* from where a button leads, to places at which what it ``replaced`` is open now.

    Any other way back leads to places as they were met, without what was given there. Each place is gone back from
    along the shortest way there, once; not along every way, and not in all combinations.
    """
    if not any(_without(here, replaced) not in found.came_from for here in _trail(before, found)):
        return
    state = after(_state(before, found), move.step, move.given)
    for presses in range(1, TRAIL_LENGTH + 1):
        earlier = back(state)
        if earlier is None:
            return
        state = earlier
        place = Stand(state.step, state.view, state.answers)
        if place not in found.came_from:
            arrive(place, before, move.button.label)
            if place in found.came_from:  # a quick exploration may leave it out
                found.reopened[place] = (state, presses)


def _trail(stand: Stand, found: Exploration) -> Iterator[Stand]:
    """The steps that *Back* leads through from the next place on, the last first."""
    here: Stand | None = stand
    for _ in range(TRAIL_LENGTH):
        while here is not None and here.view is not View.STEP:
            here, _ = found.came_from[here]
        if here is None:
            return
        yield here
        here, _ = found.came_from[here]


def _without(stand: Stand, codes: Container[int]) -> Stand:
    return stand._replace(answers=tuple(item for item in stand.answers if item[0] not in codes))


def _brings_nothing_new(
    stand: Stand, brought: dict[tuple[StepId, View], set[tuple[int, int]]], content: Content
) -> bool:
    """Whether each of its answers, given or not (0), has been met at this step and view before; it has now.

    The long form of the cards is met once: from there one can only go back.
    """
    given = dict(stand.answers)
    answers = {(code, given.get(code, 0)) for code in content.answers_by_code}
    met = brought.setdefault((stand.step, stand.view), set())
    if met and stand.view is View.DETAILS:
        return True
    news = answers - met
    met |= news
    return not news


def ways_in(engine: Engine, now: datetime) -> Iterator[tuple[State, str]]:
    """How a conversation can begin."""
    yield engine.start(now).state, "menu"
    for flow in engine.content.flows:
        yield engine.open(flow, now).state, f"link {flow}"
    yield engine.open(LANGUAGE.flow, now).state, "link language"
    for choice in (WHICH, NOT_MEANT):
        if choice in engine.content.steps:
            yield fresh(choice), f"typed words, {choice.step}"
    for intents in engine.content.intents.values():
        for intent in intents:
            for phrase in intent.phrases[:1]:
                yield engine.read(phrase, now).state, f'typed "{phrase}"'


class Grouping:
    """Tells which places share a screen."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        content = engine.content
        self._conditions = {step.id: _conditions(step, content) for step in content.steps.values()}
        self._person = frozenset(content.answers[id_].code for id_ in (WHO, NATION, AGE))
        self._who = content.answers[WHO].code
        self._implying = frozenset(flow.id for flow in content.flows.values() if len(flow.audience) == 1)
        self._outlooks: dict[Hashable, Hashable] = {}

    def key(self, stand: Stand) -> Hashable:
        """The same for two places whose screens cannot differ."""
        step = self._engine.content.steps.get(stand.step)
        if step is None:
            return stand.step, stand.view
        codes = self._conditions[step.id]
        seen = tuple(item for item in stand.answers if item[0] in codes)
        # A flow for one audience tells who somebody is who has not said so.
        implies = step.id.flow in self._implying and all(code != self._who for code, _ in stand.answers)
        return stand.step, stand.view, seen, implies, self._outlook(step, stand)

    def _outlook(self, step: Step, stand: Stand) -> Hashable:
        if step.signpost is None:
            return None
        person = tuple(item for item in stand.answers if item[0] in self._person)
        audience = self._engine.content.flows[step.id.flow].audience
        key = (step.signpost, audience, person)
        if key not in self._outlooks:
            self._outlooks[key] = self._engine.signposting.outlook(step.signpost, dict(person), audience)
        return self._outlooks[key]


def _conditions(step: Step, content: Content) -> frozenset[int]:
    """The codes of the answers that decide which of a step's words and buttons show."""
    codes = {content.answers[NATION].code}  # the number of an immediate screen, and whose clock is meant
    codes.update(clause.answer for line in step.say for clause in line.when)
    for choice in step.choices:
        target = content.steps.get(choice.target)
        codes.update(clause.answer for clause in (*choice.when, *(target.when if target else ())))
    start = content.flows[step.id.flow].start
    codes.update(clause.answer for clause in (*step.when, *content.steps[start].when))
    return frozenset(codes)


def _sight(engine: Engine, decoder: Decoder, stand: Stand, found: Exploration, now: datetime) -> Sighting:
    state = _state(stand, found)
    screen = engine.draw(state, now)
    moves = []
    recorded = _recorded(screen, engine.content)
    for button in screen.buttons:
        there = decoder.decode(button.token)
        if isinstance(there, Gone):
            raise AssertionError(f"the engine made a button to {there.flow}, which is gone")  # noqa: TRY004
        # What a choice records it records for everybody, also for those of the group who had said otherwise.
        always = recorded.get((button.label, there.step), ())
        given = tuple(item for item in there.answers if item not in state.answers or item in always)
        moves.append(Move(button, there.step, there.view, given))
    return Sighting(screen, state, tuple(moves))


def _recorded(screen: Screen, content: Content) -> dict[tuple[str, StepId], Answers]:
    """What each button of the author's own records, by its label and where it leads."""
    step = content.steps.get(screen.state.step)
    if step is None or screen.state.view is not View.STEP:
        return {}
    found: dict[tuple[str, StepId], Answers] = {}
    for choice in step.choices:
        if choice.answers:
            key = (choice.label, choice.target)
            found[key] = (*found.get(key, ()), *choice.answers)
    return found


def _state(stand: Stand, found: Exploration) -> State:
    """The place with the trail that its shortest way leaves."""
    way: list[Stand] = []
    here: Stand | None = stand
    while here is not None:
        way.append(here)
        if here in found.reopened:
            break
        here, _ = found.came_from[here]
    way.reverse()
    first = way[0]
    state = found.reopened[first][0] if first in found.reopened else State(first.step, first.view, first.answers)
    for before, there in pairwise(way):
        given = tuple(item for item in there.answers if item not in before.answers)
        onward = there.view is View.STEP
        state = after(state, there.step, given) if onward else state._replace(view=there.view)
    return state
