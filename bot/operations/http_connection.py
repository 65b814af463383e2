"""One connection of a browser: uvicorn's, which besides ends what does not come, and never answers without numbers."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar, Final

import h11
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.operations.direct import Exchange
from bot.operations.gathering import Gathering
from bot.operations.ordinary_request import ordinary_request

_LAST_WORDS_SECONDS: Final = 0.5
"""How long a refused request may go on arriving, unread, so that the answer to it arrives too."""

_log = logging.getLogger(__name__)


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
    direct: Mapping[bytes, ASGIApp] = MappingProxyType({})
    """By the first line of a request, applications whose ordinary requests do not go through h11."""
    card_headers: tuple[tuple[bytes, bytes], ...] = ()
    timing = Timing()
    waiting: ClassVar[dict[Connection, None]] = {}
    """Those that no whole request has come from, or none since the last answer; the one that waits longest first."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.access_log = False  # whatever logging is told elsewhere: a line of it would hold an address
        self._deadline: asyncio.TimerHandle | None = None
        self._refused = False
        self._exchange: Exchange | None = None
        self._early = b""

    @classmethod
    def speaking(
        cls, card: bytes, headers: dict[str, str], timing: Timing, posted: Mapping[str, ASGIApp]
    ) -> type[Connection]:
        """The class of connections that answer what is no request with ``card`` and these headers.

        ``posted`` are applications to which very much is posted, by their paths. An ordinary request to one, see
        `ordinary_request`, takes the short way, with no more in its scope than method, path and headers.
        """
        written = tuple((name.encode("ascii"), value.encode("ascii")) for name, value in headers.items())
        direct = {b"POST %b HTTP/1.1" % path.encode("ascii"): app for path, app in posted.items()}
        filled = {"card": card, "card_headers": written, "timing": timing, "waiting": {}, "direct": direct}
        return type("Connection", (cls,), filled)

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
        if self.transport.is_closing() or self._is_direct(data):
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

    def shutdown(self) -> None:
        """Take nothing more; what was asked is still answered."""
        if self._exchange is None:
            super().shutdown()
        else:
            self._exchange.is_last = True

    def _is_direct(self, data: bytes) -> bool:
        """Whether this need not go through h11: it takes the short way, or has come before the answer to one that did.

        Only asked between two requests; h11 does not hear of those that it has not read.
        """
        if self._exchange is not None:
            self._early += data
            self.flow.pause_reading()
            return True
        if not self.direct:
            return False
        line = data[: data.find(b"\r\n")]
        app = self.direct.get(line)
        if (
            app is None
            or self.conn.states != {h11.CLIENT: h11.IDLE, h11.SERVER: h11.IDLE}
            or self.conn.trailing_data[0]
        ):
            return False
        request = ordinary_request(data, line, self.timing.head_bytes)
        if request is None:
            return False
        self.waiting.pop(self, None)
        self._expect(None)
        self._unset_keepalive_if_required()
        self._exchange = Exchange(line.split(b" ")[1].decode("ascii"), request)
        task = self.loop.create_task(self._answer(app, self._exchange))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return True

    async def _answer(self, app: ASGIApp, exchange: Exchange) -> None:
        answer = b""
        try:
            await app(exchange.scope, exchange.receive, exchange.send)
            answer = exchange.answer(self.server_state.default_headers)
        except Exception as error:
            _log.error("A delivery could not be answered: %s", type(error).__name__)
        finally:  # cut short as well
            self._exchange = None
            if not self.transport.is_closing():
                self.transport.write(answer)
                if exchange.is_last or not answer:
                    self.transport.close()
        self.on_response_complete()
        early, self._early = self._early, b""
        if early:
            self.data_received(early)

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
