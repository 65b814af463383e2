"""One connection of a browser: uvicorn's, which besides ends what does not come, and never answers without numbers."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, ClassVar, Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.operations.gathering import Gathering

_LAST_WORDS_SECONDS: Final = 0.5
"""How long a refused request may go on arriving, unread, so that the answer to it arrives too."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Bounds on a connection."""

    head_seconds: float = 10.0
    """How long a request's first line and headers may take."""

    body_seconds: float = 10.0
    """How long a request's body may take after its head."""

    idle_seconds: float = 5.0
    """How long a connection may wait for its next request."""

    head_bytes: int = 16 * 1024
    """The longest first line and headers."""

    connections: int = 1500
    """More than this, and those that have waited longest without a whole request are closed first."""


class Connection(H11Protocol):
    """A connection. Made by `speaking`, which fills in what every one of them needs."""

    card = b""
    card_headers: tuple[tuple[bytes, bytes], ...] = ()
    timing = Timing()
    waiting: ClassVar[dict[Connection, None]] = {}
    """Those that no whole request has come from, or none since the last answer; the one that waits longest first."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.access_log = False  # whatever logging is told elsewhere: a line of it would hold an address
        self._deadline: asyncio.TimerHandle | None = None
        self._refused = False

    @classmethod
    def speaking(cls, card: bytes, headers: dict[str, str], timing: Timing) -> type[Connection]:
        """The class of connections that answer what is no request with ``card`` and these headers."""
        written = tuple((name.encode("ascii"), value.encode("ascii")) for name, value in headers.items())
        return type("Connection", (cls,), {"card": card, "card_headers": written, "timing": timing, "waiting": {}})

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A browser is there."""
        super().connection_made(transport)
        self.waiting[self] = None
        self.transport = Gathering(transport, self.loop, self._lingering)  # type: ignore[assignment]  # all of a transport that is used
        self._expect(self.timing.head_seconds)
        if len(self.connections) > self.timing.connections:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """The browser is gone."""
        self._expect(None)
        self.waiting.pop(self, None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Some of a request has come."""
        if self.transport.is_closing():
            return
        waited_for_head = self.conn.their_state is h11.IDLE
        super().data_received(data)
        if self.transport.is_closing() or self.conn.their_state in {h11.DONE, h11.MUST_CLOSE}:
            self.waiting.pop(self, None)
            self._expect(None)
        elif self.conn.their_state is h11.SEND_BODY and waited_for_head:
            self._expect(self.timing.body_seconds)
        elif self._deadline is None:
            self._expect(self.timing.head_seconds)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 (the library's own name)
        """The answer to what is no request: the card. ``msg`` is the library's word for it, and is not repeated."""
        self._refuse(400)

    def on_response_complete(self) -> None:
        """The answer has gone out."""
        super().on_response_complete()
        if not self.transport.is_closing() and self.conn.their_state is h11.IDLE:
            self.waiting[self] = None

    def _refuse(self, status: int) -> None:
        if self.transport.is_closing():
            return
        headers = [
            *self.card_headers,
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-length", b"%d" % len(self.card)),
            (b"connection", b"close"),
        ]
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            self.transport.write(self.conn.send(h11.Response(status_code=status, headers=headers)) or b"")
            self.transport.write(self.conn.send(h11.Data(data=self.card)) or b"")
            self.transport.write(self.conn.send(h11.EndOfMessage()) or b"")
            self._refused = True
        self.transport.close()

    def _lingering(self) -> float:
        """How long what is still on its way is let arrive, in seconds, when the connection is closed."""
        return _LAST_WORDS_SECONDS if self._refused or self.conn.their_state is h11.SEND_BODY else 0.0

    def _expect(self, seconds: float | None) -> None:
        """Wait no longer than this for the rest; None: nothing is waited for."""
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = None if seconds is None else self.loop.call_later(seconds, self._too_late)

    def _too_late(self) -> None:
        self._deadline = None
        if self.conn.their_state is h11.IDLE and not self.conn.trailing_data[0]:
            self.transport.close()  # nothing was asked, so nothing is answered
        else:
            self._refuse(408)

    def _make_room(self) -> None:
        """Close the connection that has waited longest without a whole request."""
        oldest = next((one for one in self.waiting if one is not self), None)
        if oldest is not None:
            del self.waiting[oldest]
            oldest.transport.abort()
