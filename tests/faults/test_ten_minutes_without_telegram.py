"""Telegram is away for ten minutes: everybody who wrote or pressed before or meanwhile is answered after it.

The whole of the Telegram side runs, over real sockets, in simulated time.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.channels.telegram.run import TelegramService
from bot.dialogue.engine import Engine
from bot.dialogue.opening import open_engine
from bot.operations.http_server import HttpServer
from bot.operations.listening import listen
from bot.settings import Settings
from tests.end_to_end.process import free_port
from tests.faults.simulated_time import in_simulated_time
from tests.standin import StandIn

MINUTES = 10


@asynccontextmanager
async def serving(telegram: StandIn, engine: Engine, *, webhook: bool) -> AsyncIterator[asyncio.Task[None]]:
    """The Telegram side; the task that must not end by itself."""
    port = free_port()
    address = f"http://127.0.0.1:{port}" if webhook else ""
    settings = Settings(
        telegram_bot_token=SecretStr(telegram.token),
        telegram_api_base_url=telegram.url,
        telegram_webhook_url=address,
    )
    service = TelegramService(lambda: engine, settings)
    stop = asyncio.Event()
    parts = [asyncio.create_task(service.run(stop))]
    if webhook:

        async def nothing_else(*_: object) -> None:
            raise AssertionError("nothing but deliveries comes here")

        server = HttpServer(nothing_else, listen("127.0.0.1", port), b"", {}, posted=service.webhooks())
        parts.append(asyncio.create_task(server.serve(stop)))
    try:
        yield parts[0]
    finally:
        stop.set()
        await asyncio.gather(*parts)


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
def test_after_ten_minutes_without_telegram_everybody_is_answered(pack: Path, webhook: bool) -> None:
    engine = open_engine([str(pack)])

    async def ten_minutes() -> None:
        async with StandIn() as telegram, serving(telegram, engine, webhook=webhook) as running:
            before, amid, typing = ([telegram.person() for _ in range(2)] for _ in range(3))
            for person in [*before, *amid]:
                await person.types("/start")
                await person.sees()
            telegram.faults.cuts_before("editMessageText", calls=len(before))  # the outage begins in their turns
            for person in before:
                await person.presses("Get help now")
            assert await telegram.reaches(lambda: len(telegram.calls("editMessageText")) >= len(before))
            async with telegram.outage():
                for minute in range(MINUTES):
                    if minute == 1:
                        for person in typing:
                            await person.types("he wants to meet me")
                    if minute == MINUTES - 1:  # Telegram drops presses that are older than two and a half minutes
                        for person in amid:
                            await person.presses("Get help now")
                    await asyncio.sleep(60)
                    telegram.clock.shift(minutes=1)
            for person in [*before, *amid]:  # the ring on an old press is Telegram's to stop
                shown = partial(lambda person: "Ring 999" in person.messages[-1].text, person)
                assert await telegram.reaches(shown, within=20)
            for person in typing:
                assert (await person.sees(within=20)).buttons
            assert not running.done()

    in_simulated_time(ten_minutes())
