"""Telegram's time, which a test can push forward, and the bell that wakes whoever waits for a change."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable


class Bell:
    """Wakes everyone who waits each time anything changes: a message, an update, the hour."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._waiting.clear()

    async def next_ring(self, *, within: float) -> None:
        """Returns at the next change, or after ``within`` seconds."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(within):
                    await future
        finally:
            self._waiting.discard(future)

    async def until(self, condition: Callable[[], bool], *, within: float) -> bool:
        """Whether ``condition`` came true within ``within`` seconds of the event loop's clock."""
        clock = asyncio.get_running_loop().time
        deadline = clock() + within
        while not condition():
            left = deadline - clock()
            if left <= 0:
                return False
            await self.next_ring(within=left)
        return True


class Clock:
    """Seconds since 1970, real unless shifted. Time-outs of waiting calls are real time and never shifted."""

    def __init__(self, bell: Bell) -> None:
        self._bell = bell
        self._shift = 0.0

    def now(self) -> float:
        return time.time() + self._shift

    def shift(self, *, seconds: float = 0, minutes: float = 0, hours: float = 0) -> None:
        """Makes Telegram believe that this much time has passed: presses expire, messages grow old."""
        self._shift += seconds + 60 * minutes + 3600 * hours
        self._bell.ring()
