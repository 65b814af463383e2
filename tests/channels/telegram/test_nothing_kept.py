"""After a turn nothing in the process knows who it was with."""

from __future__ import annotations

import asyncio
import gc
import json
from collections.abc import Iterator
from datetime import UTC, datetime

import telegram
from telegram.request import BaseRequest

from bot.channels.telegram.calls import Calls
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.confirmation import REMEMBERED
from bot.channels.telegram.polling import Polling
from bot.dialogue.engine import Engine
from tests.channels.telegram.conftest import soon

PEOPLE = range(7_310_000_000_000, 7_310_000_000_000 + 300)
TYPED = "zebra-canary-words"


class Telegram(BaseRequest):
    """A Telegram that says yes to everything, keeps nothing, and hands out ``updates`` as they are asked for."""

    def __init__(self) -> None:
        self.waiting: list[object] = []

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(self, url: str, *_: object, **__: object) -> tuple[int, bytes]:
        result: object = True
        if url.endswith("getUpdates"):
            await asyncio.sleep(0.001)
            result, self.waiting = self.waiting[:100], self.waiting[100:]
        return 200, json.dumps({"ok": True, "result": result}).encode()


def visit(number: int, person: int) -> Iterator[object]:
    """Somebody writes a few words and presses a button."""
    who = {"id": person, "is_bot": False, "first_name": f"canary{person}", "username": f"canary{person}"}
    chat = {**who, "type": "private"}
    message = {"message_id": number, "date": 1_790_000_000, "chat": chat, "from": who}
    yield {"update_id": 2 * number, "message": {**message, "text": f"{TYPED} {person}"}}
    query = {"id": f"q{person}", "from": who, "message": {**message, "text": "Menu"}, "data": "x"}
    yield {"update_id": 2 * number + 1, "callback_query": query}


def traces() -> list[str]:
    """Every container in the process that holds a person's id, name or words."""
    found = []
    gc.collect()
    for thing in gc.get_objects():
        if isinstance(thing, dict):
            parts: list[object] = [*thing.keys(), *thing.values()]
        elif isinstance(thing, list | tuple | set | frozenset):
            parts = list(thing)
        else:
            continue
        for part in parts:
            is_id = isinstance(part, int) and part in PEOPLE
            is_word = isinstance(part, str) and ("canary7310" in part or f"{TYPED} 731" in part)
            if is_id or is_word:
                found.append(f"{type(thing).__name__} holding {part!r}"[:120])
    return found


async def test_a_thousand_people_leave_no_trace(engine: Engine) -> None:
    line = Telegram()
    bot = telegram.Bot("1:x", "http://telegram.invalid/bot", request=line, get_updates_request=line)
    channel = TelegramChannel(Calls(bot), lambda: engine, lambda: datetime.now(UTC), "card")
    polling = Polling(Calls(bot), channel.receive)
    task = asyncio.create_task(polling.run())
    for number, person in enumerate(PEOPLE, start=1):
        line.waiting.extend(visit(number, person))
    assert traces(), "the search must be able to find something"
    assert await soon(lambda: not line.waiting and not channel.chats_in_work, within=60)
    await asyncio.sleep(0.05)
    remembered = max(len(part) for part in vars(polling._confirmation).values() if hasattr(part, "__len__"))
    found = traces()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert found == []
    assert remembered <= REMEMBERED
    assert polling.unreadable == 0
