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


class HostileTelegram:
    """Listens on a free port. ``says`` holds, by method, what it says instead of answering, one after the other."""

    def __init__(self) -> None:
        self.says: defaultdict[str, deque[Saying]] = defaultdict(deque)
        self.refuses: Callable[[str, dict[str, Any]], bytes | None] = lambda _method, _given: None
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.waiting: list[object] = []
        self.url = ""
        self._server: asyncio.Server | None = None
        self._changed = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()

    def writes(self, *updates: object) -> None:
        """These wait to be fetched."""
        self.waiting.extend(updates)

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

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                method = head.split(" ")[1].rpartition("/")[2]
                length = next(line for line in head.split("\r\n") if line.lower().startswith("content-length"))
                given = json.loads(await reader.readexactly(int(length.partition(":")[2])) or b"{}")
                await self._answer(method, given, writer)
                self._changed.set()
        writer.close()

    async def _answer(self, method: str, given: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        instead: Saying | None = self.says[method].popleft() if self.says[method] else self.refuses(method, given)
        if instead is None:
            self.calls.append((method, given))
            result = await self._updates(given) if method == "getUpdates" else True
            instead = saying(json.dumps({"ok": True, "result": result}).encode())
        if isinstance(instead, bytes):
            writer.write(instead)
            await writer.drain()
        else:
            await instead(writer)

    async def _updates(self, given: dict[str, Any]) -> list[object]:
        """What waits from ``offset`` on, as many as Telegram gives at once; everything before it is forgotten."""
        offset = given.get("offset")
        if offset is not None:
            self.waiting = [one for one in self.waiting if not (isinstance(one, dict) and one["update_id"] < offset)]
        if not self.waiting:
            await asyncio.sleep(min(POLL_SECONDS, float(given["timeout"])))
        return self.waiting[: given.get("limit", 100)]


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
