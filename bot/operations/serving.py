"""What people are served: the newest content that is proven; before there is any, the emergency card. Never nothing.

The files of the content may change at any time. What they say is loaded beside what is being served, checked, and put
in its place at once: each turn asks for the engine one time, so that nobody meets half of each. Content that does not
load, or has errors, is never served: what was served before stays, and the reason is logged and shown in readiness.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import gc
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot import __version__
from bot.checks.proven import is_proven
from bot.content.errors import ContentError
from bot.content.folders import pack_folder
from bot.dialogue.emergency_card import OnlyTheCardError
from bot.dialogue.engine import Engine
from bot.dialogue.facts import Deployment
from bot.operations.content_files import Stamp, stamp
from bot.operations.prepared import Wanted, read_prepared
from bot.operations.proven_note import ProvenNote
from bot.operations.proving import errors_in, proof_of_files
from bot.settings import Settings

LOOK_SECONDS: Final = 0.25
"""How often the files are looked at. They are loaded once they have stood still for as long."""

HALF_WRITTEN_SECONDS: Final = 1.0
"""For so long content that does not load may be in the middle of being written."""

_NAMED: Final = 3

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Refused:
    """Content that is on the disk and not served. ``content`` is its hash, empty where it does not even load."""

    content: str
    reason: str


class Serving:
    """The engine of this process, and what becomes of content that changes.

    ``ready`` is set once there is content to serve; at once where it is proven. ``note`` tells what other processes
    have proven; only the one that ``proves`` runs checks. ``problem`` says why there is no ``engine``; ``seen`` is what
    the files looked like before they were loaded.
    """

    def __init__(
        self,
        engine: Engine | None,
        settings: Settings,
        *,
        note: ProvenNote | None = None,
        proves: bool = True,
        problem: str = "",
        seen: Stamp | None = None,
    ) -> None:
        self._settings = settings
        self._seen = stamp(settings.content) if seen is None else seen
        self._note = note or ProvenNote()
        self._proves = proves
        self._live: Engine | None = None
        self._candidate: Engine | None = None
        self._check: asyncio.Task[None] | None = None
        self._woken = asyncio.Event()
        self._changed: list[Callable[[], None]] = []
        self.ready = asyncio.Event()
        self.refused: Refused | None = Refused("", problem) if problem else None
        if engine is not None and self._is_proven(engine):
            self._serve(engine)
        else:
            self._candidate = engine

    def engine(self) -> Engine:
        """The engine. Raises `OnlyTheCardError` until there is proven content."""
        if self._live is None:
            raise OnlyTheCardError
        return self._live

    @property
    def live(self) -> Engine | None:
        """The engine, or None before there is proven content."""
        return self._live

    def on_change(self, call: Callable[[], None]) -> None:
        """Call this after other content has taken the place of what was served."""
        self._changed.append(call)

    def look_now(self) -> None:
        """Load the files even if they look unchanged, as SIGHUP asks for."""
        self._woken.set()

    async def keep(self) -> None:
        """See to it, until cancelled, that what people are served is what is on the disk, as soon as it is proven."""
        try:
            seen = judged = self._seen
            if self._candidate is not None:
                _log.warning("This content is not proven yet. Until it is, people get the emergency card.")
                self._begin_check()
            while True:
                asked = await self._pause()
                self._follow_note()
                try:
                    now = await self._stamp()
                except Exception:  # no file handles, no memory: the watch goes on when there are some again
                    await asyncio.sleep(HALF_WRITTEN_SECONDS)
                    continue
                still, seen = now == seen, now
                if asked or (still and now != judged):
                    judged = await self._judge(now)
        finally:
            await self._stop_check()

    async def _pause(self) -> bool:
        """Wait for the next look. True if somebody asked for it."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LOOK_SECONDS):
                await self._woken.wait()
        asked = self._woken.is_set()
        self._woken.clear()
        return asked

    async def _judge(self, before: Stamp) -> Stamp:
        """Load the files and decide; what they looked like if that is decided, and nothing if it must be done again."""
        try:
            engine = await asyncio.to_thread(self._load)
        except Exception as error:  # whatever is wrong with files must not end the watch over them
            await asyncio.sleep(HALF_WRITTEN_SECONDS)
            if not await self._is_still(before):
                return frozenset()
            await self._stop_check()
            self._candidate = None
            self._refuse("", reason_of(error))
            return before if isinstance(error, ContentError) else frozenset()
        if not await self._is_still(before):
            return frozenset()  # changed while they were read
        await self._stop_check()
        awaited, self._candidate = self._candidate is not None, None
        if self._live is not None and engine.content.fingerprint == self._live.content.fingerprint:
            self.refused = None
        elif self._is_proven(engine):
            if awaited:  # the check has just left its proof, which was seen before its report
                _log.info("The content is proven, and is served from now on.")
            self._serve(engine)
        else:
            self._candidate = engine
            _log.info("The content has changed. It is checked, and served once it is proven.")
            self._begin_check()
        return before

    def _load(self) -> Engine:
        """Read the files, in a thread beside the turns."""
        return load_engine(self._settings)

    def _begin_check(self) -> None:
        if self._proves:
            self._check = asyncio.create_task(self._prove())

    async def _stop_check(self) -> None:
        check, self._check = self._check, None
        if check is not None:
            check.cancel()
            await asyncio.gather(check, return_exceptions=True)

    async def _prove(self) -> None:
        report = await proof_of_files()
        engine = self._candidate
        if engine is None or report.get("content") != engine.content.fingerprint:
            self.look_now()  # the files have changed since
        elif report.get("fit") is True:
            _log.info("The content is proven, and is served from now on.")
            self._serve(engine)
        else:
            reason = errors_in(report)
            self._candidate = None
            self._refuse(engine.content.fingerprint, reason)

    def _follow_note(self) -> None:
        """Serve what another process has proven meanwhile."""
        engine = self._candidate
        if engine is not None and not self._proves and self._note.knows(engine.content.fingerprint):
            self._serve(engine)

    def _is_proven(self, engine: Engine) -> bool:
        return _has_proof(engine, self._settings) or self._note.knows(engine.content.fingerprint)

    def _serve(self, engine: Engine) -> None:
        first = self._live is None
        self._live, self._candidate, self.refused = engine, None, None
        self._note.write(engine.content.fingerprint)
        settle_memory(replaced=not first)
        self.ready.set()
        _log.info("Serving content %s.", engine.content.fingerprint[:12])
        if not first:
            for call in self._changed:
                call()

    def _refuse(self, fingerprint: str, reason: str) -> None:
        refused = Refused(fingerprint, reason)
        if refused == self.refused:
            return
        self.refused = refused
        if self._live is None:
            _log.critical("People get nothing but the emergency card, since the check found errors. %s", reason)
        else:
            _log.error("The changed content is not served, and what was served before stays. %s", reason)

    async def _is_still(self, before: Stamp) -> bool:
        with contextlib.suppress(OSError):
            return await self._stamp() == before
        return False

    async def _stamp(self) -> Stamp:
        return await asyncio.to_thread(stamp, self._settings.content)


