"""The moments that matter: each instant at which who answers where changes, and what stands between two of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from functools import cached_property

from bot.dialogue.availability import SOON
from bot.dialogue.signposting import Rank, Signposting


class Calendar:
    """From ``start`` to ``end``, for all services of one content.

    Between two neighbouring moments nothing changes that decides the order of services, so one look at each stands
    for the whole time until the next.
    """

    def __init__(self, signposting: Signposting, start: datetime, end: datetime) -> None:
        self._signposting = signposting
        self._start = start.astimezone(UTC)
        self._end = end.astimezone(UTC)
        self._situations: dict[frozenset[str], tuple[tuple[datetime, tuple[Rank, ...]], ...]] = {}

    @cached_property
    def moments(self) -> tuple[datetime, ...]:
        """All of them in order, in UTC, the start first."""
        found = {self._start}
        for hours in self._signposting.all_hours():
            for change in hours.changes(self._start, self._end):
                moment = change.astimezone(UTC)
                found |= {moment, moment - SOON}
        return tuple(sorted(moment for moment in found if self._start <= moment <= self._end))

    def situations(self, services: Collection[str]) -> tuple[tuple[datetime, tuple[Rank, ...]], ...]:
        """Each different standing of these services, with the first moment it occurs."""
        changing = frozenset(services).intersection(self._ranks)
        if changing not in self._situations:
            self._situations[changing] = tuple(self._find(changing))
        return self._situations[changing]

    def _find(self, services: Collection[str]) -> Iterator[tuple[datetime, tuple[Rank, ...]]]:
        columns = [self._ranks[service] for service in sorted(services)]
        seen: set[tuple[Rank, ...]] = set()
        for index, moment in enumerate(self.moments):
            standing = tuple(column[index] for column in columns)
            if standing not in seen:
                seen.add(standing)
                yield moment, standing

    @cached_property
    def _ranks(self) -> dict[str, list[Rank]]:
        """Service → its rank at each moment, for those whose rank ever changes."""
        table = {
            service.id: [self._signposting.standing(service, moment).rank for moment in self.moments]
            for service in self._signposting.services()
        }
        return {id_: ranks for id_, ranks in table.items() if len(set(ranks)) > 1}
