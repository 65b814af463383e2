"""The one process that counts for several: it reads what they tell, and knows of the content what they serve."""

from __future__ import annotations

import asyncio
import contextlib
import signal

from bot.content.errors import ContentError
from bot.content.model import Content
from bot.dialogue.engine import Engine
from bot.operations.content_files import Stamp, stamp
from bot.operations.metrics.counting import Counting
from bot.operations.metrics.pipe import Drain, Pipe
from bot.operations.proven_note import ProvenNote
from bot.operations.serving import load_engine
from bot.settings import Settings

QUIET_SECONDS = 0.3
"""After the order to stop, others may still be answering; so long without a word from them counts as the end."""

MOST_SECONDS = 4.0


class FollowedContent:
    """What the others serve, by the note that they leave; None before there is any."""

    def __init__(self, settings: Settings, note: ProvenNote, engine: Engine | None, seen: Stamp) -> None:
        self._settings = settings
        self._note = note
        self._content = engine.content if engine is not None else None
        self._seen = seen

    def __call__(self) -> Content | None:
        """The content served now. While it is newer than what can be loaded here, what was served before."""
        served = self._note.read()
        if not served:
            return None
        if self._content is None or self._content.fingerprint != served:
            seen = stamp(self._settings.content)
            if seen != self._seen:
                with contextlib.suppress(ContentError, OSError):
                    self._content = load_engine(self._settings).content
                self._seen = seen
        return self._content


async def count_for_others(counting: Counting, pipe: Pipe, parent: int) -> int:
    """Count until SIGTERM or SIGINT, or until ``parent``, a pipe, ends; the exit status."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    heard = asyncio.Event()
    drain = Drain(pipe, counting.add)

    def read() -> None:
        drain()
        heard.set()

    def orphaned() -> None:
        loop.remove_reader(parent)
        stop.set()

    loop.add_reader(pipe.reading, read)
    loop.add_reader(parent, orphaned)
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    ended = asyncio.Event()
    keeping = asyncio.create_task(counting.keep(ended))
    await stop.wait()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(MOST_SECONDS):
            while await _rings(heard, QUIET_SECONDS):
                heard.clear()
    ended.set()
    await keeping
    return 0


async def _rings(bell: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await bell.wait()
    except TimeoutError:
        return False
    return True
