"""The moments that matter: each instant at which who answers where changes, and what stands between two of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from functools import cached_property

from bot.content.model import Service
from bot.dialogue.availability import SOON
from bot.dialogue.signposting import Signposting

Column = bytes
"""A service's rank at each moment, a byte each. Services that keep the same hours have equal columns."""


class Calendar:
    """From ``start`` to ``end``, for all services of one content.

    Between two neighbouring moments nothing changes that decides the order of services, so one look at each stands
    for the whole time until the next.
    """

    def __init__(self, signposting: Signposting, start: datetime, end: datetime) -> None:
        self._signposting = signposting
        self._start = start.astimezone(UTC)
        self._end = end.astimezone(UTC)
        self._turns: dict[frozenset[Column], tuple[datetime, ...]] = {}

    @cached_property
    def moments(self) -> tuple[datetime, ...]:
        """All of them in order, in UTC, the start first."""
        return tuple(sorted({moment for own in self._own_moments.values() for moment in own} | {self._start}))

    def turns(self, services: Collection[str]) -> tuple[datetime, ...]:
        """The first moment of each different standing of these services to each other."""
        changing = frozenset(self._columns[service] for service in services if service in self._columns)
        if changing not in self._turns:
            self._turns[changing] = tuple(self._first_moments(changing))
        return self._turns[changing]

    def _first_moments(self, columns: Collection[Column]) -> Iterator[datetime]:
        if not columns:
            yield self._start
            return
        seen: set[tuple[int, ...]] = set()
        for moment, standing in zip(self.moments, zip(*columns, strict=True), strict=True):
            if standing not in seen:
                seen.add(standing)
                yield moment

    @cached_property
    def _own_moments(self) -> dict[str, tuple[datetime, ...]]:
        """Service → the moments at which its own rank may change, the start first."""
        return {service.id: tuple(sorted(self._changes(service))) for service in self._signposting.services()}

    def _changes(self, service: Service) -> set[datetime]:
        found = {self._start}
        for hours in self._signposting.hours(service):
            for change in hours.changes(self._start, self._end):
                moment = change.astimezone(UTC)
                found |= {moment, moment - SOON}
        return {moment for moment in found if self._start <= moment <= self._end}

    @cached_property
    def _columns(self) -> dict[str, Column]:
        """Service → its column, for those whose rank ever changes."""
        number = {moment: index for index, moment in enumerate(self.moments)}
        columns: dict[Column, Column] = {}
        found: dict[str, Column] = {}
        for service in self._signposting.services():
            column = self._column(service, number)
            if len(set(column)) > 1:
                found[service.id] = columns.setdefault(column, column)
        return found

    def _column(self, service: Service, number: dict[datetime, int]) -> Column:
        column = bytearray()
        own = self._own_moments[service.id]
        starts = [number[moment] for moment in own]
        for moment, start, end in zip(own, starts, [*starts[1:], len(number)], strict=True):
            column += bytes([self._signposting.standing(service, moment).rank]) * (end - start)
        return bytes(column)
