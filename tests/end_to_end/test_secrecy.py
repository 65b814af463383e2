"""What the system says about a running bot: no core dumps, and without Telegram no connection to anybody."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.end_to_end.process import free_port, running_bot
from tests.packs import small_pack
from tests.standin import StandIn
from tests.tools.traced import STRACE, Traced, traced_bot

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")


@pytest.fixture
async def telegram() -> AsyncIterator[StandIn]:
    async with StandIn() as running:
        yield running


@LINUX
async def test_no_process_of_the_bot_leaves_a_core_dump(telegram: StandIn, tmp_path: Path) -> None:
    async with running_bot(telegram, content=small_pack(tmp_path), webhook=True, WORKERS="2") as bot:
        parent = bot.process.pid
        workers = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()  # noqa: ASYNC240
        assert len(workers) == 2
        for process in (parent, *map(int, workers)):
            limits = Path(f"/proc/{process}/limits").read_text()  # noqa: ASYNC240
            line = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
            assert line.split()[4:6] == ["0", "0"]
            # The system gives what belongs to a process that may not be dumped to root, whoever runs it.
            assert Path(f"/proc/{process}/environ").stat().st_uid == 0  # noqa: ASYNC240


@LINUX
def test_a_process_that_keeps_its_memory_to_itself_is_not_dumpable() -> None:
    child = os.fork()
    if child == 0:
        from bot.operations.secrecy import keep_memory_to_itself

        before = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
        keep_memory_to_itself()
        os._exit(0 if (before, ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)) == (1, 0) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


async def _chatted(bot: Traced, port: int) -> None:
    async with aiohttp.ClientSession() as session:
        for fields in ({"press": ""}, {"words": "he wants money"}):
            async with session.post(f"http://127.0.0.1:{port}/chat", data=fields) as answer:
                assert answer.status == 200


@pytest.mark.skipif(STRACE is None, reason="needs strace")
async def test_without_telegram_the_bot_connects_to_nobody(tmp_path: Path) -> None:
    port = free_port()
    folder = tmp_path / "run"
    folder.mkdir()
    async with traced_bot(folder, PORT=str(port)) as bot:
        await _chatted(bot, port)
    assert bot.connected() == set()
    assert bot.written() == []
