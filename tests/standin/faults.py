"""What can go wrong between a bot and Telegram, switched on by a test for some calls or some seconds."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Literal

from tests.standin.clock import Bell

Kind = Literal["status", "cut_before", "cut_after", "hang", "garbage", "slow"]


@dataclass
class Fault:
    """One trouble. ``method`` is a Bot API method or ``*``; it ends after ``calls`` calls or at ``until``."""

    kind: Kind
    method: str
    calls: int | None
    until: float | None
    status: int = 500
    retry_after: int | None = None
    seconds: float = 0.0

    def is_over(self) -> bool:
        return self.calls == 0 or (self.until is not None and time.monotonic() >= self.until)

    def concerns(self, method: str) -> bool:
        return self.method in ("*", method) and not self.is_over()

    def spent(self) -> Fault:
        if self.calls is not None:
            self.calls -= 1
        return self


class Faults:
    """Each switch takes ``calls`` (how many it hits, None: all) and ``seconds`` of real time (None: for ever).

    Faults switched on first are used up first; a slow line combines with any other fault.
    """

    def __init__(self, bell: Bell) -> None:
        self._bell = bell
        self._active: list[Fault] = []
        self._generation = 0

    def fails(self, method: str, status: int, *, calls: int | None = 1, seconds: float | None = None) -> None:
        """HTTP 500 or 502, 401, 403, 404, 409 … instead of doing it."""
        self._add("status", method, calls, seconds, status=status)

    def floods(self, method: str, retry_after: int, *, calls: int | None = 1, seconds: float | None = None) -> None:
        """429 with ``retry_after``, instead of doing it."""
        self._add("status", method, calls, seconds, status=429, retry_after=retry_after)

    def cuts_before(self, method: str, *, calls: int | None = 1, seconds: float | None = None) -> None:
        """The connection breaks and nothing was done."""
        self._add("cut_before", method, calls, seconds)

    def cuts_after(self, method: str, *, calls: int | None = 1, seconds: float | None = None) -> None:
        """It is done, and the connection breaks before the answer arrives."""
        self._add("cut_after", method, calls, seconds)

    def hangs(self, method: str, *, calls: int | None = 1, seconds: float | None = None) -> None:
        """No answer and nothing done, until ``clear`` or until the bot gives up."""
        self._add("hang", method, calls, seconds)

    def garbles(self, method: str, *, calls: int | None = 1, seconds: float | None = None) -> None:
        """It is done, and the answer is not JSON."""
        self._add("garbage", method, calls, seconds)

    def slows(self, method: str, by: float, *, calls: int | None = None, seconds: float | None = None) -> None:
        """Each call takes ``by`` seconds longer."""
        self._add("slow", method, calls, seconds, delay=by)

    def clear(self) -> None:
        """The line is good again; what hung is let go without an answer."""
        self._active.clear()
        self._generation += 1
        self._bell.ring()

    def take(self, method: str) -> tuple[float, Fault | None]:
        """The delay in seconds and the trouble for this call; both are used up by asking."""
        self._active = [fault for fault in self._active if not fault.is_over()]
        concerned = [fault for fault in self._active if fault.concerns(method)]
        delay = sum(fault.spent().seconds for fault in concerned if fault.kind == "slow")
        trouble = next((fault for fault in concerned if fault.kind != "slow"), None)
        return delay, trouble.spent() if trouble else None

    async def hang(self) -> None:
        """Returns when the test clears the faults, after ten minutes at the latest."""
        before = self._generation
        await self._bell.until(lambda: self._generation != before, within=600)

    def _add(
        self,
        kind: Kind,
        method: str,
        calls: int | None,
        seconds: float | None,
        *,
        status: int = 500,
        retry_after: int | None = None,
        delay: float = 0.0,
    ) -> None:
        until = None if seconds is None else time.monotonic() + seconds
        if seconds is not None and calls == 1:
            calls = None
        self._active.append(Fault(kind, method, calls, until, status, retry_after, delay))
