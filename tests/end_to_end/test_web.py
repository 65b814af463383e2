"""The process as an operator starts it: it says where the web chat is, keeps nothing of it, and ends when asked."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from tests.packs import REPOSITORY, small_pack
from tests.proven import as_if_proven, proven_base
from tests.standin import StandIn

CANARY = "canaryzebraquartz"


@dataclass
class Running:
    """The process, where its web chat is, and all that it wrote."""

    process: asyncio.subprocess.Process
    output: bytearray = field(default_factory=bytearray)

    async def says(self, pattern: str) -> re.Match[str]:
        async with asyncio.timeout(60):
            while (found := re.search(pattern, self.output.decode())) is None:
                assert self.process.returncode is None, self.output.decode()
                await asyncio.sleep(0.01)
        return found


@pytest.fixture
def small(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Content that starts soon, for what does not depend on the words. It lies apart from where the bot works."""
    return str(as_if_proven(small_pack(tmp_path_factory.mktemp("small"))))


@asynccontextmanager
async def started(folder: Path, **settings: str) -> AsyncIterator[Running]:
    """``python -m bot run`` in an empty folder of its own, ended with SIGTERM."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(REPOSITORY),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "CONTENT": str(proven_base()),
        "PORT": "0",
        **settings,
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=folder,
        env=environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    running = Running(process)
    reading = asyncio.create_task(_collect(process, running.output))
    try:
        yield running
    finally:
        if process.returncode is None:
            process.terminate()
        async with asyncio.timeout(60):
            await process.wait()
        await reading


async def _collect(process: asyncio.subprocess.Process, into: bytearray) -> None:
    assert process.stdout is not None
    while chunk := await process.stdout.read(65536):
        into.extend(chunk)


async def test_without_a_token_the_web_chat_is_served_and_its_address_said(tmp_path: Path) -> None:
    async with started(tmp_path) as bot:
        address = (await bot.says(r"The web chat is at (http://127\.0\.0\.1:\d+)"))[1]
        async with httpx.AsyncClient(base_url=address) as client:
            assert "Before you begin" in (await client.get("/")).text
            assert "Before you begin" in (await client.get("/chat")).text
            assert "What is going on?" in (await client.post("/chat", data={"press": ""})).text
    assert bot.process.returncode == 0
    assert "TELEGRAM_BOT_TOKEN" in bot.output.decode()


async def test_with_a_token_both_are_served(tmp_path: Path) -> None:
    async with StandIn() as telegram:
        person = telegram.person()
        settings = {"TELEGRAM_BOT_TOKEN": telegram.token, "TELEGRAM_API_BASE_URL": telegram.url}
        async with started(tmp_path, **settings) as bot:
            address = (await bot.says(r"The web chat is at (http://127\.0\.0\.1:\d+)"))[1]
            await person.types("/start")
            assert "What is going on?" in (await person.sees()).text
            async with httpx.AsyncClient(base_url=address) as client:
                assert "Before you begin" in (await client.get("/chat")).text
                assert "What is going on?" in (await client.post("/chat", data={"press": ""})).text
        assert bot.process.returncode == 0


async def test_a_port_that_is_taken_stops_the_start_with_one_line(tmp_path: Path, small: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        async with started(tmp_path, CONTENT=small, PORT=str(taken.getsockname()[1])) as bot:
            async with asyncio.timeout(60):
                assert await bot.process.wait() == 2
    assert "set PORT to another number" in bot.output.decode()
    assert "Traceback" not in bot.output.decode()


async def test_a_wrong_picture_stops_the_start_with_one_line(tmp_path: Path, small: str) -> None:
    (tmp_path / "logo.png").write_bytes(b"GIF89a")
    async with started(tmp_path, CONTENT=small, BRAND_LOGO="logo.png") as bot:
        async with asyncio.timeout(60):
            assert await bot.process.wait() == 2
    assert "BRAND_LOGO: is neither a PNG nor an SVG picture." in bot.output.decode()


@pytest.mark.parametrize("level", ["DEBUG", "INFO"])
async def test_nothing_of_a_conversation_is_on_disk_or_in_the_log(tmp_path: Path, small: str, level: str) -> None:
    content = small if level == "INFO" else str(proven_base())
    async with started(tmp_path, CONTENT=content, LOG_LEVEL=level) as bot:
        address = (await bot.says(r"The web chat is at (http://127\.0\.0\.1:\d+)"))[1]
        headers = {"user-agent": CANARY, "cookie": CANARY, "x-forwarded-for": CANARY, "referer": f"http://{CANARY}/"}
        async with httpx.AsyncClient(base_url=address, headers=headers) as client:
            for fields in ({"words": CANARY}, {"press": CANARY}, {"here": CANARY, "traces": CANARY}, {CANARY: CANARY}):
                assert (await client.post("/chat", data=fields)).status_code == 200
            assert (await client.post("/chat", json={"words": CANARY})).status_code == 415
            assert (await client.get(f"/{CANARY}?{CANARY}={CANARY}")).status_code == 404
            assert (await client.post("/chat", data={"words": CANARY * 5000})).status_code == 413
    assert CANARY not in bot.output.decode()
    assert "127.0.0.1:" not in bot.output.decode().replace(address, "")
    assert list(os.scandir(tmp_path)) == [], "nothing was written, in the home, temporary or working folder"
