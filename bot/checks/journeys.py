"""Which places follow from which by the buttons that authors wrote and the questions that the engine asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.checks.exploration import Exploration
from bot.checks.finding import Situation, WayIn
from bot.checks.flood import Flood
from bot.checks.places import Move, Node, Sighting, Stand, described
from bot.dialogue.places import MENU
from bot.dialogue.screen import ButtonRole
from bot.dialogue.state import View


@dataclass(frozen=True, slots=True)
class Reached:
    """People of one group (as `Flood` counts them) who come to it first after so many presses."""

    presses: int
    group: Stand
    people: int


class Journeys:
    """The exploration as a map to travel on. Made once for all rules.

    Long forms of cards (`View.DETAILS`) are left out: from there one can only go back.
    """

    def __init__(self, exploration: Exploration) -> None:
        self.exploration = exploration
        self._onward = {group: _onward(sighting) for group, sighting in exploration.sightings.items()}
        self._from_menu = Flood(exploration.places.combinations)

    def onward(self, group: Stand) -> Sequence[Move]:
        """Each button of a group that says something about oneself or takes a way that an author laid."""
        return self._onward[group]

    @cached_property
    def from_menu(self) -> tuple[Reached, ...]:
        """Everybody who is reached from the menu without *Get help now* and without typing, nearest first."""
        flood = self._from_menu
        places = self.exploration.places
        menu = self.exploration.engine.content.flows[MENU].start
        flood.arrive_alone((menu, View.STEP), places.combinations.number(()), None, WayIn(MENU))
        found: list[Reached] = []
        presses = 0
        while layer := flood.layer():
            for node, people in layer.items():
                # Whom a quick exploration left out, those who were met there stand for.
                known = people & places.at(node) or places.at(node)
                for group, part in self.exploration.groups_of(node, known):
                    found.append(Reached(presses, group, part))
                    for move in self._onward[group]:
                        flood.press(node, part, move)
            presses += 1
        return tuple(found)

    def situation(self, stand: Stand) -> Situation:
        """The shortest way from the menu to a place."""
        if stand not in self._from_menu:  # a quick exploration left out who would come this way
            return self.exploration.situation(stand)
        presses: list[str] = []
        here: Stand | None = stand
        while here is not None:
            here, label = self._from_menu.came_from(here)
            presses.append(label)
        return Situation(tuple(reversed(presses)), described(stand.answers, self.exploration.engine.content))

    def first(self, reached: Reached) -> Stand:
        """One of the people who are reached."""
        group = reached.group
        return next(self.exploration.places.stands((group.step, group.view), reached.people))

    def backwards(self) -> dict[Node, list[tuple[Stand, Move]]]:
        """For each node the groups from which a button leads there, and which one."""
        found: dict[Node, list[tuple[Stand, Move]]] = {}
        for group, moves in self._onward.items():
            if group.typed is None:
                for move in moves:
                    found.setdefault((move.step, move.view), []).append((group, move))
        return found

    def groups(self) -> Iterator[tuple[Stand, Sighting, int]]:
        """Every group of people who come somewhere whichever way, with its screen."""
        for group, sighting in self.exploration.sightings.items():
            if group.typed is None:
                yield group, sighting, self.exploration.people(group)


def _onward(sighting: Sighting) -> tuple[Move, ...]:
    return tuple(
        move
        for move in sighting.moves
        if move.button.role in {ButtonRole.CHOICE, ButtonRole.ANSWER}
        or (move.button.role is ButtonRole.DETAILS and move.view is View.QUESTION)
    )
