"""Whether two worker processes answer twice as many people as one, where there is a core for each of them.

    .venv/bin/python -m benchmarks.two_processes [--rounds 4] [--seconds 8] [--share 0.2]

The people and the stand-in for Telegram need a core themselves, so that on two cores two workers would share the other.
So the system holds each worker to the same small share of a core (a control group's quota, which needs root): that is a
slow core for each of them, and enough left for the load. One worker and two are measured by turns. Unless each uses its
quota up and the load has time to spare, the comparison says nothing. For control groups of version 1 and 2.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from benchmarks.telegram_load import Result, measure, processes
from tests.proven import proven_base

PERIOD: Final = 10_000
"""Microseconds over which a share is counted: short, so that a worker never stands still for long."""

GROUPS: Final = Path("/sys/fs/cgroup")


@dataclass
class Shares:
    """Control groups of this run, one for each worker."""

    share: float
    made: list[Path] = field(default_factory=list)

    def hold(self, root: int) -> None:
        """Give each worker under ``root``, or ``root`` itself where it is the only one, its share and no more."""
        workers = processes(root)[1:] or [root]
        for worker in workers:
            group = self._group()
            (group / "cgroup.procs").write_text(str(worker))

    def _group(self) -> Path:
        first = GROUPS / "cpu" if (GROUPS / "cpu" / "cpu.cfs_quota_us").exists() else GROUPS
        group = first / f"waypost-benchmark-{os.getpid()}-{len(self.made)}"
        group.mkdir()
        self.made.append(group)
        quota = int(PERIOD * self.share)
        if first == GROUPS:
            (group / "cpu.max").write_text(f"{quota} {PERIOD}")
        else:
            (group / "cpu.cfs_period_us").write_text(str(PERIOD))
            (group / "cpu.cfs_quota_us").write_text(str(quota))
        return group

    def take_away(self) -> None:
        """Remove the groups, once nobody is in them."""
        for group in self.made:
            for _ in range(50):
                try:
                    group.rmdir()
                    break
                except OSError:
                    time.sleep(0.1)
        self.made.clear()


@contextmanager
def shares(share: float) -> Iterator[Shares]:
    held = Shares(share)
    try:
        yield held
    finally:
        held.take_away()


async def one(workers: int, share: float, seconds: float, people: int, content: str) -> Result:
    """So many workers, each held to ``share`` of a core."""
    with shares(share) as held:
        name = "waypost-webhook" if workers == 1 else f"waypost-webhook-x{workers}"
        return await measure(name, people, 0.0, 0.0, seconds, content, when_ready=held.hold)


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--share", type=float, default=0.2, help="of a core, for each worker")
    parser.add_argument("--people", type=int, default=100)
    wishes = parser.parse_args()
    if os.geteuid() != 0:
        sys.exit("Holding processes to a share of a core needs root. Start this again as root.")
    content = str(proven_base())
    print("| workers | updates/s | p95 ms | processor s per 1,000 | of its quota | load, of a core | of one worker |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    ratios = []
    for _ in range(wishes.rounds):
        single = 0.0
        for workers in (1, 2):
            result = await one(workers, wishes.share, wishes.seconds, wishes.people, content)
            single = single or result.updates
            used = result.cpu * result.updates / 1000 / (workers * wishes.share)
            print(
                f"| {workers} | {result.updates:.0f} | {result.p95:.0f} | {result.cpu:.2f} | {used:.2f} "
                f"| {result.load:.2f} | {result.updates / single:.2f} |",
                flush=True,
            )
        ratios.append(result.updates / single)
    print(f"Two workers to one: {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")
    print(f"Load average of the machine: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    asyncio.run(main())
