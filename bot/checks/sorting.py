"""Combinations of answers sorted by what decides about a screen, many at a time.

People are an integer with a bit for each combination of answers (`bot.checks.places.Combinations`).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import product
from typing import Final, Generic, TypeVar

from bot.checks.places import Combinations, numbers_in
from bot.content.model import AGE, NATION, WHO, Content, Signpost
from bot.dialogue.signposting import Signposting, Worlds

Shown = tuple[tuple[str, ...], str]
"""The services on a screen, and the id of the answer that it asks for (empty: none)."""

NOTHING: Final[Shown] = ((), "")

_Person = tuple[int, int, int]
"""The codes of the values of who, nation and age; 0 where nothing is said."""


_Kind = TypeVar("_Kind", bound=Hashable)


class Sorting(Generic[_Kind]):
    """Everybody by one property of their answers. Each combination is sorted when it is first asked for."""

    def __init__(self, combinations: Combinations, kind: Callable[[Mapping[int, int]], _Kind]) -> None:
        self._combinations = combinations
        self._kind = kind
        self._kinds: dict[_Kind, int] = {}
        self._sorted = 0

    def split(self, people: int) -> Iterator[tuple[_Kind, int]]:
        """These people by kind."""
        if new := people & ~self._sorted:
            self._sort(new)
        for kind, everybody in self._kinds.items():
            if part := people & everybody:
                yield kind, part

    def _sort(self, people: int) -> None:
        everything = self._combinations.all
        for number in numbers_in(people):
            kind = self._kind(dict(everything[number]))
            self._kinds[kind] = self._kinds.get(kind, 0) | 1 << number
        self._sorted |= people


class Served:
    """People by which services a signpost has for them. Asks the signposting once for all who share that."""

    def __init__(self, signposting: Signposting, content: Content, combinations: Combinations) -> None:
        self._signposting = signposting
        self._combinations = combinations
        self._answers = tuple(content.answers[id_] for id_ in (WHO, NATION, AGE))
        codes = ((0, *answer.by_code) for answer in self._answers)
        self._persons: tuple[_Person, ...] = tuple((who, nation, age) for who, nation, age in product(*codes))
        self._numbers = {person: number for number, person in enumerate(self._persons)}
        self._worlds: dict[tuple[str, ...], Sequence[tuple[Worlds, Worlds]]] = {}
        self._fitting: dict[tuple[str, tuple[str, ...]], tuple[int, int]] = {}
        self._alike: dict[tuple[Signpost, tuple[str, ...]], Sequence[int]] = {}
        self._lasting: dict[tuple[Signpost, tuple[str, ...]], Sorting[int]] = {}
        self._passing: dict[Hashable, Sorting[Shown]] = {}

    def whatever_the_hour(self, signpost: Signpost, audience: tuple[str, ...]) -> Sorting[int]:
        """Those of one kind are shown the same by ``signpost`` in a flow for ``audience``, at any moment."""
        key = (signpost, audience)
        if key not in self._lasting:
            alike = self._kinds(signpost, audience)
            self._lasting[key] = Sorting(self._combinations, lambda answers: alike[self._number(answers)])
        return self._lasting[key]

    def at(self, now: datetime, signpost: Signpost, audience: tuple[str, ...], *, urgent: bool) -> Sorting[Shown]:
        """Those of one kind are shown and asked the same at ``now``. A kind is the services and the answer."""
        key = (signpost, audience, urgent, now)
        if key not in self._passing:
            known: dict[Hashable, Shown] = {}

            def shown(answers: Mapping[int, int]) -> Shown:
                alike = self._asked_alike(answers, signpost, audience)
                if alike not in known:
                    selection = self._signposting.select(signpost, answers, audience, now, urgent=urgent)
                    services = tuple(standing.service.id for standing in selection.shown)
                    known[alike] = services, selection.missing.id if selection.missing is not None else ""
                return known[alike]

            self._passing[key] = Sorting(self._combinations, shown)
        return self._passing[key]

    def _number(self, answers: Mapping[int, int]) -> int:
        who, nation, age = (answers.get(answer.code, 0) for answer in self._answers)
        return self._numbers[who, nation, age]

    def _said(self, person: _Person) -> dict[int, int]:
        return {answer.code: code for answer, code in zip(self._answers, person, strict=True) if code}

    def _asked_alike(self, answers: Mapping[int, int], signpost: Signpost, audience: tuple[str, ...]) -> Hashable:
        """The same for people who are shown the same, and asked the same: that is decided by what each answer shows."""
        alike = self._kinds(signpost, audience)
        number = self._number(answers)
        who, nation, age = self._persons[number]
        _, nation_answer, age_answer = self._answers
        nations = () if nation else tuple(alike[self._numbers[who, code, age]] for code in nation_answer.by_code)
        ages = () if age else tuple(alike[self._numbers[who, nation, code]] for code in age_answer.by_code)
        # Which ages are thinkable depends on who it is.
        return alike[number], nations, ages, who if ages else None

    def _kinds(self, signpost: Signpost, audience: tuple[str, ...]) -> Sequence[int]:
        """For each person the number of their kind."""
        key = (signpost, audience)
        if key not in self._alike:
            parts = [(1 << len(self._persons)) - 1]
            for service in self._signposting.in_question(signpost):
                for fitting in self._fits(service, audience):
                    parts = [part for whole in parts for part in (whole & fitting, whole & ~fitting) if part]
            kinds = [0] * len(self._persons)
            for kind, part in enumerate(parts):
                for number in numbers_in(part):
                    kinds[number] = kind
            self._alike[key] = kinds
        return self._alike[key]

    def _fits(self, service: str, audience: tuple[str, ...]) -> tuple[int, int]:
        """The persons all of whom the service serves, and those some of whom it does, as far as they have said."""
        key = (service, audience)
        if key not in self._fitting:
            if audience not in self._worlds:
                self._worlds[audience] = [
                    self._signposting.worlds(self._said(person), audience) for person in self._persons
                ]
            served = self._signposting.served(service)
            whole = sum(
                1 << n for n, (required, _) in enumerate(self._worlds[audience]) if served & required == required
            )
            some = sum(1 << n for n, (_, possible) in enumerate(self._worlds[audience]) if served & possible)
            self._fitting[key] = whole, some
        return self._fitting[key]
