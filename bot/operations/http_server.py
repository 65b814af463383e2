"""The web server of a process: uvicorn, told to keep nothing, to wait for nobody long, and to stop when asked.

The event loop is asyncio's and the parser h11, since the faster ones keep the last messages in memory.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.operations.handles import connections_within_handles
from bot.operations.http_connection import Connection, Timing
from bot.operations.listening import WAITING

STOP_SECONDS: Final = 3.8
"""How long answers in work may go on after the order to stop."""


class HttpServer:
    """One application at one address, from `listen` to the end of `serve`. ``posted``: see `Connection.speaking`."""

    def __init__(
        self,
        app: ASGIApp,
        listening: socket.socket,
        card: bytes,
        headers: dict[str, str],
        *,
        posted: Mapping[str, ASGIApp] = MappingProxyType({}),
    ) -> None:
        self._socket = listening
        timing = Timing()
        timing = replace(timing, connections=connections_within_handles(timing.connections))
        config = uvicorn.Config(
            _with_one_end(app, card, headers),
            loop="asyncio",
            http=Connection.speaking(card, headers, timing, posted),
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=int(timing.idle_seconds),
            timeout_graceful_shutdown=int(STOP_SECONDS),
            h11_max_incomplete_event_size=timing.head_bytes,
            backlog=WAITING,
        )
        self._server = _Server(config)

    @property
    def address(self) -> str:
        """Where it can be reached from this machine."""
        host, port = self._socket.getsockname()[:2]
        shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
        return f"http://{shown}:{port}"

    def close(self) -> None:
        """Stop listening, for a server that never served."""
        self._socket.close()

    async def started(self) -> None:
        """Wait until it answers."""
        while not self._server.started:  # noqa: ASYNC110 (uvicorn rings no bell)
            await asyncio.sleep(0.005)

    async def serve(self, stop: asyncio.Event) -> None:
        """Answer until ``stop`` is set, and end within five seconds of that."""
        serving = asyncio.create_task(self._server.serve(sockets=[self._socket]))
        stopped = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({serving, stopped}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._server.should_exit = True
            stopped.cancel()
            await serving
            self._socket.close()


def _with_one_end(app: ASGIApp, card: bytes, headers: dict[str, str]) -> ASGIApp:
    """``app``, but for requests that tell their length and come in chunks as well: the card, and no further request.

    Such a request ends in two places. The parser reads it by its chunks and goes on to the next; a proxy in front that
    goes by the length would hand the answer to that one to somebody else (RFC 9112, section 6.3).
    """
    refusal = [
        *((name.encode("ascii"), value.encode("ascii")) for name, value in headers.items()),
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", b"%d" % len(card)),
        (b"connection", b"close"),
    ]

    async def one_end(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not {b"content-length", b"transfer-encoding"} <= {
            name for name, _ in scope["headers"]
        }:
            await app(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 400, "headers": refusal})
        await send({"type": "http.response.body", "body": card})

    return one_end


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """None: whoever runs the process listens for signals, and stops all channels together."""
        yield
