"""Telegram by long polling, from start to stop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

import telegram

from bot.channels.telegram.calls import Calls
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.profile import set_profile
from bot.channels.telegram.request import AiohttpRequest
from bot.dialogue.emergency_card import emergency_card
from bot.dialogue.engine import Engine
from bot.settings import Settings

TURNS_SECONDS: Final = 3.8
"""How long turns in work may go on after the order to stop."""

CONFIRM_SECONDS: Final = 0.7

_log = logging.getLogger(__name__)


def connect(settings: Settings) -> telegram.Bot:
    """The library's client, on our HTTP. Raises ValueError without a token."""
    if settings.telegram_bot_token is None:
        raise ValueError("Set TELEGRAM_BOT_TOKEN to the token that BotFather gave you.")
    # At DEBUG the library logs the addresses of its calls, which hold the token, and whole updates.
    logging.getLogger("telegram").setLevel(logging.WARNING)
    address = settings.telegram_api_base_url.rstrip("/")
    request = AiohttpRequest(address)
    return telegram.Bot(
        settings.telegram_bot_token.get_secret_value(),
        base_url=f"{address}/bot",
        base_file_url=f"{address}/file/bot",
        request=request,
        get_updates_request=request,
    )


async def run(
    engine_source: Callable[[], Engine], settings: Settings, stop: asyncio.Event, ready: asyncio.Event | None = None
) -> None:
    """Serve people on Telegram until ``stop`` is set, and end within five seconds of that.

    Until ``ready`` is set (None: at once), ``engine_source`` may raise `OnlyTheCardError`, and people get the card.
    Raises `bot.channels.telegram.polling.TokenRefusedError` when Telegram keeps refusing the token.
    """
    bot = connect(settings)
    await bot.request.initialize()
    calls = Calls(bot)
    card = emergency_card(settings.emergency_numbers)
    channel = TelegramChannel(calls, engine_source, lambda: datetime.now(UTC), card)
    polling = Polling(calls, channel.receive)
    stopped = asyncio.create_task(stop.wait())
    polled = asyncio.create_task(polling.run())
    profile = asyncio.create_task(_set_profile(polling, ready, calls, engine_source))
    try:
        await asyncio.wait({stopped, polled}, return_when=asyncio.FIRST_COMPLETED)
        if polled.done():
            await polled  # it ends only by an error, which must end the process
    finally:
        for task in (polled, stopped, profile):
            task.cancel()
        await asyncio.gather(polled, stopped, profile, return_exceptions=True)
        await channel.finish(TURNS_SECONDS)
        await polling.confirm(CONFIRM_SECONDS)
        await bot.request.shutdown()


async def _set_profile(
    polling: Polling, ready: asyncio.Event | None, calls: Calls, engine_source: Callable[[], Engine]
) -> None:
    await polling.begun.wait()
    if ready is not None:
        await ready.wait()
    await set_profile(calls, engine_source())
