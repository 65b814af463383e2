"""What an author has before them: the content as it was last saved, at a moment of their choice, and what is wrong."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Final

from bot.checks.graph.command import Format, graph
from bot.content.errors import ContentError
from bot.dialogue.emergency_card import OnlyTheCardError
from bot.dialogue.engine import Engine
from bot.dialogue.facts import Deployment
from bot.dialogue.opening import open_engine
from bot.operations.content_files import Stamp, stamp
from bot.settings import Settings

LOOK_SECONDS: Final = 0.15
"""How often the files are looked at."""

CHECKING: Final = "Checking …"


class Desk:
    """The content that is on the disk. ``version`` goes up whenever there is something new to see.

    ``moment`` is when it is in the chat; None is now. ``load`` and ``check`` do the work, so that tests can.
    """

    def __init__(
        self,
        settings: Settings,
        load: Callable[[], Engine] | None = None,
        check: Callable[[], asyncio.Future[str]] | None = None,
    ) -> None:
        self._settings = settings
        self._load = load or self._from_disk
        self._check = check
        self._engine: Engine | None = None
        self._changed = asyncio.Event()
        self._seen: Stamp = frozenset()
        self.version = 0
        self.findings = CHECKING
        self.moment: datetime | None = None

    def engine(self) -> Engine:
        """The newest content that loads. Raises `OnlyTheCardError` if none ever did."""
        if self._engine is None:
            raise OnlyTheCardError
        return self._engine

    def now(self) -> datetime:
        """The moment in the chat, with its time zone."""
        return self.moment or datetime.now(UTC)

    def drawing(self) -> str:
        """The flows as a page to look around in."""
        deployment = Deployment(self._settings.brand_name, self._settings.feedback_contact)
        return graph(self.engine().content, Format.HTML, deployment=deployment)

    async def newer_than(self, version: int, seconds: float) -> int:
        """Wait until there is something newer than ``version``, for so many seconds at most; what there is then."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self.version <= version:
                    await self._changed.wait()
        return self.version

    async def watch(self) -> None:
        """Load and check the content, and again whenever a file of it is saved, until cancelled."""
        checking: asyncio.Task[None] | None = None
        try:
            while True:
                found = stamp(self._settings.content)
                if found != self._seen:
                    self._seen = found
                    if checking is not None:
                        checking.cancel()
                        await asyncio.gather(checking, return_exceptions=True)
                        checking = None
                    if await self._reload():
                        checking = asyncio.create_task(self._judge())
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            if checking is not None:
                checking.cancel()
                await asyncio.gather(checking, return_exceptions=True)

    async def _reload(self) -> bool:
        try:
            self._engine = await asyncio.to_thread(self._load)
        except ContentError as error:
            self._show(str(error))  # the chat goes on with what last loaded
            return False
        except OSError as error:
            self._show(f"{error.filename}: {error.strerror}.")
            return False
        self._show(CHECKING)
        return True

    async def _judge(self) -> None:
        check = self._check or _check_quickly
        self._show(await check())

    def _show(self, findings: str) -> None:
        self.findings = findings
        self.version += 1
        self._changed.set()
        self._changed = asyncio.Event()

    def _from_disk(self) -> Engine:
        settings = self._settings
        deployment = Deployment(settings.brand_name, settings.feedback_contact)
        return open_engine(settings.content, default_language=settings.default_language, deployment=deployment)


def _check_quickly() -> asyncio.Future[str]:
    return asyncio.ensure_future(_written(("check", "--quick")))


async def _written(command: Sequence[str]) -> str:
    """What a command of ours writes, as a process of its own, so that the chat answers meanwhile."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *command),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        written, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return written.decode("utf-8", "replace") or "The check could not run. Try: python -m bot check --quick"
