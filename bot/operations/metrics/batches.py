"""Counts that wait until enough has come together.

A counter that shows each single step, read every second, tells when somebody came and what it was about. So what says
anything about a conversation's subject is let out once an hour, and only those cells (one flow at one risk, one
service, one intent) in which at least ten conversations have come together. Fewer wait for the next hour, and the next.

Nobody is known, so conversations cannot be counted. What can be told of a turn is whether its way there came through
the same cell before, for that stands in its buttons: only a first time weighs fully. What is typed has no way behind
it, and somebody frightened types the same more than once: it weighs a third. And since people begin again, or go back
and take the same way anew, ten conversations are taken for granted only after fifteen first times.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final, Generic, TypeVar

AT_LEAST: Final = 10
"""So many conversations, and so many counts, have to come together before any of it is let out."""

WAYS: Final = 15
"""So many first times stand for `AT_LEAST` conversations."""

FIRST: Final = 3
TYPED: Final = 1
AGAIN: Final = 0
"""What one count weighs: the first of its kind on a way of presses, one that was typed, one more on the same way."""

ENOUGH: Final = WAYS * FIRST

Cell = TypeVar("Cell", bound=Hashable)


class Batches(Generic[Cell]):
    """Counts by cell, and how much weight stands behind each."""

    def __init__(self) -> None:
        self._waiting: dict[Cell, tuple[int, int]] = {}

    def add(self, cell: Cell, weight: int) -> None:
        """Count one. ``weight`` is `FIRST`, `TYPED` or `AGAIN`."""
        count, before = self._waiting.get(cell, (0, 0))
        self._waiting[cell] = count + 1, before + weight

    def __contains__(self, cell: object) -> bool:
        return cell in self._waiting

    def take(self, *, everything: bool = False) -> dict[Cell, int]:
        """What may be let out now, by cell; the rest goes on waiting. ``everything``: with no regard to how little."""
        ready = {cell: count for cell, (count, weight) in self._waiting.items() if everything or weight >= ENOUGH}
        for cell in ready:
            del self._waiting[cell]
        return ready
