"""From what a channel tells to what is counted. Here, and nowhere later, names become labels, unknown ones `other`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bot.channels.observer import Turn
from bot.operations.metrics.batches import AGAIN, FIRST, TYPED
from bot.operations.metrics.measures import (
    BOUNDS,
    CALLS,
    ERRORS,
    INTENTS,
    NOT_UNDERSTOOD,
    OPENED,
    SECONDS,
    SERVICES,
    SLOWED,
    SUBJECTS,
    TURNS,
    Measure,
)
from bot.operations.metrics.vocabulary import LE, Vocabulary


class Event(NamedTuple):
    """One thing to count. ``weight`` is one of `bot.operations.metrics.batches`, for what is let out in batches."""

    measure: str
    labels: tuple[str, ...]
    weight: int = AGAIN


class Noticing:
    """An observer that hands on events. ``vocabulary`` gives the sets of this moment, ``tell`` never raises."""

    def __init__(self, vocabulary: Callable[[], Vocabulary], tell: Callable[[list[Event]], None]) -> None:
        self._vocabulary = vocabulary
        self._tell = tell

    def answered(self, turn: Turn) -> None:
        """Count a turn: how long it took, and what it was about."""
        known = self._vocabulary()
        self._tell([_event(known, measure, values, weight) for measure, values, weight in _counts(turn)])

    def failed(self, channel: str, kind: str) -> None:
        """Count an error."""
        self._tell([_event(self._vocabulary(), ERRORS, (channel, kind))])

    def called(self, method: str, outcome: str, seconds: float) -> None:
        """Count a call of the Bot API. How long it took is not kept: it would tell turns apart by their length."""
        del seconds
        self._tell([_event(self._vocabulary(), CALLS, (method, outcome))])

    def slowed(self, channel: str) -> None:
        """Count that somebody was slowed."""
        self._tell([_event(self._vocabulary(), SLOWED, (channel,))])


def _counts(turn: Turn) -> Iterator[tuple[Measure, tuple[str, ...], int]]:
    typed = turn.intent is not None
    yield SECONDS, (turn.channel, LE[bisect_left(BOUNDS, turn.seconds)]), AGAIN
    yield TURNS, (turn.channel, turn.flow, turn.risk), _weight(typed=typed, first=turn.first)
    if turn.opened:
        yield OPENED, (turn.channel,), FIRST
    elif turn.entered and not typed:
        yield SUBJECTS, (turn.flow,), FIRST
    for service in turn.services:
        yield SERVICES, (service,), _weight(typed=typed, first=service in turn.first_shown)
    if turn.intent:
        yield INTENTS, (turn.intent,), TYPED
    elif typed:
        yield NOT_UNDERSTOOD, (turn.channel,), TYPED


def _weight(*, typed: bool, first: bool) -> int:
    if typed:
        return TYPED
    return FIRST if first else AGAIN


def _event(known: Vocabulary, measure: Measure, values: tuple[str, ...], weight: int = AGAIN) -> Event:
    return Event(measure.name, known.labels(measure, values), weight)
