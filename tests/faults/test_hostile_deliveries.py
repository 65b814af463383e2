"""What an enemy who knows the webhook's secret, or a broken Telegram, may deliver: nobody else notices."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.end_to_end.process import running_bot
from tests.standin import StandIn

_CANARY = "canary-of-hostile-deliveries"
_MESSAGE = '"message_id":1,"date":1,"from":{"id":7,"is_bot":false,"first_name":"x"}'
_PRIVATE = '"chat":{"id":7,"type":"private"}'


@pytest.fixture
async def telegram() -> AsyncIterator[StandIn]:
    async with StandIn() as running:
        yield running


def _typed(text: str, number: int | str = 900_000_000, chat: str = _PRIVATE) -> bytes:
    """A message, as bytes that no library has put right. ``text`` is JSON without its quotation marks."""
    return f'{{"update_id":{number},"message":{{{_MESSAGE},{chat},"text":"{text}"}}}}'.encode()


def _pressed(callback: str, data: str, number: int = 900_000_100) -> bytes:
    query = f'"id":"{callback}","from":{{"id":7}},"message":{{{_MESSAGE},{_PRIVATE}}},"data":"{data}"'
    return f'{{"update_id":{number},"callback_query":{{{query}}}}}'.encode()


HOSTILE = {
    "half of a surrogate in the words": _typed(_CANARY + r"\ud83d", 900_000_001),
    "half of a surrogate in the press": _pressed(r"\udc00", _CANARY + r"\ud800", 900_000_002),
    "NUL in the words": _typed(_CANARY + r"\u0000", 900_000_003),
    "data of another bot": _pressed("1", _CANARY + r"\u0000/../{}%s", 900_000_004),
    "a number of five thousand digits": _typed(_CANARY, "9" * 5_000),
    "a number beyond 64 bits": _typed(_CANARY, 2**64),
    "a number below zero": _typed(_CANARY, -1),
    "a chat beyond 64 bits": _typed(_CANARY, 900_000_005, f'"chat":{{"id":{2**63},"type":"private"}}'),
    "a chat beyond every float": _typed(_CANARY, 900_000_006, '"chat":{"id":1e999,"type":"private"}'),
    "the same key twice": b'{"update_id":900000007,' + _typed(_CANARY, 900_000_008)[1:],
    "a chat named twice": _typed(_CANARY, 900_000_009, '"chat":[],' + _PRIVATE),
    "a hundred thousand brackets": b"[" * 100_000,
    "brackets inside a message": _typed(_CANARY, 900_000_010, '"chat":' + "[" * 50_000 + "]" * 50_000),
    "no text at all": b"\xff\xfe\x00\xd8" + _CANARY.encode(),
    "another encoding": json.dumps({"update_id": 900_000_011, "message": _CANARY}).encode("utf-16"),
}


async def test_nothing_that_is_delivered_is_repeated_for_ever_or_harms_the_next(telegram: StandIn, pack: Path) -> None:
    person = telegram.person()
    async with running_bot(telegram, content=pack, webhook=True, LOG_LEVEL="DEBUG") as bot:
        await person.types("/start")
        await person.sees()
        hook = telegram.updates.webhook
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret, "Content-Type": "application/json"}
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
            for name, body in HOSTILE.items():
                async with session.post(hook.url, data=body, headers=headers) as response:
                    assert response.status == 200, name
        await person.presses("Get help now")
        assert "Ring 999" in (await person.sees()).text
        assert bot.process.returncode is None
    assert _CANARY.encode() not in bytes(bot.output)
    assert b"Traceback" not in bytes(bot.output)


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_an_order_to_stop_that_is_given_twice_loses_no_press(
    telegram: StandIn, pack: Path, webhook: bool
) -> None:
    person = telegram.person()
    async with running_bot(telegram, content=pack, webhook=webhook) as bot:
        await person.types("/start")
        await person.sees()
        telegram.faults.fails("editMessageText", 502, seconds=1.5)  # so that it has to be sent once more
        await person.presses("Get help now")
        await asyncio.sleep(0.3)
        bot.process.send_signal(signal.SIGTERM)
        await asyncio.sleep(0.1)
        bot.process.send_signal(signal.SIGTERM)
        assert await bot.ends(within=15) == 0
    assert "Ring 999" in (await person.sees()).text
    assert b"Traceback" not in bytes(bot.output)
