"""When a service is open: an author's hours, a time zone and the nation's public holidays, asked at any moment."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours as Evaluator
from opening_hours import State, validate

from bot.dialogue.opening_rules import OpeningHoursError, timetable

__all__ = ["HORIZON", "Opening", "OpeningHours", "OpeningHoursError"]

HORIZON: Final = timedelta(days=14)
"""How far ahead a closing or opening is told. What lies beyond may change before it comes."""

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_FIRST = datetime.min.replace(tzinfo=UTC)
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Opening:
    """What is true at a moment; times are in the service's own zone.

    ``until``: if open, when it closes; None if that is never or more than `HORIZON` away.
    ``opens``: if closed, when it opens next; None if that is never or more than `HORIZON` away.
    """

    is_open: bool
    until: datetime | None
    opens: datetime | None


_OPEN = Opening(True, None, None)
_CLOSED = Opening(False, None, None)


class OpeningHours:
    """Opening hours of one contact.

    ``expression`` is a plain part of OpenStreetMap's syntax (see `bot.dialogue.opening_rules`), read by the wall clock
    in ``timezone``; ``holidays`` are the days that ``PH`` stands for. ``always`` is true if it is open day and night.
    Raises `OpeningHoursError`.

    Where the clocks go back, a time that comes twice is its first coming. Where they go forward, a time that is
    skipped is the moment of the change.
    """

    __slots__ = ("_evaluator", "_stretch", "_zone", "always")

    def __init__(self, expression: str, timezone: ZoneInfo, holidays: Collection[date]) -> None:
        hours = timetable(expression, holidays)
        if not hours.always and not validate(hours.text):
            raise OpeningHoursError(f"cannot read the opening hours {expression!r}; write them more plainly")
        self.always: Final = hours.always
        self._zone: Final = timezone
        # No zone is given to the evaluator: its answers within a repeated hour contradict each other.
        self._evaluator: Final = Evaluator(hours.text or "24/7", auto_country=False, auto_timezone=False)
        # The last answer and the moments for which it holds. It only ever saves work: the answer for a moment is
        # the same with it or without, so threads may replace it as they like.
        self._stretch = (_FIRST, _LAST, _OPEN) if self.always else (_LAST, _FIRST, _CLOSED)

    def at(self, now: datetime) -> Opening:
        """What is true at ``now``, which must carry a zone (fastest in UTC). Raises TypeError if it has none."""
        start, end, opening = self._stretch
        if start <= now < end:
            return opening
        if self.always:
            return opening
        stretch = self._find(now.astimezone(UTC))
        self._stretch = stretch
        return stretch[2]

    def changes(self, start: datetime, end: datetime) -> Iterator[datetime]:
        """Each instant from ``start`` to before ``end`` at which it opens or closes, in order, in its own zone."""
        if self.always:
            return
        for instant, _ in self._boundaries(start.astimezone(UTC) - _DAY, end.astimezone(UTC) + _DAY):
            if start <= instant < end:
                yield instant.astimezone(self._zone)

    def _find(self, now: datetime) -> tuple[datetime, datetime, Opening]:
        searched = now + HORIZON + HORIZON
        start, is_open, change = now, False, searched
        for instant, opens in self._boundaries(now - _DAY, searched + _DAY):
            if instant > now:
                change = min(instant, searched)
                break
            start, is_open = instant, opens
        if change - now > HORIZON:
            return start, change - HORIZON, Opening(is_open, None, None)
        local = change.astimezone(self._zone)
        opening = Opening(is_open, until=local if is_open else None, opens=None if is_open else local)
        return max(start, change - HORIZON), change, opening

    def _boundaries(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, bool]]:
        """The state at ``start``, then each change of it, as an instant in UTC and whether it is open from then."""
        pending: tuple[datetime, bool] | None = None
        last: bool | None = None
        for begin, _, state, _ in self._evaluator.intervals(self._wall(start), self._wall(end)):
            instant = self._instant(begin)
            # Hours that lie wholly within the skipped hour begin and end at one instant: they never come.
            if pending and instant > pending[0] and pending[1] is not last:
                yield pending
                last = pending[1]
            pending = (instant, state == State.OPEN)
        if pending and pending[1] is not last:
            yield pending

    def _wall(self, instant: datetime) -> datetime:
        return instant.astimezone(self._zone).replace(tzinfo=None, fold=0)

    def _instant(self, wall: datetime) -> datetime:
        """The first instant at which the wall clock shows ``wall`` or later."""
        instant = wall.replace(tzinfo=self._zone).astimezone(UTC)
        if self._wall(instant) == wall:
            return instant
        offset = instant.astimezone(self._zone).utcoffset()
        while (earlier := instant - _MINUTE).astimezone(self._zone).utcoffset() == offset:
            instant = earlier
        return instant
