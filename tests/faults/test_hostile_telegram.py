"""Whatever Telegram, or something in its place, says to the bot: whoever wrote is answered once it listens again."""

from __future__ import annotations

import asyncio
import gc
import gzip
import json
import logging
from pathlib import Path

import pytest

from bot.dialogue.engine import Engine
from bot.dialogue.opening import open_engine
from tests.faults.hostile_telegram import HostileTelegram, Saying, polling, refusing, saying, typed

CANARY = "canaryquartzzebra"
GOOD = b'{"ok":true,"result":[]}'


@pytest.fixture
def small(pack: Path) -> Engine:
    return open_engine([str(pack)])


async def endless(writer: asyncio.StreamWriter) -> None:
    """A body that never ends, as fast as it is taken."""
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"100000\r\n" + b"x" * (1 << 20) + b"\r\n")
        await writer.drain()


SAID: dict[str, Saying] = {
    "a page": saying(b"<html>"),
    "no object": saying(b"[]"),
    "not done": saying(b'{"ok":false,"error_code":500}'),
    "no error code": refusing(500, error_code="none"),
    "a list to describe it": refusing(418, description=["x"]),
    "a number to describe it": refusing(402, description=5),
    "an object to describe it": refusing(451, description={"a": 1}),
    "no description": refusing(499, description=None),
    "parameters in a list": refusing(405, parameters=[1]),
    "parameters in a word": refusing(413, parameters="x"),
    "a redirection": saying(b"", "302 Found", "Location: http://127.0.0.1:1/"),
    "a redirection to a file": saying(b"", "307 Look there", "Location: file:///etc/passwd"),
    "nothing new": b"HTTP/1.1 304 Not modified\r\n\r\n",
    "nothing": b"HTTP/1.1 204 No content\r\n\r\n",
    "a status of 000": saying(GOOD, "000 Eh"),
    "a status of 999": saying(GOOD, "999 Eh"),
    "no HTTP": b"SSH-2.0-OpenSSH\r\n\r\n",
    "a bomb": saying(gzip.compress(bytes(10_000_000)), "200 OK", "Content-Encoding: gzip"),
    "a head without an end": b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000,
    "a body without an end": endless,
    "no moment at all": refusing(429, parameters={"retry_after": "soon"}),
    "a moment in the past": refusing(429, parameters={"retry_after": -(10**400)}),
    "a moment that is no number": saying(b'{"parameters":{"retry_after":NaN}}', "429 Too many"),
}

REFUSED: dict[str, Saying] = {
    "a moment that is a word": refusing(400, parameters={"retry_after": "soon"}),
    "a moment that is a list": refusing(400, parameters={"retry_after": [5]}),
    "a moment beyond all calendars": refusing(400, parameters={"retry_after": 10**30}),
    "a list to describe it": refusing(400, description=["x"]),
    "a number to describe it": refusing(400, description=5),
}
"""What refuses a message for good, so that the card takes its place."""


async def outlasted(engine: Engine, method: str, said: Saying, times: int) -> str:
    """What became of somebody who wrote while a method was answered like that, so many times; empty if all is well."""
    async with HostileTelegram() as telegram:
        telegram.says[method].extend([said] * times)
        telegram.writes(typed(1, 1, f"{CANARY} hello"))
        async with polling(telegram, engine) as running:
            try:
                await telegram.shows(1, within=30)
            except TimeoutError:
                return "nothing was shown"
            return "polling has ended" if running.done() else ""


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_whatever_is_said_to_a_poll_or_a_message_whoever_wrote_is_answered(
    small: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    tried = [("getUpdates", name, said, 1) for name, said in {**SAID, **REFUSED}.items()]
    tried += [("sendMessage", name, said, 3) for name, said in SAID.items()]
    tried += [("sendMessage", name, said, 1) for name, said in REFUSED.items()]
    became = await asyncio.gather(*[outlasted(small, method, said, times) for method, _, said, times in tried])
    assert [(method, name, what) for (method, name, _, _), what in zip(tried, became, strict=True) if what] == []
    assert CANARY not in caplog.text
    assert "Traceback" not in caplog.text
    gc.collect()  # asyncio leaves a socket behind where connecting is cancelled; here, and not in the next test


HELD = {
    "a number of five thousand digits": b'{"update_id":5,"message":{"message_id":%b}}' % (b"9" * 5_000),
    "an update with a number beyond 64 bits": b'{"update_id":18446744073709551616,"message":{}}',
    "an update with a number beyond every float": b'{"update_id":1e999,"message":{}}',
    "an update with half a number": b'{"update_id":1.5,"message":{}}',
    "an update without a number": b'{"message":{"text":"%b"}}' % CANARY.encode(),
    "what is no update": b"[[]]",
    "a chat beyond 64 bits": json.dumps(typed(5, 2**63, CANARY)).encode(),
    "a megabyte of words": json.dumps(typed(5, 6, f"{CANARY} " * 60_000)).encode(),
    "thousands of entities": json.dumps(
        {"update_id": 5, "message": {**typed(5, 6, CANARY)["message"], "entities": [{"type": "bold"}] * 5_000}}
    ).encode(),
}


async def held(engine: Engine, raw: bytes) -> str:
    """What became of those who wrote before and after something that waits in Telegram's queue."""
    async with HostileTelegram() as telegram:
        telegram.writes(typed(1, 1, "hello"))
        telegram.holds(raw, 5 if b'"update_id":5,' in raw.replace(b" ", b"") else None)
        telegram.writes(typed(7, 2, "hello"))
        async with polling(telegram, engine) as running:
            try:
                await telegram.shows(1)
                await telegram.shows(2)
                telegram.writes(typed(8, 3, "hello"))
                await telegram.shows(3)
            except TimeoutError:
                return "nothing was shown"
            asked = [given.get("offset", 0) for method, given in telegram.calls if method == "getUpdates"]
            return "polling has ended" if running.done() else "" if max(asked) <= 9 else f"asked from {max(asked)}"


async def test_whatever_waits_in_the_queue_everybody_beside_it_is_answered(
    small: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    became = await asyncio.gather(*[held(small, raw) for raw in HELD.values()])
    assert [(name, what) for name, what in zip(HELD, became, strict=True) if what] == []
    assert CANARY not in caplog.text
