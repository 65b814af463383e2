"""One request and its answer, for an application that takes the short way."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

from starlette.types import Message, Scope

from bot.operations.ordinary_request import OrdinaryRequest

_FIRST_LINES: Final = {
    status.value: f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode("ascii") for status in HTTPStatus
}


class Exchange:
    """What an application is given and gives back. It answers once, in one piece, and tells its length itself."""

    def __init__(self, path: str, request: OrdinaryRequest) -> None:
        self.scope: Scope = {"type": "http", "method": "POST", "path": path, "headers": request.headers}
        self.is_last = False
        """Whether the connection ends with the answer."""
        self._body = request.body
        self._status = 0
        self._headers: Sequence[tuple[bytes, bytes]] = ()
        self._answer = b""

    async def receive(self) -> Message:
        """The body, which is all here."""
        body, self._body = self._body, b""
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(self, message: Message) -> None:
        """The answer's head, and then its body."""
        if message["type"] == "http.response.start":
            self._status, self._headers = message["status"], message["headers"]
        else:
            self._answer = message["body"]

    def answer(self, also: Sequence[tuple[bytes, bytes]]) -> bytes:
        """All of the answer as it goes out, with ``also`` among its headers. Raises KeyError if there is none."""
        parts = [_FIRST_LINES[self._status]]
        for name, value in (*also, *self._headers):
            parts += (name, b": ", value, b"\r\n")
        parts += (b"connection: close\r\n\r\n" if self.is_last else b"\r\n", self._answer)
        return b"".join(parts)
