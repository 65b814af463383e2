"""How much work the web chat takes on: by the work itself, never by who asks, so that nobody needs to be known."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one process. A whole school or the users of Tor may share one address, so none is by address."""

    body_bytes: int = 16 * 1024
    """The longest body read; 2,000 characters of any script fit, percent-encoded up to nine bytes each or not."""

    body_seconds: float = 10.0
    """How long a body may take to arrive."""

    at_once: int = 512
    """Requests in work at the same time."""

    turns_per_second: float = 1000.0
    """Turns in the long run, about what one processor core can answer."""

    turns_in_a_burst: int = 2000
    """Turns at one moment after a quiet time."""


class TooLargeError(Exception):
    """A body longer than `Limits.body_bytes`."""


class TooSlowError(Exception):
    """A body that took longer than `Limits.body_seconds`."""


class TooBusyError(Exception):
    """More to do than `Limits` allow."""


class Gate:
    """Lets turns through as fast as `Limits` say. ``seconds`` is a clock that only goes forwards, in seconds."""

    def __init__(self, limits: Limits, seconds: Callable[[], float]) -> None:
        self._limits = limits
        self._seconds = seconds
        self._left = float(limits.turns_in_a_burst)
        self._counted = seconds()
        self._in_work = 0

    def __enter__(self) -> None:
        """Take one turn on. Raises `TooBusyError`."""
        now = self._seconds()
        filled = self._left + (now - self._counted) * self._limits.turns_per_second
        self._left = min(float(self._limits.turns_in_a_burst), filled)
        self._counted = now
        if self._left < 1 or self._in_work >= self._limits.at_once:
            raise TooBusyError
        self._left -= 1
        self._in_work += 1

    def __exit__(self, *_: object) -> None:
        """The turn is done."""
        self._in_work -= 1


async def read_body(chunks: AsyncIterator[bytes], limits: Limits) -> bytes:
    """The whole body, in memory. Raises `TooLargeError` or `TooSlowError`."""
    body = bytearray()
    try:
        async with asyncio.timeout(limits.body_seconds):
            async for chunk in chunks:
                body += chunk
                if len(body) > limits.body_bytes:
                    raise TooLargeError
    except TimeoutError:
        raise TooSlowError from None
    return bytes(body)
