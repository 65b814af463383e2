"""Several processes: one that dies is replaced, all end together, and none outlives its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

import pytest

from tests.packs import REPOSITORY

PARENT = """
import os, select, signal, sys, time
from bot.operations.supervisor import Supervisor

def work(number, parent):
    os.write(1, f"started {{number}} {{os.getpid()}}\\n".encode())  # one call, so that lines do not mix
    {work}
    return 0

sys.exit(Supervisor(work, {workers}, final={{1, 2}}).run())
"""

WAITS = """
    ended = []
    signal.signal(signal.SIGTERM, lambda *_: ended.append(1))
    signal.signal(signal.SIGHUP, lambda *_: os.write(1, f"hangup {number}\\n".encode()))
    while not ended:
        try:
            if select.select([parent], [], [], 0.1)[0]: break
        except InterruptedError: pass
"""


class Parent:
    def __init__(self, work: str, workers: int = 2) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", PARENT.format(work=work.strip(), workers=workers)],
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def line(self) -> list[str]:
        assert self.process.stdout is not None
        return self.process.stdout.readline().split()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def ends(self) -> int:
        return self.process.wait(timeout=120)


def test_a_worker_that_is_killed_is_started_anew() -> None:
    with Parent(WAITS) as parent:
        first, second = parent.line(), parent.line()
        assert {first[1], second[1]} == {"0", "1"}
        os.kill(int(first[2]), signal.SIGKILL)
        again = parent.line()
        assert again[:2] == first[:2]
        assert again[2] != first[2]
        parent.process.terminate()
        assert parent.ends() == 0


def test_an_order_to_stop_ends_all_workers_in_time() -> None:
    with Parent(WAITS) as parent:
        children = [int(parent.line()[2]) for _ in range(2)]
        begun = time.monotonic()
        parent.process.terminate()
        assert parent.ends() == 0
        assert time.monotonic() - begun < 5
        assert not any(Path(f"/proc/{child}").exists() for child in children)


def test_a_worker_that_does_not_end_by_itself_is_killed_within_five_seconds() -> None:
    with Parent("signal.signal(signal.SIGTERM, signal.SIG_IGN)\n    time.sleep(60)") as parent:
        child = int(parent.line()[2])
        begun = time.monotonic()
        parent.process.terminate()
        assert parent.ends() == 0
        assert time.monotonic() - begun < 20
        assert not Path(f"/proc/{child}").exists()


def test_a_hangup_reaches_every_worker() -> None:
    with Parent(WAITS) as parent:
        parent.line(), parent.line()
        time.sleep(0.2)
        parent.process.send_signal(signal.SIGHUP)
        assert {tuple(parent.line()), tuple(parent.line())} == {("hangup", "0"), ("hangup", "1")}
        parent.process.terminate()
        assert parent.ends() == 0


def test_a_worker_that_cannot_go_on_ends_all_with_its_status() -> None:
    with Parent("if number == 1: return 1\n" + WAITS) as parent:
        assert parent.ends() == 1


def test_a_worker_that_fails_at_once_is_not_started_in_a_mad_rush() -> None:
    with Parent("raise RuntimeError", workers=1) as parent:
        begun = time.monotonic()
        starts = 0
        while time.monotonic() < begun + 2:
            parent.line()
            starts += 1
        parent.process.terminate()
        assert parent.ends() == 0
        assert starts <= 7


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks into /proc")
def test_no_worker_outlives_its_parent() -> None:
    with Parent(WAITS) as parent:
        children = [int(parent.line()[2]) for _ in range(2)]
        parent.process.kill()
        parent.ends()
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline and any(_runs(child) for child in children):
            time.sleep(0.05)
        assert not any(_runs(child) for child in children)


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
