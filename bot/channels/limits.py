"""How much one person may send before their turns are slowed, counted without knowing anybody.

A counter of visitors is a list of visitors, unless it cannot be read back. So an id is turned into a place in a table
of fixed size by a keyed hash; the key is made at the start and stands nowhere else; the table holds nothing but small
numbers, lives in memory, and is empty again within a minute. Two people who share both of their places, one pair in
some four thousand million, are counted together; all that it does is to slow one of them for a moment.
"""

from __future__ import annotations

import secrets
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

MOST: Final = 20
"""Updates of one person within `WINDOW_SECONDS`; beyond, their turns are slowed."""

WINDOW_SECONDS: Final = 10.0
TOLD_SECONDS: Final = 25.0
"""For about this long, up to twice of it, nobody is told again that they are slowed."""

PLACES: Final = 1 << 16

_MASK: Final = PLACES - 1
_MOST_COUNTED: Final = 60_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """``slowed``: answer, but not at once. ``tell``: say so; not again for a while."""

    slowed: bool
    tell: bool = False


_GO_ON: Final = Verdict(slowed=False)


class _Table:
    """Counts of this window and of the one before, at two places for each hash; the smaller count is the truer one."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._window = 0
        self._now = self._empty()
        self._before = self._empty()

    @staticmethod
    def _empty() -> array[int]:
        return array("H", bytes(2 * PLACES))

    def turn_to(self, now: float) -> None:
        """Forget what is older than the window before this one."""
        window = int(now // self._seconds)
        if window == self._window:
            return
        self._before = self._now if window == self._window + 1 else self._empty()
        self._now = self._empty()
        self._window = window

    def add(self, hashed: int, number: int = 1) -> None:
        for place in (hashed & _MASK, hashed >> 16 & _MASK):
            self._now[place] = min(self._now[place] + number, _MOST_COUNTED)

    def count(self, hashed: int, now: float) -> float:
        """How many there were within the last window's length, as if those of the one before were evenly spread."""
        low, high = hashed & _MASK, hashed >> 16 & _MASK
        left = 1.0 - now % self._seconds / self._seconds
        return min(self._now[low], self._now[high]) + min(self._before[low], self._before[high]) * left

    def is_empty(self) -> bool:
        return not any(self._now) and not any(self._before)


class Flood:
    """Judges how much somebody sends. ``clock`` counts seconds steadily. One for each process."""

    def __init__(self, clock: Callable[[], float], *, most: int = MOST, seconds: float = WINDOW_SECONDS) -> None:
        self._clock = clock
        self._most = most
        self._key = secrets.token_bytes(32)
        self._sent = _Table(seconds)
        self._told = _Table(TOLD_SECONDS)
        self._elsewhere = _Table(seconds)

    def hit(self, who: bytes) -> Verdict:
        """Count one thing that ``who`` has sent, and say how to treat it."""
        now = self._clock()
        self._turn_to(now)
        hashed = self._hash(who)
        self._sent.add(hashed)
        if self._sent.count(hashed, now) <= self._most and not self._elsewhere.count(hashed, now):
            return _GO_ON
        tell = not self._told.count(hashed, now)
        if tell:
            self._told.add(hashed)
        return Verdict(slowed=True, tell=tell)

    def mark(self, who_hashed: int) -> None:
        """Slow somebody because of what other processes have counted. ``who_hashed`` is from `place_of`."""
        self._turn_to(self._clock())
        self._elsewhere.add(who_hashed)

    def place_of(self, who: bytes) -> int:
        """Where ``who`` is counted in this process."""
        return self._hash(who)

    def forget(self) -> None:
        """Drop what is older than its window. Call it now and then, since nobody may be sending any more."""
        self._turn_to(self._clock())

    def is_empty(self) -> bool:
        """Whether nothing at all is counted."""
        return all(table.is_empty() for table in (self._sent, self._told, self._elsewhere))

    def _turn_to(self, now: float) -> None:
        for table in (self._sent, self._told, self._elsewhere):
            table.turn_to(now)

    def _hash(self, who: bytes) -> int:
        return int.from_bytes(blake2b(who, digest_size=4, key=self._key).digest())


class Pace:
    """When the next of something may be done: ``per_second`` on average, after a ``burst`` at once.

    Its memory is one moment, or with ``places`` one moment for each place.
    """

    def __init__(self, per_second: float, burst: int, places: int = 1) -> None:
        self._step = 1.0 / per_second
        self._slack = burst * self._step
        self._next = array("d", bytes(8 * places))

    def wait(self, now: float, place: int = 0) -> float:
        """Take the next turn; the seconds to wait for it. ``now`` counts steadily, from above zero."""
        place %= len(self._next)
        due = max(self._next[place], now) + self._step
        self._next[place] = due
        return max(0.0, due - now - self._slack)

    def forget(self, now: float) -> None:
        """Drop the moments that have passed."""
        if len(self._next) > 1:
            self._next = array("d", [moment if moment > now else 0.0 for moment in self._next])
