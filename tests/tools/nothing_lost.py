"""Replicas are killed and given new content and another version while people press: is every press answered rightly?

    .venv/bin/python -m tests.tools.nothing_lost [SECONDS]

Both replicas stand behind one address, and the stand-in delivers again what was not accepted, as Telegram does. Every
five seconds one of them is killed with SIGKILL or, every fourth time, asked to end, and started again; in between the
words of the content change, and from time to time the version of the program that is started.

A press is answered once a replica has accepted its delivery. Telegram then lets go of it, so the screen must at that
moment be one that the engine gives for this press, on one of the contents and by one of the versions there have been;
and it must still be when the next press is made. For each press that is not, everything that became of it is printed.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from tests.end_to_end.process import RunningBot, free_port, running_bot
from tests.standin import Person, Seen, StandIn
from tests.standin.updates import Update
from tests.tools.losing.balancer import Balancer
from tests.tools.losing.record import Record
from tests.tools.losing.releases import Releases

SECONDS: Final = 120.0
EVERY: Final = 5.0
PEOPLE: Final = 12
PAUSE: Final = 0.7
"""Between somebody's presses; quicker ones would count as a flood."""

CALL_SECONDS: Final = 0.25
"""How long Telegram takes for each screen, so that a process is killed in the middle of some."""

REPLICAS: Final = 2
PATIENCE: Final = 60.0
"""Seconds after which a press counts as lost; while both replicas start at once, answers take seconds."""

_LEAVE: Final = "Leave"
_SHOWN: Final = 20


@dataclass
class Outcome:
    """What came of it. ``unanswered`` and ``wrong`` hold what became of each such press."""

    presses: int = 0
    unanswered: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    kills: int = 0
    ends: int = 0
    contents: int = 1
    shown: set[int] = field(default_factory=set)
    """Which editions of the content were seen by somebody."""
    versions: set[str] = field(default_factory=set)
    """By which versions of the program somebody was answered."""
    repeated: int = 0
    """Updates that had to be delivered more than once."""
    slowest: float = 0.0

    def line(self) -> str:
        return (
            f"{self.presses} presses, {len(self.unanswered)} unanswered, {len(self.wrong)} answered wrongly; "
            f"{self.kills} kills, {self.ends} ordered ends, {self.contents} contents of which {len(self.shown)} were "
            f"seen, {len(self.versions)} versions, {self.repeated} updates delivered more than once, slowest answer "
            f"{self.slowest:.1f} s"
        )


@dataclass
class Pressed:
    """A press under way. ``accepted`` is set once a replica has said that it is done with."""

    person: Person
    menu: int
    token: str
    label: str
    before: str
    at: float
    update: Update
    accepted: asyncio.Event = field(default_factory=asyncio.Event)


