"""Random and mutated updates against the webhook and all that is behind it: nobody may go unanswered.

    .venv/bin/python -m tests.tools.fuzz_updates 100000 [seed]

Each update comes from a chat of its own. What is still readable as something a person did must be answered in that
chat, everything must be accepted with 200, and memory must not grow.
"""

from __future__ import annotations

import asyncio
import copy
import gc
import json
import logging
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import telegram
from telegram.request import BaseRequest, RequestData

from bot.channels.telegram.calls import Calls
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.sending import Sending
from bot.channels.telegram.updates import Message, Press, decode
from bot.channels.telegram.webhook import SECRET_HEADER, Webhook
from bot.dialogue.emergency_card import EMERGENCY_CARD
from bot.dialogue.engine import Engine
from bot.dialogue.opening import open_engine

SECRET = "fuzz"
FIRST_CHAT = 1_000_000
TOGETHER = 400


class Line(BaseRequest):
    """A Telegram that says yes to everything and knows which chats were written to."""

    def __init__(self) -> None:
        self.answered: set[int] = set()
        self.methods: set[str] = set()

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002
        request_data: RequestData | None = None,
        *_: object,
        **__: object,
    ) -> tuple[int, bytes]:
        self.methods.add(url.rpartition("/")[2])
        given = request_data.parameters if request_data else {}
        if "text" in given:
            self.answered.add(int(str(given["chat_id"])))
        return 200, b'{"ok":true,"result":true}'


class AtOnce(Sending):
    """No pace: the machine's own is what counts here."""

    async def turn(self, chat: int) -> None: ...


@dataclass
class Outcome:
    """What came of it."""

    updates: int = 0
    people: int = 0
    unanswered: list[Any] = field(default_factory=list)
    not_accepted: list[Any] = field(default_factory=list)
    grown_mib: float = 0.0
    methods: set[str] = field(default_factory=set)


def originals(tokens: Sequence[str]) -> list[dict[str, Any]]:
    """Sound updates of every sort, to be spoilt. Chat and update ids are filled in later."""
    person = {"id": 0, "is_bot": False, "first_name": "Zoë", "language_code": "en"}
    chat = {"id": 0, "type": "private", "first_name": "Zoë"}
    frame = {"message_id": 5, "date": 1_790_000_000, "chat": chat, "from": person}
    menu = {
        **frame,
        "from": {"id": 9, "is_bot": True, "first_name": "Bot"},
        "text": "Menu",
        "reply_markup": {"inline_keyboard": [[{"text": "On", "callback_data": token}] for token in tokens[:6]]},
    }
    photo = [{"file_id": "x", "file_unique_id": "y", "width": 1, "height": 1}]
    messages: list[dict[str, Any]] = [
        {"text": "he wants money or hell post it"},
        {"text": "/start"},
        {"text": "/start image_threats"},
        {"text": "😀" * 2000},
        {"text": "why", "reply_to_message": menu},
        {"photo": photo, "caption": "is this ok"},
        {"photo": photo, "media_group_id": "12"},
        {"voice": {"file_id": "x", "file_unique_id": "y", "duration": 3}},
        {"sticker": {"file_id": "x"}},
        {"contact": {"phone_number": "0", "first_name": "x"}},
        {"location": {"latitude": 0.0, "longitude": 0.0}},
        {"text": "forwarded", "forward_origin": {"type": "hidden_user", "sender_user_name": "x", "date": 1}},
    ]
    updates: list[dict[str, Any]] = [{"message": {**frame, **parts}} for parts in messages]
    updates += [{"edited_message": {**frame, "text": "help me"}}]
    updates += [
        {"callback_query": {"id": "1", "from": person, "message": menu, "chat_instance": "1", "data": token}}
        for token in tokens
    ]
    updates += [{"callback_query": {"id": "1", "from": person, "message": {**frame, "date": 0}, "data": tokens[0]}}]
    return updates


def spoilt(update: Any, random_: random.Random) -> Any:
    """The update with up to three things changed somewhere in it."""
    update = copy.deepcopy(update)
    for _ in range(random_.choice((0, 1, 1, 1, 2, 3))):
        places = list(_places(update))
        if not places:
            return update
        holder, key = random_.choice(places)
        what = random_.randrange(4)
        if what == 0 and isinstance(holder, dict):
            holder.pop(key)
        elif what == 1 and isinstance(holder, dict):
            holder[random_.choice(("text", "chat", "photo", "data", "id", "type", "x"))] = _anything(random_)
        else:
            holder[key] = _anything(random_)
    return update


