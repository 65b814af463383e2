"""Trouble on the line and trouble of the machine: the bot recovers by itself, and everybody gets their answer."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import socket
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import telegram as library

from bot.channels.telegram.calls import Calls
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.request import NeverSentError
from bot.channels.telegram.retrying import Patience, repeated
from bot.dialogue.emergency_card import EMERGENCY_CARD
from bot.dialogue.engine import Engine
from tests.end_to_end.process import running_bot
from tests.packs import REPOSITORY
from tests.proven import as_if_proven
from tests.standin import StandIn
from tests.tools.fuzz_updates import AtOnce, Line, originals


@pytest.fixture
async def telegram() -> AsyncIterator[StandIn]:
    async with StandIn() as running:
        yield running


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_a_slow_telegram_holds_up_nobody_else(telegram: StandIn, pack: Path, webhook: bool) -> None:
    slow, quick = telegram.person(), telegram.person()
    async with running_bot(telegram, content=pack, webhook=webhook):
        for person in (slow, quick):
            await person.types("/start")
            await person.sees()
        telegram.faults.slows("editMessageText", 5.0, calls=1)
        await slow.presses("Get help now")
        await asyncio.sleep(0.3)
        await quick.presses("Get help now")
        assert "Ring 999" in (await quick.sees()).text
        assert "Ring 999" not in slow.messages[-1].text, "whoever is quick need not wait for whoever is slow"
        assert "Ring 999" in (await slow.sees(within=20)).text
        await telegram.settles(within=20)
    telegram.assert_clean()


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_after_a_storm_of_refusals_everybody_is_answered(telegram: StandIn, pack: Path, webhook: bool) -> None:
    people = [telegram.person() for _ in range(12)]
    async with running_bot(telegram, content=pack, webhook=webhook):
        for person in people:
            await person.types("/start")
        for person in people:
            await person.sees(within=20)
        telegram.faults.floods("*", 2, seconds=3)
        for person in people:
            await person.presses("Get help now")
        for person in people:
            assert "Ring 999" in (await person.sees(within=20)).text
        tried = len(telegram.calls("editMessageText"))
        assert tried <= 3.5 * len(people), "tried at once, after two seconds and after four, as Telegram asks"


async def test_presses_during_an_outage_are_answered_after_it_by_webhook_too(telegram: StandIn, pack: Path) -> None:
    people = [telegram.person() for _ in range(5)]
    async with running_bot(telegram, content=pack, webhook=True):
        for person in people:
            await person.types("/start")
            await person.sees()
        async with telegram.outage():
            for person in people:  # Telegram can still deliver, but nothing can be sent
                await person.presses("Get help now")
            await asyncio.sleep(4)
        for person in people:
            assert "Ring 999" in (await person.sees(within=20)).text
    telegram.assert_clean(allow=["query is too old", "was never answered"])


async def test_an_answer_outlasts_ten_minutes_without_telegram(monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulated time: each pause passes at once."""
    now = [0.0]

    async def passes(seconds: float) -> None:
        now[0] += seconds

    class Loop:
        def time(self) -> float:
            return now[0]

    monkeypatch.setattr(asyncio, "sleep", passes)
    monkeypatch.setattr(asyncio, "get_running_loop", Loop)

    async def call() -> str:
        if now[0] < 600:
            raise NeverSentError("out of reach")
        return "sent"

    async def always(_: Exception) -> bool:
        return True

    for patience in (Patience().send, Patience().edit):
        now[0] = 0.0
        assert await repeated(call, patience, always) == "sent"
        assert now[0] < 610


async def test_a_delivery_whose_connection_is_closed_half_way_leaves_the_bot_well(
    telegram: StandIn, pack: Path
) -> None:
    person = telegram.person()
    async with running_bot(telegram, content=pack, webhook=True) as bot:
        await person.types("/start")
        await person.sees()
        parts = urlsplit(telegram.updates.webhook.url)
        head = (
            f"POST {parts.path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {telegram.updates.webhook.secret}\r\n"
        ).encode()
        body = json.dumps({"update_id": 1, "message": {}}).encode()
        for sent in (
            head,
            head + b"Content-Length: 500\r\n\r\n" + body,
            head + b"Content-Length: %d\r\n\r\n" % len(body) + body,
        ):
            connection = socket.create_connection((parts.hostname, parts.port))
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            await asyncio.sleep(0.1)
            connection.close()
        await person.presses("Get help now")
        assert "Ring 999" in (await person.sees()).text
        assert bot.process.returncode is None
    telegram.assert_clean()


@pytest.mark.parametrize("year", [1970, 2000, 2099])
async def test_a_clock_that_jumps_answers_all_the_same(engine: Engine, year: int) -> None:
    line = Line()
    bot = library.Bot("1:x", "http://telegram.invalid/bot", request=line, get_updates_request=line)
    moments = iter([datetime.now(UTC), datetime(year, 1, 2, tzinfo=UTC), datetime.now(UTC)] * 50)
    channel = TelegramChannel(Calls(bot, sending=AtOnce()), lambda: engine, lambda: next(moments), EMERGENCY_CARD)
    tokens = [button.token for button in engine.start(datetime.now(UTC)).buttons]
    for number, update in enumerate(originals(tokens)):
        for part in update.values():
            part["from"] = {**part["from"], "id": number}
            message = part.get("message", part)
            message["chat"] = {**message["chat"], "id": number}
        channel.receive({"update_id": number, **update}, lambda: None)
    await channel.finish(5.0)
    assert len(line.answered) == len(originals(tokens))


@pytest.mark.skipif(sys.platform != "linux", reason="sets another process's limits")
@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_without_file_handles_it_waits_and_goes_on_when_there_are_some(
    telegram: StandIn, pack: Path, webhook: bool
) -> None:
    people = [telegram.person() for _ in range(10)]
    async with running_bot(telegram, content=pack, webhook=webhook) as bot:
        for person in people:
            await person.types("/start")
        for person in people:
            await person.sees(within=20)
        before = resource.prlimit(bot.process.pid, resource.RLIMIT_NOFILE)
        resource.prlimit(bot.process.pid, resource.RLIMIT_NOFILE, (4, before[1]))
        for person in people:
            await person.presses("Get help now")
        await asyncio.sleep(2)
        resource.prlimit(bot.process.pid, resource.RLIMIT_NOFILE, before)
        for person in people:
            assert "Ring 999" in (await person.sees(within=20)).text
        assert bot.process.returncode is None


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")  # noqa: PTH110
async def test_with_a_full_disk_people_are_answered(telegram: StandIn, pack: Path) -> None:
    """Log lines go to a device that is full, and no file can be written at all."""
    person = telegram.person()
    environment = {
        "PATH": os.environ["PATH"],
        "TELEGRAM_BOT_TOKEN": telegram.token,
        "TELEGRAM_API_BASE_URL": telegram.url,
        "CONTENT": str(as_if_proven(pack)),
        "PORT": "0",
        "LOG_LEVEL": "DEBUG",
    }
    with open("/dev/full", "wb") as full:  # noqa: ASYNC230, PTH123
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            cwd=REPOSITORY,
            env=environment,
            stdout=full,
            stderr=full,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)),
        )
    try:
        await person.types("/start")
        await person.sees(within=20)
        await person.presses("Get help now")
        assert "Ring 999" in (await person.sees()).text
    finally:
        process.terminate()
        status = await asyncio.wait_for(process.wait(), 10)
    assert status == 0
    telegram.assert_clean()
