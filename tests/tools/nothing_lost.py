"""Two replicas that are killed and given new content while people press without pause: is every press answered rightly?

    .venv/bin/python -m tests.tools.nothing_lost [SECONDS]

Both stand behind one address, as behind a load balancer, and the stand-in delivers again what was not accepted, as
Telegram does. Every five seconds one of them is killed with SIGKILL or, every fourth time, asked to end, and started
again; in between the words of the content change. Each screen that answers a press must be the one that the engine
gives for it, on one of the contents there have been.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.dialogue.engine import Engine
from bot.dialogue.opening import open_engine
from bot.dialogue.rendering import telegram_html
from tests.end_to_end.process import RunningBot, free_port, running_bot
from tests.packs import small_pack
from tests.proven import as_if_proven
from tests.standin import Person, Seen, StandIn

SECONDS: Final = 120.0
EVERY: Final = 5.0
PEOPLE: Final = 12
PAUSE: Final = 0.7
"""Between somebody's presses; quicker ones would count as a flood."""

CALL_SECONDS: Final = 0.25
"""How long Telegram takes for each screen, so that a process is killed in the middle of some."""

REPLICAS: Final = 2
_PATIENCE: Final = 60.0
"""How long somebody waits before a press counts as lost; while both replicas start at once, answers take seconds."""

_LEAVE: Final = "Leave"
_WORDS: Final = "The second screen"


@dataclass
class Outcome:
    """What came of it."""

    presses: int = 0
    unanswered: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    kills: int = 0
    ends: int = 0
    contents: int = 1
    shown: set[int] = field(default_factory=set)
    """Which of the contents were seen by somebody."""
    repeated: int = 0
    """Deliveries that had to be made again."""
    slowest: float = 0.0

    def line(self) -> str:
        return (
            f"{self.presses} presses, {len(self.unanswered)} unanswered, {len(self.wrong)} answered wrongly; "
            f"{self.kills} kills, {self.ends} ordered ends, {self.contents} contents of which {len(self.shown)} were "
            f"seen, {self.repeated} updates delivered more than once, slowest answer {self.slowest:.1f} s"
        )


