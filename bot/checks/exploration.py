"""Every screen that can be reached, drawn by the engine that runs in production.

Two places whose screens cannot differ are drawn once (`bot.checks.grouping`); which answers people can arrive with is
followed for all their combinations. People press, come by links, and type: the words may be about anything that the
phrases know, wherever they are typed.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Final

from bot.checks.finding import Situation, WayIn
from bot.checks.flood import Flood, Sample
from bot.checks.grouping import Grouping
from bot.checks.places import Answers, Combinations, Move, Node, Sighting, Stand, described
from bot.checks.sorting import Sorting
from bot.checks.typed_words import Meanings, TakenFor, draw_typed
from bot.content.collecting import collecting_later
from bot.content.model import Content, Step, StepId
from bot.dialogue.engine import Engine
from bot.dialogue.places import LANGUAGE, NOT_MEANT
from bot.dialogue.screen import ButtonRole, Screen
from bot.dialogue.state import TRAIL_LENGTH, State, View
from bot.dialogue.token import Decoder, Gone
from bot.dialogue.travel import after, back

_FOLLOWED: Final = frozenset(
    {ButtonRole.CHOICE, ButtonRole.ANSWER, ButtonRole.DETAILS, ButtonRole.EMERGENCY, ButtonRole.LANGUAGE}
)
"""Back leads where one was, and start again and leave to where every exploration begins or ends."""


@dataclass(slots=True)
class Exploration:
    """All that was reached, and the shortest way to each place."""

    engine: Engine
    now: datetime
    places: Flood
    grouping: Grouping
    meanings: Meanings
    sightings: dict[Stand, Sighting] = field(default_factory=dict)
    """Group (its first place) → its screen."""
    reopened: dict[Stand, tuple[State, int]] = field(default_factory=dict)
    """Places come to by *Back*, where an answer that had replaced another was taken back: it is open again there. Their
    state, and how often *Back* was pressed after the button that `came_from` names."""
    typed: dict[Stand, tuple[Stand | None, str]] = field(default_factory=dict)
    """Places that only typed words bring up → where they are typed (None: at the beginning), and the words."""
    _groups: dict[Hashable, Stand] = field(default_factory=dict)
    _members: dict[Stand, int] = field(default_factory=dict)
    _said: dict[tuple[int, ...], Sorting[tuple[int, ...]]] = field(default_factory=dict)

    def came_from(self, stand: Stand) -> tuple[Stand | None, str]:
        """The place before it, None for a way in, and the label pressed there or how people came in.

        Raises KeyError for a place that nobody reached.
        """
        return self.typed[stand] if stand.typed is not None else self.places.came_from(stand)

    def group(self, stand: Stand) -> Stand:
        """The first of all places that share this one's screen. Raises KeyError for a screen that nobody reached."""
        return self._groups[self.grouping.key(stand)]

    def groups_of(self, node: Node, people: int) -> Iterator[tuple[Stand, int]]:
        """These people at a node by their group."""
        for key, part in self.grouping.split(node, people):
            yield self._groups[key], part

    def people(self, group: Stand) -> int:
        """Everybody in a group, as `Flood` counts them."""
        return self._members[group]

    def seeing(self, step: StepId) -> int:
        """Everybody who comes to a step and is shown it, not another one in its place."""
        people = 0
        for group, part in self.groups_of((step, View.STEP), self.places.at((step, View.STEP))):
            if self.sightings[group].screen.state.step == step:
                people |= part
        return people

    def members(self, group: Stand) -> Iterator[Stand]:
        """Every place in a group."""
        if group.typed is not None:
            yield group
        else:
            yield from self.places.stands((group.step, group.view), self._members[group])

    def different(self, group: Stand, codes: tuple[int, ...]) -> Iterator[Stand]:
        """Of a group, the first of all who have said the same about these answers (their codes)."""
        if group.typed is not None:
            yield group
            return
        if codes not in self._said:
            kind = lambda answers: tuple(answers.get(code, 0) for code in codes)  # noqa: E731
            self._said[codes] = Sorting(self.places.combinations, kind)
        for _, people in self._said[codes].split(self._members[group]):
            yield next(self.places.stands((group.step, group.view), people))

    def situation(self, stand: Stand, moment: datetime | None = None) -> Situation:
        """The shortest way to a place, as a person would tell it."""
        presses: list[str] = []
        here: Stand | None = stand
        while here is not None:
            if here in self.reopened:
                presses.extend([self.engine.text("button_back")] * self.reopened[here][1])
            here, label = self.came_from(here)
            presses.append(self._as_typed(label))
        return Situation(tuple(reversed(presses)), described(stand.answers, self.engine.content), moment)

    def _as_typed(self, label: str) -> str:
        """Real words for what words are taken for, where there are any to show."""
        taken = TakenFor.read(label) if isinstance(label, WayIn) else None
        words = self.meanings.words(taken, self.now) if taken is not None else None
        return label if words is None else WayIn(f'typed "{words}"')

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

    def state(self, stand: Stand) -> State:
        """A place with the trail that its shortest way leaves."""
        way: list[Stand] = []
        here: Stand | None = stand
        while here is not None:
            way.append(here)
            if here in self.reopened:
                break
            here, _ = self.came_from(here)
        way.reverse()
        first = way[0]
        state = self.reopened[first][0] if first in self.reopened else State(first.step, first.view, first.answers)
        for before, there in pairwise(way):
            given = tuple(item for item in there.answers if item not in before.answers)
            onward = there.view is View.STEP
            state = after(state, there.step, given) if onward else state._replace(view=there.view)
        return state


