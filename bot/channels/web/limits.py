"""How much work the web chat takes on: by the work itself, never by who asks, so that nobody needs to be known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.types import Receive


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one process. A whole school or the users of Tor may share one address, so none is by address."""

    body_bytes: int = 16 * 1024
    """The longest body read; 2,000 characters of any script fit, percent-encoded up to nine bytes each or not."""

    turns_per_second: float = 3000.0
    """Turns in the long run, about what one processor core can answer."""

    turns_in_a_burst: int = 6000
    """Turns at one moment after a quiet time."""


class TooLargeError(Exception):
    """A body longer than `Limits.body_bytes`."""


class HungUpError(Exception):
    """Nobody is there to answer any more: the connection ended before the body did."""


class TooBusyError(Exception):
    """More to do than `Limits` allow."""


class Gate:
    """Lets turns through as fast as `Limits` say. ``seconds`` is a clock that only goes forwards, in seconds."""

    def __init__(self, limits: Limits, seconds: Callable[[], float]) -> None:
        self._most = float(limits.turns_in_a_burst)
        self._rate = limits.turns_per_second
        self._seconds = seconds
        self._left = self._most
        self._counted = seconds()

    def take_on(self) -> None:
        """Take one turn on. Raises `TooBusyError`."""
        now = self._seconds()
        self._left = min(self._most, self._left + (now - self._counted) * self._rate)
        self._counted = now
        if self._left < 1:
            raise TooBusyError
        self._left -= 1


async def read_body(receive: Receive, limits: Limits) -> bytes:
    """The whole body, in memory. How long it may take is the connection's to say (`http_connection.Timing`).

    Raises `TooLargeError` or `HungUpError`.
    """
    pieces: list[bytes] = []
    length = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise HungUpError
        piece = message.get("body", b"")
        length += len(piece)
        if length > limits.body_bytes:
            raise TooLargeError
        pieces.append(piece)
        if not message.get("more_body", False):
            return b"".join(pieces)