class Balancer:
    """One address before several ports: each connection goes to one that answers."""

    def __init__(self, ports: Collection[int]) -> None:
        self._ports = [*ports]
        self._carried: set[asyncio.Task[None]] = set()

    @contextlib.asynccontextmanager
    async def listening(self, port: int) -> AsyncIterator[str]:
        """Its address, for as long as the block lasts."""
        server = await asyncio.start_server(self._connected, "127.0.0.1", port)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.close()
            for task in self._carried:
                task.cancel()
            await asyncio.gather(*self._carried, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for port in random.sample(self._ports, len(self._ports)):
            with contextlib.suppress(OSError):
                there = await asyncio.open_connection("127.0.0.1", port)
                for source, target in ((reader, there[1]), (there[0], writer)):
                    task = asyncio.create_task(_carry(source, target))
                    self._carried.add(task)
                    task.add_done_callback(self._carried.discard)
                return
        writer.transport.abort()


async def _carry(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    try:
        while data := await source.read(65536):
            target.write(data)
            await target.drain()
    except OSError:
        pass
    finally:
        target.close()


class Trial:
    """One run: the replicas, the people, and whoever kills and changes."""

    def __init__(self, telegram: StandIn, pack: Path) -> None:
        self.outcome = Outcome()
        self._telegram = telegram
        self._pack = pack
        self._engines: list[Engine] = [open_engine([str(pack)])]
        self._ports = [free_port() for _ in range(REPLICAS)]
        self._running: dict[int, RunningBot] = {}
        self._pressing_ends = asyncio.Event()
        self._serving_ends = asyncio.Event()
        """Later than the former: whoever has pressed last is answered first."""

    async def run(self, seconds: float, every: float) -> Outcome:
        """Press for so many seconds, and disturb ``every`` so many."""
        balancer = Balancer(self._ports)
        async with balancer.listening(free_port()) as address:
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
        delivered = [*self._telegram.updates._confirmed.values()]
        self.outcome.repeated = sum(update.deliveries > 1 for update in delivered)
        return self.outcome

    async def _replica(self, port: int, address: str) -> None:
        """One place for a process, filled again as soon as it is empty."""
        while not self._serving_ends.is_set():
            async with running_bot(
                self._telegram,
                content=self._pack,
                proven=False,
                first="setWebhook",
                PORT=str(port),
                TELEGRAM_WEBHOOK_URL=address,
            ) as bot:
                self._running[port] = bot
                stopped = asyncio.create_task(self._serving_ends.wait())
                ended = asyncio.create_task(bot.process.wait())
                await asyncio.wait({stopped, ended}, return_when=asyncio.FIRST_COMPLETED)
                self._running.pop(port, None)
                for task in (stopped, ended):
                    task.cancel()
                if self._serving_ends.is_set():
                    return

    async def _disturb(self, seconds: float, every: float) -> None:
        end = time.monotonic() + seconds
        number = 0
        while time.monotonic() < end:
            await asyncio.sleep(every / 2)
            number += 1
            self._change(number)
            await asyncio.sleep(every / 2)
            if not self._running:
                continue
            victim = self._running[random.choice([*self._running])].process
            if number % 4 == 0:
                victim.send_signal(signal.SIGTERM)
                self.outcome.ends += 1
            else:
                victim.kill()
                self.outcome.kills += 1

    def _change(self, number: int) -> None:
        """Other words, and a proof of them, as a roll-out brings both."""
        topic = self._pack / "flows" / "topic.yaml"
        before = f"{_WORDS}, edition {number - 1}." if number > 1 else f"{_WORDS}."
        text = topic.read_text().replace(before, f"{_WORDS}, edition {number}.")
        topic.write_text(text)
        as_if_proven(self._pack)
        self._engines.append(open_engine([str(self._pack)]))
        self.outcome.contents += 1

    async def _person(self) -> None:
        person = self._telegram.person()
        await person.types("/start")
        menu = (await person.sees(within=_PATIENCE)).message_id
        while not self._pressing_ends.is_set():
            await self._press(person, menu)
            await asyncio.sleep(PAUSE * random.uniform(0.9, 1.3))

    async def _press(self, person: Person, menu: int) -> None:
        before = _on_screen(person, menu)
        buttons = [button for button in before.buttons if button.data and button.label != _LEAVE]
        button = random.choice(buttons)
        begun = time.monotonic()
        await person.presses(button.label, on=before)
        self.outcome.presses += 1
        while (shown := _on_screen(person, menu)).html == before.html:
            expected = self._expected(button.data or "")
            if before.html in expected and len(expected) == 1:
                return  # the screen that is already there
            if time.monotonic() - begun > _PATIENCE:
                self.outcome.unanswered.append(f"{button.label} on {before.text[:80]!r}")
                return
            await asyncio.sleep(0.02)
        self.outcome.slowest = max(self.outcome.slowest, time.monotonic() - begun)
        expected = self._expected(button.data or "")
        if shown.html in expected:
            self.outcome.shown.update(expected[shown.html])
        else:
            self.outcome.wrong.append(f"{button.label} on {before.text[:80]!r} gave {shown.text[:200]!r}")

    def _expected(self, token: str) -> dict[str | None, list[int]]:
        """The screens that the engine gives for this press, and the contents that give each."""
        now = datetime.now(UTC)
        found: dict[str | None, list[int]] = {}
        for number, engine in enumerate(self._engines):
            found.setdefault(telegram_html.render(engine.press(token, now)), []).append(number)
        return found


def _on_screen(person: Person, message: int) -> Seen:
    return next(seen for seen in person.messages if seen.message_id == message)


async def trial(seconds: float, every: float = EVERY) -> Outcome:
    """A stand-in, a small pack, and all that happens to both."""
    with tempfile.TemporaryDirectory(prefix="waypost-nothing-lost-") as folder:
        pack = as_if_proven(small_pack(Path(folder) / "pack"))
        async with StandIn() as telegram:
            telegram.faults.slows("editMessageText", CALL_SECONDS)
            return await Trial(telegram, pack).run(seconds, every)


def main() -> int:
    outcome = asyncio.run(trial(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS))
    print(outcome.line())
    for line in [*outcome.unanswered, *outcome.wrong][:20]:
        print(line)
    return 1 if outcome.unanswered or outcome.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
