"""What people are served: the engine once its content is proven, and until then the emergency card. Never nothing."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import sys
from typing import Any, Final

from bot import __version__
from bot.checks.proven import is_proven
from bot.content.load import pack_folder
from bot.dialogue.emergency_card import OnlyTheCardError
from bot.dialogue.engine import Engine
from bot.settings import Settings

AGAIN_SECONDS: Final = 60.0
"""How long to wait after a check that could not run, before another one; twice as long each time."""

_LONGEST_SECONDS: Final = 3600.0

_NICENESS: Final = 10
_NAMED: Final = 3

_log = logging.getLogger(__name__)


class Serving:
    """The engine of this process, and whether its content may be shown.

    ``ready`` is set at once for proven content, and otherwise as soon as a check in a process of its own has proven it.
    """

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self._engine = engine
        self.ready = asyncio.Event()
        if is_proven(engine.content.fingerprint, __version__, pack_folder(settings.content[-1])):
            self.ready.set()

    def engine(self) -> Engine:
        """The engine. Raises `OnlyTheCardError` until its content is proven."""
        if not self.ready.is_set():
            raise OnlyTheCardError
        return self._engine

    async def prove(self) -> None:
        """See to it that the content is proven, unless it is or cannot be."""
        if self.ready.is_set():
            return
        _log.warning("This content is not proven yet. Until it is, people get the emergency card.")
        pause = AGAIN_SECONDS
        while (report := await _checked()) is None:
            _log.error("The content could not be checked. Next try in %d s.", pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_SECONDS)
        if report.get("content") != self._engine.content.fingerprint:
            _log.critical("The content has changed since the start. Start again to serve what is there now.")
        elif report.get("fit") is True:
            _log.info("The content is proven, and is served from now on.")
            self.ready.set()
        else:
            _log.critical(
                "People get nothing but the emergency card, since the check found errors. %s", _errors(report)
            )


async def _checked() -> dict[str, Any] | None:
    """What `check` reports as a process of its own, so that nobody's answer waits for it; None if it could not run."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "check", "--format", "json"),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        with contextlib.suppress(OSError, AttributeError):  # not every system can
            os.setpriority(os.PRIO_PROCESS, process.pid, _NICENESS)
        written, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    try:
        report = json.loads(written)
    except ValueError:
        return None
    return report if isinstance(report, dict) and report.get("whole") is True else None


def _errors(report: dict[str, Any]) -> str:
    found = [finding for finding in report["findings"] if finding["severity"] == "error"]
    named = " ".join(f"{one['file']}:{one['line']} {one['code']}: {one['message']}." for one in found[:_NAMED])
    more = f" And {len(found) - _NAMED} more." if len(found) > _NAMED else ""
    return f"{named}{more} Run `python -m bot check` to see them all."
