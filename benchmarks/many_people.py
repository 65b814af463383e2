"""Whether memory grows with the number of people: each update is from somebody who was never there before.

    .venv/bin/python -m benchmarks.many_people [people]

Everything from the webhook to the call that answers runs; only the network is left out. Printed are MiB resident after
the first 1,000 people and after all of them.
"""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import telegram

from bot.channels.telegram.calls import Calls
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.webhook import Webhook
from bot.dialogue.emergency_card import EMERGENCY_CARD
from bot.dialogue.opening import open_engine
from bot.operations.serving import settle_memory
from tests.tools.fuzz_updates import SECRET, AtOnce, Line, deliver, numbered, originals

TOGETHER = 200
FIRST = 1_000


def resident() -> float:
    """MiB."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20


async def main(people: int) -> None:
    engine = open_engine(["base"])
    settle_memory(replaced=True)
    line = Line()
    bot = telegram.Bot("1:x", "http://telegram.invalid/bot", request=line, get_updates_request=line)
    channel = TelegramChannel(Calls(bot, sending=AtOnce()), lambda: engine, lambda: datetime.now(UTC), EMERGENCY_CARD)
    hook = Webhook(channel.receive, channel.answer, SECRET)
    tokens = [button.token for button in engine.start(datetime.now(UTC)).buttons]
    sound = [json.dumps(update) for update in originals(tokens) if "callback_query" in update]
    spent = time.process_time()
    for start in range(0, people, TOGETHER):
        batch = [
            json.dumps(numbered(json.loads(sound[number % len(sound)]), number + 1, 10**9 + number)).encode()
            for number in range(start, start + TOGETHER)
        ]
        await asyncio.gather(*(deliver(hook, body) for body in batch))
        line.answered.clear()
        if start + TOGETHER == FIRST:
            print(f"after {FIRST:,} people: {resident():.1f} MiB", flush=True)
    channel.forget()
    print(f"after {people:,} people: {resident():.1f} MiB, {time.process_time() - spent:.0f} processor seconds")


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
