"""The whole bot by webhook: one process or several, killed, reloaded and stopped while people press."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.end_to_end.process import RunningBot, running_bot
from tests.packs import small_pack
from tests.proven import as_if_proven
from tests.standin import Person, Seen, StandIn


@pytest.fixture
async def telegram() -> AsyncIterator[StandIn]:
    async with StandIn() as running:
        yield running


async def asked(bot: RunningBot, path: str) -> tuple[int, dict[str, object]]:
    async with aiohttp.ClientSession() as session, session.get(bot.url + path) as answer:
        return answer.status, json.loads(await answer.text())


def workers_of(bot: RunningBot) -> list[int]:
    process = bot.process.pid
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


async def walk(person: Person, presses: int) -> None:
    """Press on and back, each time waiting for the page.

    Always under the same message: where a process was killed between its answer to /start and its word to Telegram,
    the menu comes once more, and a press under that one would never change the first.
    """
    await person.types("/start")
    menu = (await person.sees(within=30)).message_id

    def page() -> Seen:
        return next(message for message in person.messages if message.message_id == menu)

    for number in range(presses):
        before = page()
        await person.presses("Back" if number % 2 else "Get help now", on=before)
        async with asyncio.timeout(40):
            while page().text == before.text:  # noqa: ASYNC110
                await asyncio.sleep(0.02)


async def test_a_conversation_reaches_help_by_webhook_and_nothing_is_polled(telegram: StandIn) -> None:
    person = telegram.person()
    async with running_bot(telegram, webhook=True) as bot:
        await walk(person, 4)
        await telegram.settles()
        status, report = await asked(bot, "/readyz")
        assert status == 200
        assert report["telegram"] == {"mode": "webhook", "ready": True, "last_delivery_minutes": 0, "webhook": "here"}
        assert (await asked(bot, "/healthz"))[0] == 200
    assert telegram.journal.of("getUpdates") == []
    telegram.assert_clean()
    telegram.assert_private()


async def test_the_webhook_stays_set_when_the_bot_stops_so_that_telegram_keeps_what_comes(
    telegram: StandIn, pack: Path
) -> None:
    person = telegram.person()
    async with running_bot(telegram, content=pack, webhook=True):
        await person.types("/start")
        await person.sees()
    assert telegram.updates.webhook.url
    await person.presses("Get help now")
    async with running_bot(telegram, content=pack, webhook=True):
        assert "Ring 999" in (await person.sees(within=20)).text


async def test_whoever_polls_later_takes_over_from_a_webhook(telegram: StandIn, pack: Path) -> None:
    person = telegram.person()
    async with running_bot(telegram, content=pack, webhook=True):
        await person.types("/start")
        await person.sees()
    async with running_bot(telegram, content=pack):
        await person.presses("Get help now")
        assert "Ring 999" in (await person.sees(within=20)).text
    assert telegram.updates.webhook.url == ""


async def test_every_press_is_answered_while_workers_are_killed(telegram: StandIn, pack: Path) -> None:
    people = [telegram.person() for _ in range(8)]
    async with running_bot(telegram, content=pack, webhook=True, WORKERS="2") as bot:
        walks = asyncio.gather(*(walk(person, 30) for person in people))
        kills = 0
        while not walks.done() and kills < 6:
            await asyncio.sleep(0.3)
            for worker in workers_of(bot)[kills % 2 :][:1]:
                os.kill(worker, signal.SIGKILL)
                kills += 1
        await asyncio.wait_for(walks, 60)
        assert kills >= 2
        assert len(workers_of(bot)) >= 1
    # What a killed process had done but not confirmed is done once more, and shows the same.
    telegram.assert_clean(allow=["message is not modified", "query is too old", "was never answered"])


async def test_several_workers_stop_within_five_seconds(telegram: StandIn, pack: Path) -> None:
    async with running_bot(telegram, content=pack, webhook=True, WORKERS="3") as bot:
        workers = workers_of(bot)
        assert len(workers) == 3
        begun = time.monotonic()
        bot.process.terminate()
        assert await bot.ends() == 0
        assert time.monotonic() - begun < 5
    assert not any(os.path.exists(f"/proc/{worker}") for worker in workers)  # noqa: ASYNC240, PTH110


async def test_no_secret_stands_in_the_arguments_of_any_process(telegram: StandIn, pack: Path) -> None:
    secret = "webhook-secret-0123456789-abcdefghijk"
    person = telegram.person()
    settings: dict[str, Any] = {"TELEGRAM_WEBHOOK_SECRET": secret, "LOG_LEVEL": "DEBUG", "LOG_FORMAT": "json"}
    async with running_bot(telegram, content=pack, webhook=True, WORKERS="2", **settings) as bot:
        await walk(person, 2)
        for process in (bot.process.pid, *workers_of(bot)):
            arguments = Path(f"/proc/{process}/cmdline").read_bytes().decode()  # noqa: ASYNC240
            assert secret not in arguments
            assert telegram.token not in arguments
        assert telegram.updates.webhook.secret == secret
        _, report = await asked(bot, "/readyz")
    written = bot.output.decode()
    for hidden in (secret, telegram.token, telegram.token.partition(":")[2]):
        assert hidden not in written
        assert hidden not in json.dumps(report)
    assert all(
        set(json.loads(line)) <= {"time", "level", "part", "message", "error", "worker"}
        for line in written.splitlines()
    )


async def test_changed_content_reaches_people_without_one_failed_press(telegram: StandIn, tmp_path: Path) -> None:
    pack = as_if_proven(small_pack(tmp_path / "pack"))
    person = telegram.person()
    stop = asyncio.Event()

    async def press_on() -> int:
        presses = 0
        while not stop.is_set():
            await walk(telegram.person(), 2)
            presses += 2
        return presses

    async with running_bot(telegram, content=pack, webhook=True) as bot:
        await person.types("/start")
        menu = await person.sees()
        pressing = asyncio.gather(press_on(), press_on())
        before = (await asked(bot, "/readyz"))[1]["content"]
        path = pack / "flows" / "topic.yaml"
        path.write_text(path.read_text().replace("The second screen.", "The second screen, newly written."))
        as_if_proven(pack)
        async with asyncio.timeout(60):
            while (await asked(bot, "/readyz"))[1]["content"] == before:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        await person.presses("Another thing", on=menu)
        assert "newly written" in (await person.sees()).text
        path.write_text("flow: topic\nsteps: {")
        async with asyncio.timeout(60):
            while "refused" not in (report := (await asked(bot, "/readyz"))[1]):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        assert report["ready"]
        assert "topic.yaml" in str(report["refused"])
        await person.types("/start topic")
        assert "The first screen" in (await person.sees()).text
        stop.set()
        assert sum(await pressing) > 4
        assert await _clean(telegram)
    assert "Traceback" not in bot.output.decode()


async def _clean(telegram: StandIn) -> bool:
    await telegram.settles()
    telegram.assert_clean()
    return True


async def test_polling_with_several_workers_is_refused_with_one_clear_line(telegram: StandIn) -> None:
    async with running_bot(telegram, WORKERS="2") as bot:
        assert await bot.ends() == 2
    assert bot.output.decode().splitlines() == [
        "WORKERS: several processes cannot poll with one token; set TELEGRAM_WEBHOOK_URL, or leave WORKERS at 1."
    ]


async def test_content_that_cannot_be_loaded_still_leaves_the_emergency_card(telegram: StandIn, tmp_path: Path) -> None:
    pack = small_pack(tmp_path / "pack")
    (pack / "flows" / "menu.yaml").write_text("flow: [")
    person = telegram.person()
    async with running_bot(telegram, content=None, webhook=True, CONTENT=str(pack)) as bot:
        await person.types("help")
        assert "Ring 999" in (await person.sees()).text
        status, report = await asked(bot, "/readyz")
        assert status == 503
        assert "menu.yaml" in str(report["refused"])
        fresh = small_pack(tmp_path / "fresh")
        (pack / "flows" / "menu.yaml").write_text((fresh / "flows" / "menu.yaml").read_text())
        as_if_proven(pack)
        async with asyncio.timeout(60):
            while (await asked(bot, "/readyz"))[0] != 200:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        await person.types("/start")
        async with asyncio.timeout(60):
            while "Hello there." not in person.messages[-1].text:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
    telegram.assert_clean()


async def test_a_flood_from_one_chat_is_slowed_and_told_once_and_nobody_else_notices(telegram: StandIn) -> None:
    frantic, other = telegram.person(), telegram.person()
    async with running_bot(telegram, webhook=True):
        await frantic.types("/start")
        menu = await frantic.sees()
        for _ in range(32):
            await frantic.presses("Get help now", on=menu)
            await asyncio.sleep(0.01)
        await other.types("/start")
        assert "more slowly" not in (await other.sees()).text
        await asyncio.sleep(3)
        await frantic.types("help me")
        last = await frantic.sees(within=20)
        assert "Ring 999" in last.text
        told = [
            call for call in telegram.calls("editMessageText", "sendMessage") if "more slowly" in str(call.parameters)
        ]
        assert len(told) == 1
        assert "999" in str(told[0].parameters["text"])
        edits = [
            call for call in telegram.calls("editMessageText") if str(call.parameters["chat_id"]) == str(frantic.id)
        ]
        assert len(edits) <= 33
        await telegram.settles(within=40)
    telegram.assert_clean(allow=["message is not modified", "query is too old"])
