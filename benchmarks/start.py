"""How long a start takes with the whole, proven content, and how much memory the process has then.

    .venv/bin/python -m benchmarks.start [--rounds 5]

Whole processes, `python -m bot run`, one after the other against a light stand-in: by polling, by webhook, and polling
with the container's allocator, by turns; first from the files, then with the content made ready (`content prepare`,
which is made for this and taken away again). Seconds are from the start of the process to the first poll, or to the
webhook being set; processor seconds and memory are read from /proc at that moment, and memory once more when it has
been quiet for a while.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import shutil
import statistics
import sys
import time
from dataclasses import dataclass
from typing import Final

from benchmarks.light_telegram import LightTelegram
from benchmarks.telegram_load import ROOT, cpu_seconds, environment, resident
from bot.operations.loading import prepare
from bot.operations.prepared import FOLDER, Wanted
from tests.proven import proven_base

KINDS: Final = ("polling", "webhook", "polling, container's allocator")
QUIET_SECONDS: Final = 6.0
"""Long enough for what is tidied up every few seconds."""


@dataclass(frozen=True)
class Start:
    """One start: seconds, processor seconds, MiB when ready, MiB when quiet."""

    seconds: float
    processor: float
    ready: float
    quiet: float


def allocator() -> dict[str, str]:
    """The settings of the container's image."""
    written = (ROOT / "Dockerfile").read_text()
    return dict(re.findall(r"^(?:ENV|   ) (PYTHONMALLOC|MALLOC_\w+|GLIBC_TUNABLES)=(\S+)", written, re.MULTILINE))


async def start(kind: str, content: str) -> Start:
    """One process from its start to its end."""
    telegram = LightTelegram(0.0)
    await telegram.start()
    settings = environment(f"waypost-{kind.partition(',')[0]}", telegram.url, content)
    settings |= allocator() if "," in kind else {}
    begun = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"), cwd=ROOT, env=settings, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        async with asyncio.timeout(60):
            await telegram.ready.wait()
        seconds, processor, ready = time.perf_counter() - begun, cpu_seconds(process.pid), resident(process.pid)
        await asyncio.sleep(QUIET_SECONDS)
        return Start(seconds, processor, ready, resident(process.pid))
    finally:
        process.terminate()
        await process.wait()
        await telegram.stop()


async def main() -> None:
    """Print the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    content = str(proven_base())
    print(f"load {os.getloadavg()[0]:.1f}")
    print("| | seconds to ready | processor seconds | MiB when ready | MiB when quiet |")
    print("| --- | --- | --- | --- | --- |")
    shutil.rmtree(FOLDER, ignore_errors=True)
    await several(rounds, content, "from the files")
    prepare(Wanted((content,), "en", ()))
    try:
        await several(rounds, content, "made ready")
    finally:
        shutil.rmtree(FOLDER)


async def several(rounds: int, content: str, how: str) -> None:
    """Starts of every kind, by turns; print their medians."""
    found: dict[str, list[Start]] = {kind: [] for kind in KINDS}
    for _ in range(rounds):
        for kind in KINDS:
            found[kind].append(await start(kind, content))
    for kind, starts in found.items():
        figures = [
            f"{statistics.median(getattr(one, name) for one in starts):.2f} "
            f"({min(getattr(one, name) for one in starts):.2f} to {max(getattr(one, name) for one in starts):.2f})"
            for name in ("seconds", "processor", "ready", "quiet")
        ]
        print(f"| {kind}; {how} | {' | '.join(figures)} |")


if __name__ == "__main__":
    asyncio.run(main())
