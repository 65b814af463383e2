"""How much a turn costs on Telegram: whole processes under load, beside the bots that people write otherwise.

    .venv/bin/python -m benchmarks.telegram_load [--seconds 5] [--only waypost-polling,raw-polling] [--people 1,50,500]

All bots answer the same people in the same run, one bot after the other. Processor seconds are those of the bot's
processes alone, from /proc. AIOGRAM_PYTHON may name an interpreter that has aiogram; without it aiogram is left out.
The privacy settings of the allocator (docs) can be handed in by the environment; they reach the bots as they are.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import socket
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.light_telegram import TOKEN, LightTelegram, Visitor
from tests.proven import proven_base
from tests.shipped import shipped_content

ROOT = Path(__file__).parents[1]
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Result:
    """One bot under one load."""

    name: str
    updates: float
    p50: float
    p95: float
    cpu: float
    memory: float
    calls: float
    errors: int
    load: float
    """Cores that the people and the stand-in took, of one at most: near one, the load is what limits the bot."""


def command(name: str) -> list[str]:
    kind = name.split("-")[0]
    if kind == "waypost":
        return [sys.executable, "-m", "bot", "run"]
    if kind == "aiogram":
        return [os.environ["AIOGRAM_PYTHON"], "-m", "benchmarks.baselines.aiogram_bot"]
    return [sys.executable, "-m", f"benchmarks.baselines.{kind}_bot"]


def environment(name: str, api: str, content: str) -> dict[str, str]:
    inherited = {key: value for key, value in os.environ.items() if key.startswith(("PYTHON", "MALLOC"))}
    base = {**inherited, "PATH": os.environ["PATH"], "BOT_API": api, "BOT_TOKEN": TOKEN, "PYTHONPATH": str(ROOT)}
    port = str(_free_port())
    webhook = "webhook" in name
    if name.startswith("waypost"):
        base |= {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE_URL": api, "CONTENT": content, "PORT": port}
        base["WORKERS"] = name.rpartition("-x")[2] if "-x" in name else "1"
        base |= {"TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{port}"} if webhook else {}
    elif webhook:
        base["BOT_PORT"] = port
    elif name.endswith("-keeps"):
        base["BOT_KEEPS"] = "1"
    return base


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def processes(root: int) -> list[int]:
    """A process and its children."""
    children = Path(f"/proc/{root}/task/{root}/children").read_text().split()
    return [root, *(int(child) for child in children)]


def cpu_seconds(root: int) -> float:
    total = 0
    for process in processes(root):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


@cache
def leaving() -> frozenset[str]:
    """What the button that ends a conversation says, in every language."""
    return frozenset(edition.texts["button_leave"] for edition in shipped_content().editions.values())


def resident(root: int) -> float:
    """MiB."""
    pages = sum(int(Path(f"/proc/{process}/statm").read_text().split()[1]) for process in processes(root))
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


async def measure(
    name: str,
    people: int,
    latency: float,
    pause: float,
    seconds: float,
    content: str,
    *,
    when_ready: Callable[[int], None] = lambda _: None,
) -> Result:
    """One bot under one load; ``when_ready`` is told its process before anybody comes."""
    telegram = LightTelegram(latency, leaving())
    await telegram.start()
    process = await asyncio.create_subprocess_exec(
        *command(name), cwd=ROOT, env=environment(name, telegram.url, content), stderr=asyncio.subprocess.DEVNULL
    )
    try:
        async with asyncio.timeout(60):
            await telegram.ready.wait()
        await asyncio.sleep(0.5)
        when_ready(process.pid)
        random_ = random.Random(7)
        until: list[float] = []
        visits = []
        for number in range(people):
            visitor = telegram.visitors[1000 + number] = Visitor(1000 + number)
            visits.append(asyncio.create_task(telegram.visit(visitor, pause, random_, until)))
        async with asyncio.timeout(180):
            for visitor in list(telegram.visitors.values()):  # everybody has seen a first page
                while not visitor.buttons:  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
        await asyncio.sleep(1.0)
        begun, calls, spent = time.perf_counter(), telegram.calls, cpu_seconds(process.pid)
        own = time.process_time()
        until.extend((begun, begun + seconds))
        await asyncio.sleep(seconds)
        took, used, memory = time.perf_counter() - begun, cpu_seconds(process.pid) - spent, resident(process.pid)
        load = (time.process_time() - own) / took
        count, made = telegram.answered, telegram.calls - calls
        errors, refusals = telegram.errors, dict(telegram.refusals)
        waits = sorted(telegram.waits) or [float("inf")]
        for visit in visits:
            visit.cancel()
        await asyncio.gather(*visits, return_exceptions=True)
    finally:
        process.terminate()
        await process.wait()
        await telegram.stop()
    if refusals:
        print(f"{name}: {refusals}", file=sys.stderr)
    return Result(
        name,
        count / took,
        statistics.median(waits) * 1000,
        waits[int(len(waits) * 0.95)] * 1000,
        used / max(count, 1) * 1000,
        memory,
        made / max(count, 1),
        errors,
        load,
    )


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--only", default="")
    parser.add_argument("--people", default="1,50,500")
    parser.add_argument("--latency", default="0,50", help="milliseconds of one API call")
    parser.add_argument("--pause", type=float, default=0.0, help="mean seconds before somebody presses again")
    wishes = parser.parse_args()
    bots = [
        *("waypost-polling", "raw-polling", "raw-polling-keeps", "ptb-polling"),
        *("waypost-webhook", "waypost-webhook-x2", "raw-webhook"),
    ]
    if os.environ.get("AIOGRAM_PYTHON"):
        bots.append("aiogram-polling")
    if wishes.only:
        bots = wishes.only.split(",")
    content = str(proven_base())
    print("| ms a call | people | bot | updates/s | p50 ms | p95 ms | CPU s per 1,000 | MiB | calls | errors |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for latency in (float(given) for given in wishes.latency.split(",")):
        for people in (int(given) for given in wishes.people.split(",")):
            for name in bots:
                one = await measure(name, people, latency / 1000, wishes.pause, wishes.seconds, content)
                print(
                    f"| {latency:.0f} | {people} | {one.name} | {one.updates:.0f} | {one.p50:.0f} | {one.p95:.0f} "
                    f"| {one.cpu:.2f} | {one.memory:.0f} | {one.calls:.2f} | {one.errors} |",
                    flush=True,
                )


if __name__ == "__main__":
    asyncio.run(main())
