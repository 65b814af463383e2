"""An engine with the real content, and the channel running against the stand-in for Telegram."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Final

import pytest

from bot.channels.telegram.run import run
from bot.dialogue.engine import Engine
from bot.dialogue.opening import open_engine
from bot.settings import Settings
from tests.standin import StandIn

TEXTS: Final = {
    **{
        f"notice_{name}": f"Notice: {name}."
        for name in ("picture", "voice", "location", "contact", "forwarded", "only_words", "old_menu", "group")
    },
    **{
        f"command_{name}": f"What {name} does"
        for name in ("start", "emergency", "help", "stop", "privacy", "delete", "language", "feedback")
    },
    "profile_description": "In danger? Ring 999.",
    "profile_short_description": "In danger? Ring 999.",
}
"""Texts of the channel's own, said in the test's words so that it can recognise them."""


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The real content, with texts of the channel's own that a test recognises."""
    content = open_engine(("base",)).content
    editions = {code: replace(edition, texts={**edition.texts, **TEXTS}) for code, edition in content.editions.items()}
    return Engine(replace(content, editions=editions))


@pytest.fixture
async def telegram() -> AsyncIterator[StandIn]:
    """Telegram, as the bot meets it."""
    async with StandIn() as standin:
        yield standin


async def soon(condition: Callable[[], object], *, within: float = 20.0) -> bool:
    """Whether something comes true on the bot's side within so many seconds."""
    for _ in range(int(within / 0.01)):
        if condition():
            return True
        await asyncio.sleep(0.01)
    return bool(condition())


@asynccontextmanager
async def running(telegram: StandIn, source: Callable[[], Engine]) -> AsyncIterator[asyncio.Task[None]]:
    """The channel, polling ``telegram``; stopped at the end as SIGTERM would."""
    settings = Settings(telegram_bot_token=telegram.token, telegram_api_base_url=telegram.url)
    stop = asyncio.Event()
    task = asyncio.create_task(run(source, settings, stop))
    try:
        await telegram.is_polled()
        yield task
    finally:
        stop.set()
        await asyncio.gather(task, return_exceptions=True)