def explore(
    engine: Engine, now: datetime, progress: Callable[[str], None] = lambda _: None, *, quick: bool = False
) -> Exploration:
    """Follow every button from every way in: the menu, a link to each flow, and all that typed words can be about.

    ``quick`` follows a sample of people (`bot.checks.flood.Sample`), and meets each flow but once among what words may
    mean.
    """
    combinations = Combinations()
    places = Sample(combinations, tuple(engine.content.answers_by_code)) if quick else Flood(combinations)
    grouping = Grouping(engine, now, combinations)
    found = Exploration(engine, now, places, grouping, Meanings(engine, quick=quick))
    for step, way_in in ways_in(engine, now):
        found.places.arrive_alone((step, View.STEP), combinations.number(()), None, way_in)
    with collecting_later():
        _Exploring(found, progress).explore()
    return found


def ways_in(engine: Engine, now: datetime) -> Iterator[tuple[StepId, WayIn]]:
    """How a conversation can begin."""
    yield engine.start(now).state.step, WayIn("menu")
    for flow in engine.content.flows:
        yield engine.open(flow, now).state.step, WayIn(f"link {flow}")
    yield engine.open(LANGUAGE.flow, now).state.step, WayIn("link language")
    for step, taken in Meanings(engine).ways_in():
        yield step, WayIn(str(taken))


