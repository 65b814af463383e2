"""What one answer writes in several pieces goes out in one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any


class Gathering:
    """A transport that sends what was written within one step of the event loop together.

    A web server writes the head of an answer and its body apart; each piece would cost a call into the system and wake
    the other side. ``lingering`` says how many seconds a connection that is closed may go on arriving: closed with
    something still unread, the system would take the last answer back. Everything else is the transport's own.
    """

    def __init__(
        self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop, lingering: Callable[[], float]
    ) -> None:
        self._transport = transport
        self._loop = loop
        self._lingering = lingering
        self._leaving = False
        self._written: list[bytes] = []

    def write(self, data: bytes) -> None:
        """Send ``data`` soon."""
        if not self._written:
            self._loop.call_soon(self._flush)
        self._written.append(data)

    def close(self) -> None:
        """Send what was written, and close: at once, or when nothing more need be waited for."""
        self._flush()
        seconds = self._lingering()
        if seconds and not self._leaving:
            self._transport.resume_reading()  # which a server stops that has enough to do with what it has got
            self._loop.call_later(seconds, self._transport.close)
        elif not self._leaving:
            self._transport.close()
        self._leaving = True

    def is_closing(self) -> bool:
        """Whether nothing is read or written any more."""
        return self._leaving or self._transport.is_closing()

    def _flush(self) -> None:
        if self._written:
            written, self._written = b"".join(self._written), []
            self._transport.write(written)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)