def _places(value: Any) -> Any:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(items):
        yield value, key
        yield from _places(inner)


def _anything(random_: random.Random) -> Any:
    return random_.choice(
        (
            None,
            True,
            0,
            -1,
            2**63,
            10**400,
            1.5,
            float("inf"),
            "",
            " ",
            "\x00\u202e\ud83d",
            "/" + "a" * 70,
            "A" * 64,
            "w" * 20_000,
            [],
            {},
            [[[[]]]],
            {"id": "7", "type": "private"},
            [{"callback_data": 7}],
        )
    )


def numbered(update: Any, number: int, chat: int) -> Any:
    """The update with ids of its own, wherever it still has a place for them."""
    if not isinstance(update, dict):
        return update
    for part in update.values():
        for holder in (part, part.get("message") if isinstance(part, dict) else None):
            for name in ("chat", "from"):
                inner = holder.get(name) if isinstance(holder, dict) else None
                if isinstance(inner, dict) and inner.get("id") == 0 and not inner.get("is_bot"):
                    inner["id"] = chat
    return {**update, "update_id": number}


async def deliver(hook: Webhook, body: bytes) -> int:
    """One delivery; its status."""
    statuses: list[int] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": body}

    async def send(message: Any) -> None:
        statuses.extend([message["status"]] if "status" in message else [])

    headers = [(b"content-type", b"application/json"), (SECRET_HEADER, SECRET.encode())]
    await hook({"type": "http", "method": "POST", "headers": headers}, receive, send)
    return statuses[0]


async def fuzz(engine: Engine, count: int, seed: int = 7) -> Outcome:
    """Deliver ``count`` spoilt updates."""
    random_ = random.Random(seed)
    line = Line()
    bot = telegram.Bot("1:x", "http://telegram.invalid/bot", request=line, get_updates_request=line)
    channel = TelegramChannel(Calls(bot, sending=AtOnce()), lambda: engine, lambda: datetime.now(UTC), EMERGENCY_CARD)
    hook = Webhook(channel.receive, channel.answer, SECRET, hold=30.0)
    tokens = [button.token for button in engine.start(datetime.now(UTC)).buttons]
    sound = originals([*tokens, "garbage", "", "AAAA" * 16])
    outcome = Outcome(methods=line.methods)
    warm = 0.0
    for start in range(0, count, TOGETHER):
        batch = []
        for number in range(start, min(count, start + TOGETHER)):
            made = numbered(spoilt(random_.choice(sound), random_), number + 1, FIRST_CHAT + number)
            batch.append(json.loads(json.dumps(made)))
        statuses = await asyncio.gather(*(deliver(hook, json.dumps(update).encode()) for update in batch))
        for update, status in zip(batch, statuses, strict=True):
            outcome.updates += 1
            if status != 200:
                outcome.not_accepted.append(update)
            event = decode(update)
            # Without a number of its own Telegram never sends an update, and none can be told from the next.
            if isinstance(event, Press | Message) and isinstance(update.get("update_id"), int):
                outcome.people += 1
                if event.chat not in line.answered:
                    outcome.unanswered.append(update)
        line.answered.clear()
        if start >= count // 5 and not warm:
            warm = _resident()
    await channel.finish(10.0)
    gc.collect()
    outcome.grown_mib = _resident() - warm
    return outcome


def _resident() -> float:
    gc.collect()
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20
    except OSError:  # no such thing on this system
        return 0.0


def main() -> int:
    logging.disable(logging.CRITICAL)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    begun = time.perf_counter()
    outcome = asyncio.run(fuzz(open_engine(["base"]), count, int(sys.argv[2]) if len(sys.argv) > 2 else 7))
    print(
        f"{outcome.updates} updates, {outcome.people} of them readable as something a person did, "
        f"{len(outcome.unanswered)} unanswered, {len(outcome.not_accepted)} not accepted, memory grew by "
        f"{outcome.grown_mib:.1f} MiB, {time.perf_counter() - begun:.0f} s"
    )
    return 1 if outcome.unanswered or outcome.not_accepted else 0


if __name__ == "__main__":
    sys.exit(main())
