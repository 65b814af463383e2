"""Several processes in place of one: started, watched, started anew when one dies, and stopped together.

They are forked, so that no setting stands in the arguments of a child, the content lies in memory once, and a process
that dies is replaced within a moment. The parent itself serves nobody and knows nobody.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Collection
from typing import Final

STOP_SECONDS: Final = 4.8
"""How long processes may take to end before they are killed."""

SHORT_LIFE_SECONDS: Final = 5.0
FIRST_PAUSE: Final = 0.1
LONGEST_PAUSE: Final = 5.0
"""Seconds before a process that has died soon after its start is started anew; twice as long each time."""

_TICK: Final = 0.5
_WATCHED: Final = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD})

_log = logging.getLogger(__name__)

Work = Callable[[int, int], int]
"""What a process does, by its number and a pipe that ends when its parent ends; its exit status."""


class Supervisor:
    """Runs ``work`` in ``workers`` processes. One that exits with a status in ``final`` ends them all with it.

    ``meanwhile`` is called about twice a second.
    """

    def __init__(
        self, work: Work, workers: int, *, final: Collection[int], meanwhile: Callable[[], None] = lambda: None
    ) -> None:
        self._work = work
        self._final = final
        self._meanwhile = meanwhile
        self._processes: dict[int, tuple[int, float]] = {}
        self._due: dict[int, float] = dict.fromkeys(range(workers), 0.0)
        self._pauses: dict[int, float] = {}
        self._status = 0
        self._stopping = False
        self._alive, self._parent = os.pipe()

    def run(self) -> int:
        """Until SIGTERM or SIGINT; the exit status. SIGHUP is handed on."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _WATCHED)
        try:
            while not self._stopping:
                self._start_due(before)
                caught = signal.sigtimedwait(_WATCHED, _TICK)
                self._react(caught.si_signo if caught else 0)
                self._bury()
                self._meanwhile()
            return self._stop()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            for end in (self._alive, self._parent):
                os.close(end)

    def _start_due(self, mask: Collection[int]) -> None:
        now = time.monotonic()
        for number in [number for number, due in self._due.items() if due <= now]:
            del self._due[number]
            self._start(number, mask)

    def _start(self, number: int, mask: Collection[int]) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        try:
            process = os.fork()
        except OSError:  # no process or no memory left
            self._due[number] = time.monotonic() + LONGEST_PAUSE
            return
        if process:
            self._processes[process] = (number, time.monotonic())
            return
        status = 1
        try:
            os.close(self._parent)
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
            status = self._work(number, self._alive)
        except BaseException as error:  # nothing of the parent's may run in the child
            _log.critical("A process has failed.", exc_info=error)
            status = os.EX_SOFTWARE
        finally:
            with contextlib.suppress(Exception):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(status)

    def _react(self, number: int) -> None:
        if number in {signal.SIGTERM, signal.SIGINT}:
            self._stopping = True
        elif number == signal.SIGHUP:
            self._tell(signal.SIGHUP)

    def _bury(self) -> None:
        """Take note of processes that have ended."""
        while self._processes:
            process, status = os.waitpid(-1, os.WNOHANG)
            if not process:
                return
            number, started = self._processes.pop(process, (-1, 0.0))
            code = os.waitstatus_to_exitcode(status)
            if self._stopping or number < 0:
                continue
            if code in self._final:
                self._status, self._stopping = code, True
                return
            self._start_again(number, started, code)

    def _start_again(self, number: int, started: float, code: int) -> None:
        now = time.monotonic()
        short = now - started < SHORT_LIFE_SECONDS
        pause = min(LONGEST_PAUSE, 2 * self._pauses.get(number, FIRST_PAUSE / 2)) if short else 0.0
        self._pauses[number] = pause or FIRST_PAUSE / 2
        self._due[number] = now + pause
        ended = f"was ended by signal {-code}" if code < 0 else f"ended with status {code}"
        _log.error("Worker %d %s. It is started anew.", number, ended)

    def _stop(self) -> int:
        self._tell(signal.SIGTERM)
        end = time.monotonic() + STOP_SECONDS
        while self._processes and time.monotonic() < end:
            signal.sigtimedwait({signal.SIGCHLD}, 0.05)
            self._bury()
        self._tell(signal.SIGKILL)
        while self._processes:
            process, _ = os.waitpid(-1, 0)
            self._processes.pop(process, None)
        return self._status

    def _tell(self, number: int) -> None:
        for process in self._processes:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, number)
