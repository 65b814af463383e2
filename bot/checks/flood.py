"""Which places can be reached from some others, found press by press, for many combinations of answers at once."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator
from typing import NamedTuple

from bot.checks.places import Combinations, Move, Node, Stand, numbers_in
from bot.content.model import StepId
from bot.dialogue.state import View


class _Arrival(NamedTuple):
    """People who came to a node by one button that answers nothing: they come with what they had."""

    people: int
    before: Node
    label: str


class Flood:
    """Places reached so far. People at one node are an integer with a bit for each combination of their answers.

    Whoever spreads it takes one layer after the other, so that each place is met on one of its shortest ways.
    """

    def __init__(self, combinations: Combinations) -> None:
        self.combinations = combinations
        self._reached: dict[Node, int] = {}
        self._waiting: dict[Node, int] = {}
        self._arrivals: dict[Node, list[_Arrival]] = {}
        self._single: dict[tuple[Node, int], tuple[Stand | None, str]] = {}

    def __contains__(self, stand: Stand) -> bool:
        number = self.combinations.known(stand.answers)
        return number is not None and stand.typed is None and self.has((stand.step, stand.view), number)

    def __iter__(self) -> Iterator[Stand]:
        for node, people in self._reached.items():
            yield from self.stands(node, people)

    def __len__(self) -> int:
        return sum(people.bit_count() for people in self._reached.values())

    @property
    def people(self) -> int:
        """Everybody who was met anywhere."""
        people = 0
        for here in self._reached.values():
            people |= here
        return people

    def has(self, node: Node, number: int) -> bool:
        """Whether people with this combination of answers come there."""
        return bool(self._reached.get(node, 0) >> number & 1)

    def at(self, node: Node) -> int:
        """Everybody who comes to a node."""
        return self._reached.get(node, 0)

    def stands(self, node: Node, people: int) -> Iterator[Stand]:
        """These people at this node, one by one."""
        everything = self.combinations.all
        for number in numbers_in(people):
            yield Stand(node[0], node[1], everything[number])

    def first(self, people: int, among: Container[StepId]) -> Iterator[tuple[int, Stand]]:
        """For each of these combinations its number, and a place where people soon come to have it."""
        for node, here in self._reached.items():
            if node[0] in among and people & here:
                for stand in self.stands(node, people & here):
                    yield self.combinations.number(stand.answers), stand
                people &= ~here

    def arrive(self, node: Node, people: int, before: Node, label: str) -> None:
        """People come to ``node`` from ``before`` with the answers they had there."""
        new = people & ~self._reached.get(node, 0)
        if new and (new := self._wanted(node, new)):
            self._add(node, new)
            self._arrivals.setdefault(node, []).append(_Arrival(new, before, label))

    def arrive_alone(self, node: Node, number: int, before: Stand | None, label: str) -> bool:
        """Somebody comes to ``node``, perhaps with answers they did not have ``before``; whether that is new."""
        if self.has(node, number) or not self._wanted(node, 1 << number):
            return False
        self._add(node, 1 << number)
        self._single[node, number] = (before, label)
        return True

    def press(self, node: Node, people: int, move: Move) -> None:
        """These people at ``node`` press a button."""
        there = (move.step, move.view)
        if not move.given:
            self.arrive(there, people, node, move.button.label)
            return
        for stand in self.stands(node, people):
            number = self.combinations.after(self.combinations.number(stand.answers), move.given)
            self.arrive_alone(there, number, stand, move.button.label)

    def layer(self) -> dict[Node, int]:
        """Everybody who has arrived since this was last asked."""
        layer, self._waiting = self._waiting, {}
        return layer

    def came_from(self, stand: Stand) -> tuple[Stand | None, str]:
        """The place before it on a shortest way, None for a way in, and what was pressed there or how they came in.

        Raises KeyError for a place that nobody reached.
        """
        node = (stand.step, stand.view)
        number = self.combinations.known(stand.answers)
        if number is not None:
            if (single := self._single.get((node, number))) is not None:
                return single
            for arrival in self._arrivals.get(node, ()):
                if arrival.people >> number & 1:
                    step, view = arrival.before
                    return Stand(step, view, stand.answers), arrival.label
        raise KeyError(stand)

    def _wanted(self, _node: Node, people: int) -> int:
        """Those who are followed, of people who were never at a node before."""
        return people

    def _add(self, node: Node, people: int) -> None:
        self._reached[node] = self._reached.get(node, 0) | people
        self._waiting[node] = self._waiting.get(node, 0) | people


class Sample(Flood):
    """Follows people to a step only while they bring an answer that nobody has brought there before.

    That sees every step with every answer, but not with every combination of answers. The long form of the cards is
    met once: from there one can only go back.
    """

    def __init__(self, combinations: Combinations, codes: Collection[int]) -> None:
        """``codes``: of all answers that there are. One that was not given counts as an answer as well."""
        super().__init__(combinations)
        self._codes = codes
        self._brought: dict[Node, set[tuple[int, int]]] = {}

    def _wanted(self, node: Node, people: int) -> int:
        met = self._brought.setdefault(node, set())
        wanted = 0
        for number in numbers_in(people):
            if met and node[1] is View.DETAILS:
                break
            given = dict(self.combinations.all[number])
            answers = {(code, given.get(code, 0)) for code in self._codes}
            if not answers <= met:
                met |= answers
                wanted |= 1 << number
        return wanted
