"""The stand-in itself: start it, give its address to a bot, be its people, and look at what happened."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator
from dataclasses import dataclass
from threading import Thread
from typing import Any, Literal, Self, TypeVar

from aiohttp import web

from tests.standin.canaries import Canaries
from tests.standin.clock import Clock
from tests.standin.faults import Faults
from tests.standin.groups import Channel, Group
from tests.standin.hook import Hook
from tests.standin.journal import Call, Finding, Journal
from tests.standin.people import Person
from tests.standin.profile import Profile
from tests.standin.refusals import Json, RefusalError
from tests.standin.updates import Updates
from tests.standin.wire import Wire
from tests.standin.world import World

Result = TypeVar("Result")

HOST = "127.0.0.1"
GRACE = 0.1
"""Seconds that connections get to end by themselves."""
STILL = 0.1
"""Seconds without a call after which the bot counts as done."""


class StandIn:
    """Telegram's Bot API for one bot, on a free port of this machine.

    async with StandIn() as telegram:
        start_the_bot(telegram.url, telegram.token)
        person = telegram.person()
        await person.types("/start")
        screen = await person.sees()
        telegram.assert_clean()
    """

    def __init__(self, *, username: str = "waypost_standin_bot") -> None:
        self._world = World.new(username=username)
        self.token = f"{self._world.bot['id']}:{secrets.token_urlsafe(27)[:35]}"
        self._world.canaries.add(self.token)
        self.faults = Faults(self._world.bell)
        self._wire = Wire(self._world, self.faults, self.token)
        self.hook = Hook(self._world.updates, self._world.bell, self._carry)
        self._runner: web.AppRunner | None = None
        self._delivery: asyncio.Task[None] | None = None
        self.port = 0

    async def __aenter__(self) -> Self:
        await self.starts_listening()
        self._delivery = asyncio.create_task(self.hook.run())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._delivery is not None:
            self._delivery.cancel()
            await asyncio.gather(self._delivery, return_exceptions=True)
        await self.stops_listening()

    async def starts_listening(self) -> None:
        """Opens the port, the same one as before after an outage."""
        # A poll dies with its connection, as it does at Telegram, so that the next one meets no conflict.
        self._runner = web.AppRunner(
            self._wire.application(), access_log=None, handler_cancellation=True, shutdown_timeout=GRACE
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self.port, reuse_address=True).start()
        self.port = self._runner.addresses[0][1]

    async def stops_listening(self) -> None:
        """Connections are cut and new ones refused; what people do meanwhile waits in the queue."""
        if self._runner is not None:
            self.faults.clear()
            await self._wire.close()
            await self._runner.cleanup()
            self._runner = None

    @contextlib.asynccontextmanager
    async def outage(self) -> AsyncIterator[None]:
        """Telegram cannot be reached inside this block."""
        await self.stops_listening()
        try:
            yield
        finally:
            await self.starts_listening()

    @property
    def url(self) -> str:
        """The address for ``TELEGRAM_API_BASE_URL``; libraries append ``/bot`` and the token."""
        return f"http://{HOST}:{self.port}"

    @property
    def username(self) -> str:
        return str(self._world.bot["username"])

    @property
    def clock(self) -> Clock:
        return self._world.clock

    @property
    def updates(self) -> Updates:
        return self._world.updates

    @property
    def profile(self) -> Profile:
        return self._world.profile

    @property
    def journal(self) -> Journal:
        return self._world.journal

    @property
    def canaries(self) -> Canaries:
        return self._world.canaries

    @property
    def refusals(self) -> list[Call]:
        """Every call answered with 4xx, whoever is to blame."""
        return self.journal.refusals

    @property
    def findings(self) -> list[Finding]:
        """What Telegram took without a word and a person pays for."""
        return self.journal.findings

    @property
    def downloads(self) -> list[Call]:
        """Every attempt to fetch, forward or copy media."""
        return self.journal.downloads

    def calls(self, *methods: str) -> list[Call]:
        """All calls, or those of some methods, in the order they came."""
        return self.journal.of(*methods) if methods else list(self.journal.calls)

    def person(self, *, language_code: str | None = "en") -> Person:
        """Somebody new, who has not written yet."""
        return Person(self._world, language_code=language_code)

    def group(self, *, kind: Literal["group", "supergroup"] = "supergroup", privacy: bool = True) -> Group:
        return Group(self._world, kind=kind, privacy=privacy)

    def channel(self) -> Channel:
        return Channel(self._world)

    def poisons(self, item: Any = None) -> int:
        """Puts something into the queue that no library can read; returns its update_id."""
        unreadable: Json = {"message": {"message_id": "seven", "chat": None, "date": [], "text": {}}}
        return self.updates.add_raw(unreadable if item is None else item).update_id

    async def reaches(self, condition: Callable[[], bool], *, within: float = 20.0) -> bool:
        """Waits until something is so, looking again at every change."""
        return await self._world.bell.until(condition, within=within)

    async def is_polled(self, *, within: float = 30.0) -> None:
        """Waits until the bot waits for updates, as it does when it is up and has nothing left to fetch."""
        if not await self.reaches(lambda: self.updates.is_polled, within=within):
            calls = "\n  ".join(call.line() for call in self.calls()) or "none"
            raise AssertionError(f"no getUpdates waits within {within:g} s. Calls:\n  {calls}")

    async def settles(self, *, within: float = 20.0) -> None:
        """Waits until every update is confirmed and each press answered, and the bot is still for a moment."""
        deadline = time.monotonic() + within
        calls = -1
        while time.monotonic() < deadline and await self.reaches(self._is_settled, within=within):
            if calls == (calls := len(self.calls()) - len(self.calls("getUpdates"))):
                return
            await asyncio.sleep(STILL)
        raise AssertionError(
            f"not settled within {within:g} s: {len(self.updates.pending)} updates unconfirmed, "
            f"{len(self._world.unanswered_presses())} presses unanswered"
        )

    def _is_settled(self) -> bool:
        waiting = [call for call in self.calls() if call.status is None and call.fault is None]
        busy = [call for call in waiting if call.method != "getUpdates"]
        return not (self.updates.pending or self._world.unanswered_presses() or busy)

    def assert_clean(self, *, allow: Iterable[str] = ()) -> None:
        """Fails with a list of what the bot did wrong: refusals it caused, media, previews, lost links.

        ``allow``: parts of lines that this test expects, such as ``"message is not modified"``.
        Presses that are still unanswered count too, so let the bot settle first.
        """
        lines = self.journal.complaints(allow)
        lines += [f"press {press.query_id} was never answered" for press in self._world.unanswered_presses()]
        if lines:
            raise AssertionError("Telegram objects:\n  " + "\n  ".join(lines))

    def assert_private(self) -> None:
        """Fails when anything that identifies a person travels anywhere but in the address of their own answer."""
        lines = []
        for call in self.calls():
            for name, value in call.parameters.items():
                if name in ("chat_id", "callback_query_id"):
                    continue
                lines += [f"{found} in {name} of {call.method}" for found in self.canaries.found_in(str(value))]
        if lines:
            raise AssertionError("canaries on the line:\n  " + "\n  ".join(lines))

    def _carry(self, method: str, parameters: dict[str, Any]) -> None:
        name = self._wire.methods.name(method)
        call = Call(name, parameters, self.clock.now())
        self.journal.calls.append(call)
        try:
            self._wire.carry(call)
        except RefusalError as refusal:
            call.cause = refusal.cause
            call.answered(refusal.status, refusal.as_json())


@dataclass(frozen=True)
class InThread:
    """A stand-in that runs in its own thread, for tests without a loop: ``run(person.sees())`` waits for it."""

    telegram: StandIn
    loop: asyncio.AbstractEventLoop

    def run(self, action: Coroutine[Any, Any, Result], *, within: float = 30.0) -> Result:
        """The result of one of the stand-in's coroutines, run where the stand-in lives."""
        future = asyncio.run_coroutine_threadsafe(action, self.loop)
        return future.result(within)


@contextlib.contextmanager
def standin_in_thread(*, username: str = "waypost_standin_bot") -> Iterator[InThread]:
    """Starts a stand-in in a thread of its own, and ends both."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, name="stand-in", daemon=True)
    thread.start()
    telegram = StandIn(username=username)
    there = InThread(telegram, loop)
    try:
        there.run(telegram.__aenter__())
        yield there
    finally:
        there.run(telegram.__aexit__())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
