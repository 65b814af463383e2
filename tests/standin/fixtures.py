"""Fixtures of the stand-in's own tests: a running stand-in, a tiny bot, and somebody who has written to it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.standin.people import Person
from tests.standin.server import StandIn
from tests.standin.tiny_bot import TinyBot


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    async with StandIn() as running:
        yield running


@pytest.fixture
async def bot(standin: StandIn) -> AsyncIterator[TinyBot]:
    async with aiohttp.ClientSession() as session:
        yield TinyBot(standin, session)


@pytest.fixture
async def running(bot: TinyBot) -> AsyncIterator[TinyBot]:
    task = asyncio.create_task(bot.run())
    yield bot
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError, aiohttp.ClientError):
        await task


@pytest.fixture
async def person(standin: StandIn) -> Person:
    """Somebody who has written, so that the bot may write back."""
    someone = standin.person()
    await someone.types("/start")
    standin.updates.drop_pending()
    return someone
