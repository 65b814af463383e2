"""A check of the content in a process of its own, so that nobody's answer waits for it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import sys
from typing import Any, Final

AGAIN_SECONDS: Final = 60.0
"""How long to wait after a check that could not run, before another one; twice as long each time."""

_LONGEST_SECONDS: Final = 3600.0
_NICENESS: Final = 10
_NAMED: Final = 3

_log = logging.getLogger(__name__)


async def proof_of_files() -> dict[str, Any]:
    """What `check` reports of the content as it lies on the disk; tried until it can run."""
    pause = AGAIN_SECONDS
    while (report := await checked()) is None:
        _log.error("The content could not be checked: `python -m bot check` shows why. Next try in %d s.", pause)
        await asyncio.sleep(pause)
        pause = min(2 * pause, _LONGEST_SECONDS)
    return report


async def checked() -> dict[str, Any] | None:
    """What `check` reports; None if it could not run."""
    try:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "check", "--format", "json"),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
    except OSError:  # no memory, no process or no file handle left
        return None
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


def errors_in(report: dict[str, Any]) -> str:
    """The first errors of a report, on one line. They are about files, not about people."""
    found = [finding for finding in report["findings"] if finding["severity"] == "error"]
    named = " ".join(f"{one['file']}:{one['line']} {one['code']}: {one['message']}." for one in found[:_NAMED])
    more = f" And {len(found) - _NAMED} more." if len(found) > _NAMED else ""
    return f"{named}{more} Run `python -m bot check` to see them all."
