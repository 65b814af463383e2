"""What one answer writes in several pieces goes out in one."""

from __future__ import annotations

import asyncio
from typing import Any


class Gathering:
    """A transport that sends what was written within one step of the event loop together.

    A web server writes the head of an answer and its body apart; each piece would cost a call into the system and wake
    the other side. Everything else is the transport's own.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._written: list[bytes] = []

    def write(self, data: bytes) -> None:
        """Send ``data`` soon."""
        if not self._written:
            self._loop.call_soon(self._flush)
        self._written.append(data)

    def close(self) -> None:
        """Send what was written, and close."""
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        if self._written:
            written, self._written = b"".join(self._written), []
            self._transport.write(written)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)