class _Exploring:
    """What is needed while an exploration is made."""

    def __init__(self, found: Exploration, progress: Callable[[str], None]) -> None:
        self._found = found
        self._progress = progress
        self._decoder = Decoder(found.engine.content)
        self._open: set[tuple[Stand, frozenset[int]]] = set()
        """Places that were reached, with all that *Back* leads through from there, without certain answers too."""

    def explore(self) -> None:
        """Follow everybody wherever they go; whoever has answered something can still type anything."""
        self.spread()
        have_typed = 0
        while new := self._found.places.people & ~have_typed:
            have_typed |= new
            self.type(new)
            self.spread()
        self.offer()

    def spread(self) -> None:
        """Follow everybody who has arrived until nobody comes to a place that is new to them."""
        found = self._found
        while layer := found.places.layer():
            for node, people in layer.items():
                for key, part in found.grouping.split(node, people):
                    group = self._group(key, node, part)
                    found._members[group] = found._members.get(group, 0) | part
                    for move in self._followed(group):
                        self._press(node, part, move)

    def type(self, people: int) -> None:
        """Let people with these answers type all that can be understood, where they first had them."""
        found, meanings = self._found, self._found.meanings
        correction = meanings.correction()
        not_meant = found.engine.text("button_not_meant")
        for number, first in list(found.places.first(people, found.engine.content.steps)):
            before = first if first.answers else None
            for step, taken in meanings.ways_in():
                found.places.arrive_alone((step, View.STEP), number, before, WayIn(str(taken)))
            if correction is not None:
                step, typed = correction.leads_to(found.engine.content)
                there = Stand(step, View.STEP, first.answers, typed)
                found.typed[there] = (before, WayIn(str(correction)))
                found.places.arrive_alone((NOT_MEANT, View.STEP), number, there, not_meant)

    def offer(self) -> None:
        """Draw what only typed words bring up: see `Meanings.screens`."""
        found = self._found
        for step, _ in found.meanings.ways_in():
            node = (step, View.STEP)
            groups = [group for group, _ in found.groups_of(node, found.places.at(node))]
            for group, typed, taken in found.meanings.screens(step, groups):
                stand = group._replace(typed=typed)
                if stand not in found.sightings:
                    found.typed[stand] = (group if group.answers else None, WayIn(str(taken)))
                    self._sight(stand)

    def _group(self, key: Hashable, node: Node, people: int) -> Stand:
        found = self._found
        group = found._groups.get(key)
        if group is None:
            group = found._groups[key] = next(found.places.stands(node, people & -people))
            self._sight(group)
        return group

    def _sight(self, stand: Stand) -> None:
        found = self._found
        found.sightings[stand] = sight(found.engine, self._decoder, stand, found.state(stand), found.now)
        if len(found.sightings) % 500 == 0:
            self._progress(f"{len(found.sightings)} screens")

    def _followed(self, group: Stand) -> Iterator[Move]:
        for move in self._found.sightings[group].moves:
            # From the list of languages one goes back to where one was.
            if move.button.role in _FOLLOWED and (group.step != LANGUAGE or move.button.role is ButtonRole.EMERGENCY):
                yield move

    def _press(self, node: Node, people: int, move: Move) -> None:
        places = self._found.places
        places.press(node, people, move)
        if not move.given:
            return
        for stand in places.stands(node, people):
            if replaced := _replaced(stand.answers, move.given):
                self._return(stand, move, replaced)

    def _return(self, before: Stand, move: Move, replaced: frozenset[int]) -> None:
        """Follow *Back* from where a button leads, to places at which what it ``replaced`` is open now.

        Any other way back leads to places as they were met, without what was given there. Each place is gone back from
        along the shortest way there, once; not along every way, and not in all combinations.
        """
        found = self._found
        if self._is_open(before, replaced):
            return
        state = after(found.state(before), move.step, move.given)
        for presses in range(1, TRAIL_LENGTH + 1):
            earlier = back(state)
            if earlier is None:
                return
            state = earlier
            place = Stand(state.step, state.view, state.answers)
            number = found.places.combinations.number(state.answers)
            if found.places.arrive_alone((state.step, state.view), number, before, move.button.label):
                found.reopened[place] = (state, presses)

    def _is_open(self, before: Stand, codes: frozenset[int]) -> bool:
        """Whether the steps that *Back* leads through from the next place on are all reached without these answers."""
        way: list[Stand] = []
        here: Stand | None = before
        while here is not None and len(way) < TRAIL_LENGTH:
            if (here, codes) in self._open:
                break
            if here.view is View.STEP:
                if _without(here, codes) not in self._found.places:
                    return False
                way.append(here)
            here, _ = self._found.came_from(here)
        else:
            if here is not None:  # the way is longer than the trail: no more is known than of its last step
                way = way[:1]
        self._open.update((stand, codes) for stand in way)
        return True


def _replaced(answers: Answers, given: Answers) -> frozenset[int]:
    """The codes of the answers that a button changes for somebody who came with ``answers``."""
    before = dict(answers)
    return frozenset(code for code, value in given if before.get(code, value) != value)


def _without(stand: Stand, codes: Container[int]) -> Stand:
    return stand._replace(answers=tuple(item for item in stand.answers if item[0] not in codes))


def sight(engine: Engine, decoder: Decoder, stand: Stand, state: State, now: datetime) -> Sighting:
    """The screen of a place that one has come to as ``state`` says, and what its buttons do."""
    screen = draw_typed(engine, state, now, stand.typed) if stand.typed is not None else engine.draw(state, now)
    moves = []
    recorded = _recorded(screen, engine.content)
    for button in screen.buttons:
        there = decoder.decode(button.token)
        if isinstance(there, Gone):
            raise AssertionError(f"the engine made a button to {there.flow}, which is gone")  # noqa: TRY004
        # What a choice records it records for everybody, also for those of the group who had said otherwise.
        always = recorded.get((button.label, there.step), ())
        given = tuple(item for item in there.answers if item not in state.answers or item in always)
        moves.append(Move(button, there.step, there.view, given, there))
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
