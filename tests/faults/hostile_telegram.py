"""A Telegram that answers in bytes, so that a test can make it say anything: garbage, lies, nothing, without an end."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Self

from pydantic import SecretStr

from bot.channels.telegram.run import TelegramService
from bot.dialogue.engine import Engine
from bot.settings import Settings

TOKEN = "12345678:" + "t" * 35
POLL_SECONDS = 0.1
"""How long a poll may stay open here."""

Saying = bytes | Callable[[asyncio.StreamWriter], Awaitable[None]]
"""What is said in place of an answer: these bytes, or whatever this writes."""


def saying(body: bytes, status: str = "200 OK", *more: str) -> bytes:
    """An answer of HTTP with this body."""
    lines = "".join(f"{line}\r\n" for line in more)
    return f"HTTP/1.1 {status}\r\n{lines}Content-Length: {len(body)}\r\n\r\n".encode() + body


def refusing(status: int, **refusal: object) -> bytes:
    """A refusal as Telegram writes it."""
    body = {"ok": False, "error_code": status, "description": "no", **refusal}
    return saying(json.dumps(body).encode(), f"{status} No")


def typed(number: int, chat: int, text: str) -> dict[str, Any]:
    """Somebody's words."""
    person = {"id": chat, "is_bot": False, "first_name": "x", "language_code": "en"}
    message = {"message_id": number, "date": 1_790_000_000, "chat": {"id": chat, "type": "private"}, "from": person}
    return {"update_id": number, "message": {**message, "text": text}}


class _Cut:
    """Ends a connection at once, whatever is still to be sent."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer

    def close(self) -> None:
        self._writer.transport.abort()


class HostileTelegram:
    """Listens on a free port. ``says`` holds, by method, what it says instead of answering, one after the other."""

    def __init__(self) -> None:
        self.says: defaultdict[str, deque[Saying]] = defaultdict(deque)
        self.refuses: Callable[[str, dict[str, Any]], bytes | None] = lambda _method, _given: None
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self._waiting: list[tuple[int | None, bytes]] = []
        self.url = ""
        self._server: asyncio.Server | None = None
        self._changed = asyncio.Event()
        self._talking: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._talking:
            task.cancel()
        await asyncio.gather(*self._talking, return_exceptions=True)
        await asyncio.sleep(0)  # so that what was cut is let go of

    def writes(self, *updates: dict[str, Any]) -> None:
        """These wait to be fetched."""
        for update in updates:
            self.holds(json.dumps(update).encode(), update["update_id"])

    def holds(self, raw: bytes, number: int | None = None) -> None:
        """This waits to be fetched, whatever it is; without a number nothing makes it go away."""
        self._waiting.append((number, raw))

    def shown(self, chat: int) -> list[str]:
        """The texts that came through to a chat."""
        return [str(given["text"]) for name, given in self.calls if "text" in given and given["chat_id"] == chat]

    async def shows(self, chat: int, *, within: float = 10.0) -> str:
        """Wait for something to be shown in a chat."""
        async with asyncio.timeout(within):
            while not self.shown(chat):
                await self._changed.wait()
                self._changed.clear()
        return self.shown(chat)[-1]

    def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._talking.add(asyncio.create_task(self._talk(reader, writer)))

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError), contextlib.closing(_Cut(writer)):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                method = head.split(" ")[1].rpartition("/")[2]
                length = next(line for line in head.split("\r\n") if line.lower().startswith("content-length"))
                given = json.loads(await reader.readexactly(int(length.partition(":")[2])) or b"{}")
                await self._answer(method, given, writer)
                self._changed.set()

    async def _answer(self, method: str, given: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        instead: Saying | None = self.says[method].popleft() if self.says[method] else self.refuses(method, given)
        if instead is None:
            self.calls.append((method, given))
            result = await self._updates(given) if method == "getUpdates" else b"true"
            instead = saying(b'{"ok":true,"result":%b}' % result)
        if isinstance(instead, bytes):
            writer.write(instead)
            await writer.drain()
        else:
            await instead(writer)

    async def _updates(self, given: dict[str, Any]) -> bytes:
        """What waits from ``offset`` on, as many as Telegram gives at once; everything before it is forgotten."""
        offset = given.get("offset")
        if offset is not None:
            self._waiting = [(number, raw) for number, raw in self._waiting if number is None or number >= offset]
        if not self._waiting:
            await asyncio.sleep(min(POLL_SECONDS, float(given["timeout"])))
        return b"[%b]" % b",".join(raw for _, raw in self._waiting[: given.get("limit", 100)])


@asynccontextmanager
async def polling(telegram: HostileTelegram, engine: Engine) -> AsyncIterator[asyncio.Task[None]]:
    """The whole of the Telegram side, polling ``telegram``; the task that must never end by itself."""
    settings = Settings(telegram_bot_token=SecretStr(TOKEN), telegram_api_base_url=telegram.url)
    stop = asyncio.Event()
    task = asyncio.create_task(TelegramService(lambda: engine, settings, leads=False).run(stop))
    try:
        yield task
    finally:
        stop.set()
        await asyncio.gather(task, return_exceptions=True)
        await asyncio.sleep(0.05)  # so that the connections that it has cut are let go of
