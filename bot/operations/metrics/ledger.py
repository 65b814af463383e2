"""What has been counted since the start: what may be seen at once, what waits for its batch, what was let out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from bot.operations.metrics.batches import Batches
from bot.operations.metrics.events import Event
from bot.operations.metrics.measures import MEASURES, UndeclaredError, measure_named

MOST_CELLS: Final = 4000
"""Beyond, new combinations of labels are not counted: content that is changed again and again can fill no memory."""

Cell = tuple[str, tuple[str, ...]]
"""A measure's name and the values of its labels."""


class Ledger:
    """Counts. ``tick`` lets batches out, at full hours; before its first call no hour is known."""

    def __init__(self) -> None:
        self._shown: Counter[Cell] = Counter()
        self._batches: Batches[Cell] = Batches()
        self._known: set[Cell] = set()
        self._hour: datetime | None = None

    def add(self, events: Iterable[Event]) -> None:
        """Count each. Raises `UndeclaredError` for a measure or a label that is not declared."""
        for event in events:
            measure = measure_named(event.measure)
            if len(event.labels) != len(measure.labels):
                raise UndeclaredError(f"{measure.name} has the labels {', '.join(measure.labels)} and no others.")
            cell = (measure.name, event.labels)
            if cell not in self._known:
                if len(self._known) >= MOST_CELLS:
                    continue
                self._known.add(cell)
            if measure.batched:
                self._batches.add(cell, event.weight)
            else:
                self._shown[cell] += 1

    def tick(self, now: datetime) -> None:
        """Let out what is ready, if a full hour has passed since the last time."""
        hour = now.replace(minute=0, second=0, microsecond=0)
        if self._hour is not None and hour > self._hour:
            self._shown.update(self._batches.take())
        if self._hour is None or hour > self._hour:
            self._hour = hour

    def shown(self) -> Mapping[str, Mapping[tuple[str, ...], int]]:
        """By measure and labels, what may be seen now; every declared measure is there."""
        found: dict[str, dict[tuple[str, ...], int]] = {name: {} for name in MEASURES}
        for (name, labels), count in sorted(self._shown.items()):
            found[name][labels] = count
        return found
