"""Which places share a screen, so that it is drawn once for all of them."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from datetime import datetime

from bot.checks.places import Combinations, Node, Stand
from bot.checks.sorting import NOTHING, Served, Shown, Sorting
from bot.content.model import NATION, OUTSIDE, WHO, Clause, Step, StepId
from bot.content.schema import Risk
from bot.dialogue.engine import Engine
from bot.dialogue.places import MENU
from bot.dialogue.state import View


class Grouping:
    """Tells which places share a screen at one moment.

    A step's screen depends on whether each condition of it, and of the steps it leads to, holds; on which services its
    signpost shows and what it asks; on whether the person lives abroad, whose clock and numbers are others; and on
    whether they have said who they are where the flow itself tells that.
    """

    def __init__(self, engine: Engine, now: datetime, combinations: Combinations | None = None) -> None:
        self.combinations = combinations or Combinations()
        self.served = Served(engine.signposting, engine.content, self.combinations)
        self._content = engine.content
        self._now = now
        self._clauses: dict[Clause, Sorting[bool]] = {}
        self._of_steps: dict[StepId, Sequence[Sorting[bool]]] = {}
        nation, who = self._content.answers[NATION], self._content.answers[WHO]
        abroad = {value.code for value in nation.values if value.id == OUTSIDE}
        self._abroad = Sorting(self.combinations, lambda answers: answers.get(nation.code) in abroad)
        self._said_who = Sorting(self.combinations, lambda answers: who.code in answers)

    def key(self, stand: Stand) -> Hashable:
        """The same for two places whose screens cannot differ."""
        ((key, _),) = self.split((stand.step, stand.view), 1 << self.combinations.number(stand.answers))
        return (key, stand.typed) if stand.typed is not None else key

    def split(self, node: Node, people: int) -> Iterator[tuple[Hashable, int]]:
        """These people at a node by the screen that they see there, each part with what tells it from all others."""
        step = self._content.steps.get(node[0])
        if step is None:
            yield node, people
            return
        hidden = 0
        if step.when:
            hidden = people & ~self._who_sees(step, people)
        if people & ~hidden:
            for key, part in self._by_screen(step, node[1], people & ~hidden):
                yield (node, key), part
        for seen, part in self._instead(step, hidden):
            for key, same in self._by_screen(seen, View.STEP, part):
                yield (node, "gone", seen.id, key), same

    def _who_sees(self, step: Step, people: int) -> int:
        for clause in step.when:
            people = dict(self._clause(clause).split(people)).get(True, 0)
        return people

    def _instead(self, step: Step, people: int) -> Iterator[tuple[Step, int]]:
        """What the engine shows to those from whom a step is hidden: the beginning of its flow, or else the menu."""
        start = self._content.steps[self._content.flows[step.id.flow].start]
        menu = self._content.steps[self._content.flows[MENU].start]
        seeing = self._who_sees(start, people)
        if seeing:
            yield start, seeing
        if people & ~seeing:
            yield menu, people & ~seeing

    def _by_screen(self, step: Step, view: View, people: int) -> Iterator[tuple[Hashable, int]]:
        for (shown, missing), part in self._by_services(step, people):
            if view is View.QUESTION and missing:
                yield (view, missing), part
                continue
            sortings = (self._abroad,) if view is View.DETAILS and shown else self._of_step(step)
            parts: list[tuple[tuple[Hashable, ...], int]] = [((view, shown, missing), part)]
            for sorting in sortings:
                parts = [((*key, kind), same) for key, whole in parts for kind, same in sorting.split(whole)]
            yield from parts

    def _by_services(self, step: Step, people: int) -> Iterator[tuple[Shown, int]]:
        if step.signpost is None:
            yield NOTHING, people
            return
        audience = self._content.flows[step.id.flow].audience
        urgent = step.risk is Risk.IMMEDIATE
        yield from self.served.at(self._now, step.signpost, audience, urgent=urgent).split(people)

    def _of_step(self, step: Step) -> Sequence[Sorting[bool]]:
        if step.id not in self._of_steps:
            steps = self._content.steps
            start = steps[self._content.flows[step.id.flow].start]
            clauses = [*step.when, *start.when, *(clause for line in step.say for clause in line.when)]
            for choice in step.choices:
                target = steps.get(choice.target)
                clauses += (*choice.when, *(target.when if target else ()))
            sortings = [self._abroad, *(self._clause(clause) for clause in dict.fromkeys(clauses))]
            if len(self._content.flows[step.id.flow].audience) == 1:
                sortings.append(self._said_who)
            self._of_steps[step.id] = sortings
        return self._of_steps[step.id]

    def _clause(self, clause: Clause) -> Sorting[bool]:
        if clause not in self._clauses:
            self._clauses[clause] = Sorting(self.combinations, clause.holds)
        return self._clauses[clause]
