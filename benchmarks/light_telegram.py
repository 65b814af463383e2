"""A Telegram for load: as little work as can be, many people pressing, and a clock on each of them.

It takes what the bot sends without looking at it closely; the strict stand-in of the tests judges elsewhere.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from collections import Counter, deque
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import aiohttp
from aiohttp import web

TOKEN = "123456789:AAF-benchmark_benchmark_benchmark_be"  # noqa: S105 (nobody's)
PRESSES = 15
"""After so many presses somebody else goes on, so that nobody counts as flooding."""

_MARKS = "\u200e\u200f\u2066\u2067\u2068\u2069"
"""Say in which direction a label is read."""


@dataclass(eq=False)
class Visitor:
    """Somebody who presses a button of the page they see as soon as it has changed, or after a pause."""

    id: int
    buttons: list[str] = field(default_factory=list)
    keyboard: Any = None
    text: str = ""
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def about(self) -> dict[str, Any]:
        return {"id": self.id, "first_name": "Somebody", "username": f"somebody{self.id}"}


class LightTelegram:
    """The Bot API of one bot. ``latency`` is that of each call in seconds, half before and half after.

    Nobody presses a button that says one of ``leaving``: whoever left would have to begin with a message, and those go
    out no faster than Telegram allows, so that the pace would be measured and not the bot.
    """

    def __init__(self, latency: float, leaving: Collection[str] = ("Leave",)) -> None:
        self.latency = latency
        self._leaving = leaving
        self.visitors: dict[int, Visitor] = {}
        self.waits: list[float] = []
        self.answered = 0
        self.calls = 0
        self.errors = 0
        self.refusals: Counter[str] = Counter()
        self._queue: deque[dict[str, Any]] = deque()
        self._arrived = asyncio.Event()
        self._update = 1
        self._newest = 1_000_000
        self._hook = ""
        self._secret = ""
        self._session: aiohttp.ClientSession | None = None
        self._runner: web.ServerRunner | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.ready = asyncio.Event()
        self.port = 0

    async def start(self) -> None:
        # A poll is still open when the bot that made it has ended: nobody waits for its end, for a minute as it is set.
        self._runner = web.ServerRunner(web.Server(self._serve, access_log=None), shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=100))

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session:
            await self._session.close()
        if self._runner:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    # --- the Bot API

    async def _serve(self, request: web.BaseRequest) -> web.Response:
        method = request.path.rpartition("/")[2]
        raw = await request.read()
        if method == "getUpdates":
            self.ready.set()
            return await self._poll(_parameters(request, raw))
        self.calls += 1
        if self.latency:
            await asyncio.sleep(self.latency / 2)
        result: Any = True
        if method in {"editMessageText", "sendMessage"}:
            result = self._show(_parameters(request, raw))
        elif method == "setWebhook":
            given = _parameters(request, raw)
            self._hook, self._secret = given["url"], given.get("secret_token", "")
            self.ready.set()
        elif method == "getMe":
            result = {"id": 123456789, "is_bot": True, "first_name": "Bot", "username": "some_bot"}
        elif method.startswith("getMy"):
            result = {}
        if self.latency:
            await asyncio.sleep(self.latency / 2)
        return web.Response(text=json.dumps({"ok": True, "result": result}), content_type="application/json")

    def _show(self, given: dict[str, Any]) -> dict[str, Any]:
        visitor = self.visitors[int(given["chat_id"])]
        markup = given.get("reply_markup") or {"inline_keyboard": []}
        visitor.keyboard = json.loads(markup) if isinstance(markup, str) else markup
        visitor.text = given["text"]
        visitor.buttons = [
            button["callback_data"]
            for row in visitor.keyboard["inline_keyboard"]
            for button in row
            if "callback_data" in button and button["text"].strip(_MARKS) not in self._leaving
        ]
        visitor.changed.set()
        return self._message(visitor)

    async def _poll(self, given: dict[str, Any]) -> web.Response:
        if self.latency:
            await asyncio.sleep(self.latency / 2)
        offset = int(given.get("offset") or 0)
        while self._queue and self._queue[0]["update_id"] < offset:
            self._queue.popleft()
        if not self._queue:
            self._arrived.clear()
            try:
                async with asyncio.timeout(float(given.get("timeout") or 0)):
                    await self._arrived.wait()
            except TimeoutError:
                pass
        batch = [self._queue[place] for place in range(min(100, len(self._queue)))]
        if self.latency:
            await asyncio.sleep(self.latency / 2)
        return web.Response(text=json.dumps({"ok": True, "result": batch}), content_type="application/json")

    async def _deliver(self, update: dict[str, Any]) -> None:
        assert self._session is not None
        if self.latency:
            await asyncio.sleep(self.latency / 2)
        headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": self._secret}
        while True:
            try:
                async with self._session.post(self._hook, data=json.dumps(update), headers=headers) as response:
                    body = await response.read()
                    if response.status == 200:
                        break
                    self.refusals[str(response.status)] += 1
            except aiohttp.ClientError as error:
                self.refusals[type(error).__name__] += 1
            self.errors += 1
            await asyncio.sleep(0.2)
        if body.startswith(b"{"):
            inside = json.loads(body)
            self.calls += 1
            if inside.get("method") in {"editMessageText", "sendMessage"}:
                self._show(inside)

    # --- the people

    def _message(self, visitor: Visitor) -> dict[str, Any]:
        return {
            "message_id": 7,
            "from": {"id": 123456789, "is_bot": True, "first_name": "Bot", "username": "some_bot"},
            "chat": {**visitor.about(), "type": "private"},
            "date": int(time.time()),
            "text": visitor.text,
            "reply_markup": visitor.keyboard,
        }

    def send(self, visitor: Visitor, data: str | None) -> None:
        """A press, or ``/start`` without data."""
        sender = {**visitor.about(), "is_bot": False, "language_code": "en"}
        number, self._update = self._update, self._update + 1
        if data is None:
            chat = {**visitor.about(), "type": "private"}
            entities = [{"offset": 0, "length": 6, "type": "bot_command"}]
            message = {"message_id": 6, "from": sender, "chat": chat, "date": int(time.time()), "text": "/start"}
            update = {"update_id": number, "message": {**message, "entities": entities}}
        else:
            query = {"id": str(10**17 + number), "from": sender, "message": self._message(visitor), "data": data}
            update = {"update_id": number, "callback_query": {**query, "chat_instance": str(visitor.id)}}
        if self._hook:
            task = asyncio.create_task(self._deliver(update))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        else:
            self._queue.append(update)
            self._arrived.set()

    def _replace(self, visitor: Visitor) -> None:
        """Somebody else goes on where this one stood."""
        del self.visitors[visitor.id]
        self._newest += 1
        visitor.id = self._newest
        self.visitors[visitor.id] = visitor

    async def visit(self, visitor: Visitor, pause: float, random_: random.Random, until: list[float]) -> None:
        """Press until told to stop. ``until`` holds when to begin to count, and when to end."""
        data: str | None = None
        presses = 0
        while True:
            visitor.changed.clear()
            begun = time.perf_counter()
            self.send(visitor, data)
            await visitor.changed.wait()
            now = time.perf_counter()
            if until and until[0] <= now <= until[1]:
                self.answered += 1
                self.waits.append(now - begun)
            if until and now >= until[1]:
                return
            data = random_.choice(visitor.buttons) if visitor.buttons else None
            presses += 1
            if presses % PRESSES == 0:
                self._replace(visitor)
            if pause:
                await asyncio.sleep(random_.expovariate(1 / pause))


def _parameters(request: web.BaseRequest, raw: bytes) -> dict[str, Any]:
    if request.content_type == "application/json":
        return dict(json.loads(raw)) if raw else {}
    return dict(parse_qsl(raw.decode())) if request.content_type.endswith("urlencoded") else _multipart(request, raw)


def _multipart(request: web.BaseRequest, raw: bytes) -> dict[str, Any]:
    boundary = request.headers["Content-Type"].partition("boundary=")[2].strip('"').encode()
    fields = {}
    for part in raw.split(b"--" + boundary)[1:-1]:
        head, _, body = part.partition(b"\r\n\r\n")
        name = re.search(rb'name="([^"]+)"', head)
        if name:
            fields[name[1].decode()] = body.removesuffix(b"\r\n").decode()
    return fields