def load_engine(settings: Settings) -> Engine:
    """The engine with the content as it lies on the disk, ready to read. Raises `ContentError`."""
    wanted = Wanted.by(settings)
    loaded = read_prepared(wanted)
    if loaded is None:
        from bot.operations.loading import load  # takes memory that is not needed where content was made ready

        loaded = load(wanted)
    return Engine(loaded.content, Deployment(settings.brand_name, settings.feedback_contact), loaded.reader)


def _has_proof(engine: Engine, settings: Settings) -> bool:
    return is_proven(engine.content.fingerprint, __version__, pack_folder(settings.content[-1]))


def reason_of(error: Exception) -> str:
    """What is wrong with content that does not load, on one line; for anything unforeseen its type alone."""
    if not isinstance(error, ContentError):
        return f"The files could not be read ({type(error).__name__})."
    named = " ".join(f"{one.place}: {one.message}. {one.hint}".strip() for one in error.problems[:_NAMED])
    more = f" And {len(error.problems) - _NAMED} more." if len(error.problems) > _NAMED else ""
    return f"{named}{more} Run `python -m bot check` to see them all."


def settle_memory(*, replaced: bool) -> None:
    """Let go of what was ``replaced``, if anything, and keep the garbage collector from walking through what is served.

    Content is hundreds of thousands of small things that live for as long as they are served; a collection that walks
    through them holds up everybody's answer. Reading content leaves nothing to collect, so that none is done at a
    start: it takes a tenth of a second, and gives each of several processes a copy of all that they share.
    """
    if replaced:
        gc.unfreeze()
        gc.collect()
    gc.freeze()
    with contextlib.suppress(OSError, AttributeError):  # not every system's allocator can give back what is free
        ctypes.CDLL(None).malloc_trim(0)
