"""Which updates Telegram may forget: those whose turns are done, so that a crash loses nobody's message.

Asking for updates from a number on tells Telegram to forget everything below. So the number asked for is that of the
oldest update still in work. What comes again because of that is known by its number and left alone.
"""

from __future__ import annotations

from collections import deque
from typing import Final

HOLD_SECONDS: Final = 3.0
"""An update in work for longer than this is let go: a chat that Telegram makes wait must not hold up all others."""

SLOW_SECONDS: Final = 0.5
"""An update in work for longer than this is not waited for: it is no ordinary turn."""

WINDOW: Final = 80
"""Telegram hands out 100 updates at a time; when this many are held back, there is hardly room for new ones."""

FEW: Final = 3
"""So few slow ones are let go at once when the window is full."""

REMEMBERED: Final = 2_000
"""Numbers of past updates; numbers say nothing about people."""


class Confirmation:
    """Keeps count of updates by their numbers. Times are seconds of any steady clock."""

    def __init__(self) -> None:
        self._in_work: dict[int, float] = {}
        self._past: deque[int] = deque()
        self._known: set[int] = set()
        self._next: int | None = None

    @property
    def in_work(self) -> int:
        """How many updates were handed out and are not done."""
        return len(self._in_work)

    def begin(self, update: int, now: float) -> bool:
        """Note an update as in work. False if it came before and is not to be handled again."""
        if update in self._known:
            return False
        self._known.add(update)
        self._past.append(update)
        if len(self._past) > REMEMBERED:
            self._known.discard(self._past.popleft())
        self._in_work[update] = now
        # Numbers may begin anew anywhere after a quiet week, so the newest counts, not the highest.
        self._next = update + 1
        return True

    def end(self, update: int) -> None:
        """The turn of an update is done."""
        self._in_work.pop(update, None)

    def held_back(self, now: float) -> int:
        """How many updates the next poll would bring once more, or cannot confirm, because of ordinary turns."""
        return self._since(self._oldest(now, SLOW_SECONDS))

    def is_crowded(self, now: float) -> bool:
        """Whether so many updates are held back that it is better to wait for some to be done."""
        return self._since(self._oldest_held(now)) > WINDOW

    def offset(self, now: float) -> int | None:
        """The number to ask from; None before the first update."""
        oldest = self._oldest_held(now)
        return self._next if oldest is None else oldest

    def last_offset(self) -> int | None:
        """The number to ask from at the very end: nothing that is still in work is given up."""
        return min(self._in_work, default=self._next)

    def _oldest_held(self, now: float) -> int | None:
        oldest = self._oldest(now, HOLD_SECONDS)
        if self._since(oldest) > WINDOW:
            slow = sum(now - since >= SLOW_SECONDS for since in self._in_work.values())
            if slow <= FEW:
                return self._oldest(now, SLOW_SECONDS)
        return oldest

    def _oldest(self, now: float, seconds: float) -> int | None:
        """The oldest of those in work for less than ``seconds``."""
        return min((update for update, since in self._in_work.items() if now - since < seconds), default=None)

    def _since(self, update: int | None) -> int:
        """How many updates there are from this one on; zero for None."""
        return 0 if update is None or self._next is None else self._next - update
