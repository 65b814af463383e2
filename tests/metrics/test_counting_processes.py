"""The real program: figures at a port of their own, by one process or several, and weekly counts over a restart."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import stat
import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.operations.metrics.events import Event
from bot.operations.metrics.pipe import Drain, Pipe
from tests.end_to_end.process import RunningBot, running_bot
from tests.standin import StandIn


@pytest.fixture
async def telegram() -> AsyncIterator[StandIn]:
    async with StandIn() as running:
        yield running


async def figures_of(bot: RunningBot) -> str:
    async with asyncio.timeout(60):
        while not (found := re.search(rb"Figures are at (http://127\.0\.0\.1:\d+/metrics)", bot.output)):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    return found[1].decode()


def children_of(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


async def shows(address: str, line: str, *, within: float = 30) -> str:
    """The page of figures once it holds ``line``."""
    async with httpx.AsyncClient() as client, asyncio.timeout(within):
        while line not in (text := (await client.get(address)).text):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    return text


async def test_one_process_shows_figures_and_leaves_weekly_counts(
    telegram: StandIn, pack: Path, tmp_path: Path
) -> None:
    file = tmp_path / "counters.json"
    for times in (1, 2):
        person = telegram.person()
        async with running_bot(telegram, content=pack, METRICS_PORT="0", IMPACT_FILE=str(file)) as bot:
            address = await figures_of(bot)
            await person.types("/start")
            await person.sees()
            await person.presses("Get help now")
            await telegram.settles()
            text = await shows(address, 'waypost_turn_seconds_count{channel="telegram"} 2.0')
            turns = [line for line in text.splitlines() if line.startswith("waypost_turns_total{")]
            assert turns
            assert all(line.endswith(" 0.0") for line in turns), "not before there are enough"
            assert 'waypost_telegram_calls_total{method="sendMessage",outcome="ok"} 1.0' in text
            async with httpx.AsyncClient() as client:
                assert (await client.get(address.replace("/metrics", "/"))).status_code == 404
                assert (await client.post(address)).status_code == 405
            telegram.assert_private()
            assert list(telegram.canaries)
            assert not telegram.canaries.found_in(text)
        weeks = json.loads(file.read_text())["weeks"]
        assert len(weeks) == 1
        (week,) = weeks.values()
        assert week["conversations_opened"] == {"telegram": times}
        assert week["turns"]["telegram/emergency/immediate"] == times
        assert week["subjects"] == {"emergency": times}
        assert set(week) == {"conversations_opened", "turns", "subjects"}
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not telegram.canaries.found_in(file.read_text())


async def test_several_processes_tell_one_that_counts_for_all_even_after_it_was_killed(
    telegram: StandIn, pack: Path, tmp_path: Path
) -> None:
    file = tmp_path / "counters.json"
    people = [telegram.person() for _ in range(6)]
    async with running_bot(
        telegram, content=pack, webhook=True, WORKERS="2", METRICS_PORT="0", IMPACT_FILE=str(file)
    ) as bot:
        address = await figures_of(bot)
        for person in people:
            await person.types("/start")
        for person in people:
            await person.sees(within=20)
        await shows(address, 'waypost_turn_seconds_count{channel="telegram"} 6.0')
        workers = children_of(bot.process.pid)
        assert len(workers) == 3
        os.kill(workers[-1], signal.SIGKILL)
        await people[0].presses("Get help now")
        assert "Ring 999" in (await people[0].sees(within=20)).text
        await shows(address, 'waypost_turn_seconds_count{channel="telegram"} 1.0')
        async with httpx.AsyncClient() as client:
            headers = {"content-type": "application/x-www-form-urlencoded"}
            assert (await client.post(f"{bot.url}/chat", content="t=", headers=headers)).status_code == 200
            uncounted = {**headers, "X-Waypost-Uncounted": "1"}
            assert (await client.post(f"{bot.url}/chat", content="t=", headers=uncounted)).status_code == 200
        text = await shows(address, 'waypost_turn_seconds_count{channel="web"} 1.0')
        assert "waypost_content_served 1.0" in text
        begun = time.monotonic()
        bot.process.terminate()
        assert await bot.ends() == 0
        assert time.monotonic() - begun < 5
    (week,) = json.loads(file.read_text())["weeks"].values()
    assert week["conversations_opened"] == {"web": 1}, "what the killed process had counted is lost, the rest is there"
    assert week["turns"]["telegram/emergency/immediate"] == 1


async def test_a_port_for_figures_that_is_taken_stops_the_start_with_one_line(telegram: StandIn, pack: Path) -> None:
    async with running_bot(telegram, content=pack, METRICS_PORT=str(telegram.port)) as bot:
        assert await bot.ends() == 2
    assert b"set METRICS_PORT to another number" in bot.output


async def test_a_broken_file_of_counts_keeps_nobody_from_help_and_is_left_alone(
    telegram: StandIn, pack: Path, tmp_path: Path
) -> None:
    file = tmp_path / "counters.json"
    file.write_text('{"format": "waypost weekly counters 1", "weeks": {"2026-11-16": {"names": {"ann": 1}}}}')
    before = file.read_text()
    person = telegram.person()
    async with running_bot(telegram, content=pack, IMPACT_FILE=str(file)) as bot:
        await person.types("/start")
        assert "Hello there." in (await person.sees()).text
    assert file.read_text() == before
    assert b"counts something that is not declared" in bot.output
    assert b"ann" not in bot.output


def test_a_pipe_that_nobody_reads_holds_nobody_up() -> None:
    pipe = Pipe()
    got: list[Event] = []
    for _ in range(5000):
        pipe.tell([Event("turns", ("web", "menu", "none"), 3)])
    drain = Drain(pipe, got.extend)
    for _ in range(5):
        drain()
    assert 500 < len(got) < 5000
    assert set(got) == {Event("turns", ("web", "menu", "none"), 3)}
    os.write(pipe._writing, b'[["turns"]]\nnot json\n{"a": 1}\n[["turns",["web"],"x"]]\n')
    pipe.tell([Event("errors", ("web", "KeyError"))])
    drain()
    assert got[-1] == Event("errors", ("web", "KeyError"))
    pipe.close()
