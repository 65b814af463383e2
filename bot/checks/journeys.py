"""Which places follow from which by the buttons that authors wrote and the questions that the engine asks."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from functools import cached_property

from bot.checks.exploration import Exploration, Move, Sighting, Stand, described
from bot.checks.finding import Situation
from bot.content.model import StepId
from bot.dialogue.screen import ButtonRole, Screen
from bot.dialogue.state import State, View


class Journeys:
    """The exploration as a map to travel on. Made once for all rules.

    Long forms of cards (`View.DETAILS`) are left out: from there one can only go back. Where a quick exploration
    left out a place, the first one met of the same step stands for it.
    """

    def __init__(self, exploration: Exploration) -> None:
        self.exploration = exploration
        self._groups = {member: group for group, members in exploration.members.items() for member in members}
        self._onward = {group: _onward(sighting) for group, sighting in exploration.sightings.items()}
        self._first: dict[tuple[StepId, View], Stand] = {}
        for stand in exploration.sightings:
            self._first.setdefault((stand.step, stand.view), stand)

    def knows(self, stand: Stand) -> bool:
        """Whether this very place was explored."""
        return stand in self._groups

    def group(self, stand: Stand) -> Stand:
        """The first of all places that share this one's screen."""
        return self._groups.get(stand) or self._groups[self._first[stand.step, stand.view]]

    def sighting(self, stand: Stand) -> Sighting:
        """The screen of a place."""
        return self.exploration.sightings[self.group(stand)]

    def screen(self, stand: Stand) -> Screen:
        """What is shown there, drawn for this very place if it was left out."""
        if self.knows(stand):
            return self.sighting(stand).screen
        return self.exploration.engine.draw(State(stand.step, stand.view, stand.answers), self.exploration.now)

    def onward(self, stand: Stand) -> Iterator[tuple[Move, Stand]]:
        """Each button that says something about oneself or takes a way that an author laid, and where it leads."""
        for move in self._onward[self.group(stand)]:
            there = move.after(stand.answers) if move.given else Stand(move.step, move.view, stand.answers)
            yield move, there if there in self._groups else self._first[there.step, there.view]

    @cached_property
    def from_menu(self) -> dict[Stand, tuple[Stand | None, str]]:
        """Every place reached from the menu without *Get help now*, nearest first, with the press that leads there."""
        menu = next(iter(self.exploration.came_from))
        found: dict[Stand, tuple[Stand | None, str]] = {menu: (None, menu.step.flow)}
        todo = deque([menu])
        while todo:
            here = todo.popleft()
            for move, there in self.onward(here):
                if there not in found:
                    found[there] = (here, move.button.label)
                    todo.append(there)
        return found

    def situation(self, stand: Stand) -> Situation:
        """The shortest way from the menu to a place."""
        presses: list[str] = []
        here: Stand | None = stand
        while here is not None:
            here, label = self.from_menu[here]
            presses.append(label)
        return Situation(tuple(reversed(presses)), described(stand.answers, self.exploration.engine.content))


def _onward(sighting: Sighting) -> tuple[Move, ...]:
    return tuple(
        move
        for move in sighting.moves
        if move.button.role in {ButtonRole.CHOICE, ButtonRole.ANSWER}
        or (move.button.role is ButtonRole.DETAILS and move.view is View.QUESTION)
    )
