"""The real bot as a process of its own, as an operator would start it."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.packs import REPOSITORY
from tests.proven import as_if_proven, proven_base
from tests.standin import StandIn


@dataclass
class RunningBot:
    """``python -m bot run``. ``output`` is everything it wrote, complete once it has ended."""

    process: asyncio.subprocess.Process
    started: float
    url: str = ""
    output: bytearray = field(default_factory=bytearray)

    async def ends(self, *, within: float = 60.0) -> int:
        """Wait for the end; the exit status."""
        async with asyncio.timeout(within):
            return await self.process.wait()

    async def killed(self) -> None:
        """As if the machine died."""
        self.process.kill()
        await self.process.wait()


@asynccontextmanager
async def running_bot(
    telegram: StandIn,
    *,
    content: Path | None = None,
    folder: Path | None = None,
    proven: bool = True,
    webhook: bool = False,
    first: str = "",
    **settings: str,
) -> AsyncIterator[RunningBot]:
    """Start the bot against the stand-in, wait for its first poll (or its webhook), and end it with SIGTERM afterwards.

    ``first`` names another call to wait for, where the settings decide how it works.

    Its ``content`` (None: the shipped one) counts as ``proven``, unless that is what is being tested.
    """
    packs = content or proven_base()
    if proven and content is not None:
        as_if_proven(content)
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(REPOSITORY),
        "PYTHONDONTWRITEBYTECODE": "1",
        "TELEGRAM_BOT_TOKEN": telegram.token,
        "TELEGRAM_API_BASE_URL": telegram.url,
        "CONTENT": str(packs),
        "PORT": "0",
        **settings,
    }
    url = ""
    if webhook:
        environment["PORT"] = str(free_port())
        url = environment["TELEGRAM_WEBHOOK_URL"] = f"http://127.0.0.1:{environment['PORT']}"
    first = first or ("setWebhook" if webhook else "getUpdates")
    before = len(telegram.journal.of(first))
    started = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        cwd=folder or REPOSITORY,
        env=environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    bot = RunningBot(process, started, url)
    assert process.stdout is not None
    reader = asyncio.create_task(_collect(process.stdout, bot.output))
    try:
        # The stand-in rings no bell for polls, and a process can also end before its first one.
        while len(telegram.journal.of(first)) == before and process.returncode is None:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
        yield bot
    finally:
        if process.returncode is None:
            process.terminate()
            try:
                await bot.ends()
            except TimeoutError:
                await bot.killed()
        await reader


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


async def _collect(stream: asyncio.StreamReader, into: bytearray) -> None:
    while chunk := await stream.read(65536):
        into.extend(chunk)