class Trial:
    """One run: the replicas, the people, and whoever kills and changes."""

    def __init__(self, telegram: StandIn, folder: Path) -> None:
        self.outcome = Outcome()
        self.record = Record()
        self._telegram = telegram
        self._releases = Releases(folder)
        self._ports = [free_port() for _ in range(REPLICAS)]
        self._running: dict[int, RunningBot] = {}
        self._pressed: dict[int, Pressed] = {}
        self._pressing_ends = asyncio.Event()
        self._serving_ends = asyncio.Event()
        """Later than the former: whoever has pressed last is answered first."""
        telegram.updates.when_confirmed(self._accepted)

    async def run(self, seconds: float, every: float) -> Outcome:
        """Press for so many seconds, and disturb ``every`` so many."""
        async with Balancer(self._ports, self.record).listening() as address:
            replicas = [asyncio.create_task(self._replica(port, address)) for port in self._ports]
            async with asyncio.timeout(60):
                while len(self._running) < REPLICAS:  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
            people = [asyncio.create_task(self._person()) for _ in range(PEOPLE)]
            await self._disturb(seconds, every)
            self._pressing_ends.set()
            await asyncio.gather(*people)
            self._serving_ends.set()
            await asyncio.gather(*replicas)
        tried: dict[int, int] = {}
        for delivery in self.record.deliveries:
            tried[delivery.update] = tried.get(delivery.update, 0) + 1
        self.outcome.repeated = sum(count > 1 for count in tried.values())
        return self.outcome

    async def _replica(self, port: int, address: str) -> None:
        """One place for a process, filled again as soon as it is empty."""
        while not self._serving_ends.is_set():
            version = self._releases.current
            self.record.note(f"{port} starts with version {version.number}")
            async with running_bot(
                self._telegram,
                content=version.content,
                folder=version.folder,
                proven=False,
                first="setWebhook",
                PORT=str(port),
                PYTHONPATH=str(version.folder),
                TELEGRAM_WEBHOOK_URL=address,
            ) as bot:
                self._running[port] = bot
                self.record.note(f"{port} has set the webhook")
                stopped = asyncio.create_task(self._serving_ends.wait())
                ended = asyncio.create_task(bot.process.wait())
                await asyncio.wait({stopped, ended}, return_when=asyncio.FIRST_COMPLETED)
                self.record.note(f"{port} has ended with status {bot.process.returncode}")
                self._running.pop(port, None)
                for task in (stopped, ended):
                    task.cancel()
            if "Traceback" in bot.output.decode(errors="replace"):
                self.outcome.wrong.append(f"{port} wrote a traceback: {bot.output.decode(errors='replace')[-2000:]}")

    async def _disturb(self, seconds: float, every: float) -> None:
        end = time.monotonic() + seconds
        number = 0
        while time.monotonic() < end:
            await asyncio.sleep(every / 2)
            number += 1
            await asyncio.to_thread(self._releases.roll_out_content)
            self.outcome.contents += 1
            self.record.note(f"edition {self.outcome.contents} of the content is out")
            if number % 3 == 2:
                self._releases.roll_out_version()
                self.record.note(f"version {self._releases.current.number} is out")
            await asyncio.sleep(every / 2)
            if self._running:
                self._end_one(ordered=number % 4 == 0)

    def _end_one(self, *, ordered: bool) -> None:
        port = random.choice([*self._running])
        victim = self._running[port].process
        self.record.note(f"{port} is asked to end" if ordered else f"{port} is killed")
        with contextlib.suppress(ProcessLookupError):
            if ordered:
                victim.send_signal(signal.SIGTERM)
                self.outcome.ends += 1
            else:
                victim.kill()
                self.outcome.kills += 1

    async def _person(self) -> None:
        person = self._telegram.person()
        await person.types("/start")
        menu = (await person.sees(within=PATIENCE)).message_id
        last: Pressed | None = None
        while not self._pressing_ends.is_set():
            if last is not None and _on_screen(person, menu).html not in self._expected(last):
                self.outcome.wrong.append(self._told(last, "and later the screen became another"))
            last = await self._press(person, menu)
            if last is None:
                return
            await asyncio.sleep(PAUSE * random.uniform(0.9, 1.3))

    async def _press(self, person: Person, menu: int) -> Pressed | None:
        """One press, until its answer is on the screen or it is accepted; None if neither ever happens."""
        before = _on_screen(person, menu)
        button = random.choice([button for button in before.buttons if button.data and button.label != _LEAVE])
        at = self.record.now()
        press = await person.presses(button.label, on=before)
        assert press.update is not None
        pressed = Pressed(person, menu, button.data or "", button.label, str(before.html), at, press.update)
        self._pressed[press.update.update_id] = pressed
        self.outcome.presses += 1
        while not pressed.accepted.is_set():
            shown = _on_screen(person, menu).html
            if shown != pressed.before and shown in self._expected(pressed):
                break
            if self.record.now() - at > PATIENCE:
                self.outcome.unanswered.append(self._told(pressed, "was never answered"))
                return None
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(pressed.accepted.wait(), 0.02)
        self.outcome.slowest = max(self.outcome.slowest, self.record.now() - at)
        return pressed

    def _accepted(self, update: Update) -> None:
        """Telegram lets go of an update, so its answer must be there."""
        pressed = self._pressed.pop(update.update_id, None)
        if pressed is None:
            return
        pressed.accepted.set()
        release = self._expected(pressed).get(str(_on_screen(pressed.person, pressed.menu).html))
        if release is None:
            self.outcome.wrong.append(self._told(pressed, "was accepted without its answer on the screen"))
        else:
            self.outcome.versions.add(release[0])
            self.outcome.shown.add(release[1])

    def _expected(self, pressed: Pressed) -> dict[str, tuple[str, int]]:
        return self._releases.screens(pressed.token, datetime.now(UTC))

    def _told(self, pressed: Pressed, what: str) -> str:
        """What became of a press, for whoever must find out why."""
        shown = _on_screen(pressed.person, pressed.menu)
        calls = [call for call in self._telegram.calls() if call.chat_id == pressed.person.id]
        timeline = self.record.timeline(pressed.update.update_id, pressed.at, calls)
        return (
            f"{pressed.label!r} on {pressed.before[:80]!r} {what}, which is {shown.text[:120]!r}\n"
            f"{timeline}\n    {self.record.now():8.3f} this was written"
        )


def _on_screen(person: Person, message: int) -> Seen:
    return next(seen for seen in person.messages if seen.message_id == message)


@contextlib.asynccontextmanager
async def _telegram() -> AsyncIterator[StandIn]:
    async with StandIn() as telegram:
        telegram.faults.slows("editMessageText", CALL_SECONDS)
        yield telegram


async def trial(seconds: float, every: float = EVERY) -> Outcome:
    """A stand-in, a small pack, and all that happens to both."""
    with tempfile.TemporaryDirectory(prefix="waypost-nothing-lost-") as folder:
        async with _telegram() as telegram:
            return await Trial(telegram, Path(folder)).run(seconds, every)


def main() -> int:
    outcome = asyncio.run(trial(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS))
    print(outcome.line())
    for line in [*outcome.unanswered, *outcome.wrong][:_SHOWN]:
        print(line)
    return 1 if outcome.unanswered or outcome.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
