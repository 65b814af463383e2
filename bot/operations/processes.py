"""What serves people, in one process or in several, from content that is loaded to the end."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from typing import TYPE_CHECKING

from bot.channels.observer import NOBODY, Observer
from bot.content.errors import ContentError
from bot.content.model import Content
from bot.operations import logs
from bot.operations.content_files import Stamp, stamp
from bot.operations.exit_status import COULD_NOT_RUN, FAILED
from bot.operations.opened_content import Opened
from bot.operations.proven_note import ProvenNote
from bot.operations.serving import Serving, load_engine, settle_memory
from bot.operations.supervisor import Supervisor
from bot.operations.worker import ALONE, Place, Worker
from bot.settings import Settings, SettingsError

if TYPE_CHECKING:
    from bot.operations.metrics.counting import Counting
    from bot.operations.metrics.pipe import Pipe

_log = logging.getLogger(__name__)


def serve(opened: Opened, settings: Settings, listening: socket.socket, figures: socket.socket | None) -> int:
    """Serve until told to stop, in as many processes as are set. ``figures`` are asked for there. The exit status."""
    if settings.workers == 1:
        return _serve(opened, settings, listening, ProvenNote(), ALONE, figures=figures)
    return _Processes(opened, settings, listening, figures).run()


def _serve(
    opened: Opened,
    settings: Settings,
    listening: socket.socket,
    note: ProvenNote,
    place: Place,
    *,
    figures: socket.socket | None = None,
    pipe: Pipe | None = None,
) -> int:
    """What one process does. With a ``pipe`` it tells another what to count; otherwise it counts by itself."""

    async def serve_people() -> int:
        serving = Serving(
            opened.engine, settings, note=note, proves=place.leads, problem=opened.problem, seen=opened.seen
        )

        def served() -> Content | None:
            return serving.live.content if serving.live is not None else None

        counting: Counting | None = None
        observer: Observer = NOBODY
        if _counts(settings):
            from bot.operations.metrics.counting import Counting, Words  # only who counts pays for loading the library
            from bot.operations.metrics.events import Noticing

            tell = pipe.tell if pipe is not None else (counting := Counting(settings, served, figures)).add
            observer = Noticing(Words(served), tell)
        return await Worker(serving, settings, listening, place=place, observer=observer, counting=counting).serve()

    try:
        return asyncio.run(serve_people())
    except SettingsError as error:
        _log.critical("%s", error)
        return COULD_NOT_RUN
    except Exception as error:  # a traceback would show what the failing line was about
        _log.critical("The process has to end.", exc_info=error)
        return os.EX_SOFTWARE


class _Processes:
    """Several processes that share one socket and, until one of them writes to it, the memory of the content.

    Where something is counted, one more process does that for all: it serves nobody, and the others tell it.
    """

    def __init__(
        self, opened: Opened, settings: Settings, listening: socket.socket, figures: socket.socket | None
    ) -> None:
        self._opened = opened
        self._settings = settings
        self._listening = listening
        self._figures = figures
        self._pipe = _pipe() if _counts(settings) else None
        self._note = ProvenNote(shared=True)
        self._looked_at: Stamp | None = None
        settle_memory(replaced=False)

    def run(self) -> int:
        """Serve until told to stop; the exit status."""
        final = {FAILED, COULD_NOT_RUN}
        processes = self._settings.workers + (self._pipe is not None)
        return Supervisor(self._work, processes, final=final, meanwhile=self._follow).run()

    def _work(self, number: int, parent: int) -> int:
        logs.configure(self._settings.log_level, form=self._settings.log_format, worker=number)
        if self._pipe is not None and number == self._settings.workers:
            from bot.operations.metrics.collecting import FollowedContent, count_for_others
            from bot.operations.metrics.counting import Counting

            content = FollowedContent(self._settings, self._note, self._opened.engine, self._opened.seen)
            counting = Counting(self._settings, content, self._figures)
            return asyncio.run(count_for_others(counting, self._pipe, parent))
        place = Place(number, parent)
        return _serve(self._opened, self._settings, self._listening, self._note, place, pipe=self._pipe)

    def _follow(self) -> None:
        """Keep the content that a process started later begins with up to date with what the others serve."""
        engine = self._opened.engine
        served = self._note.read()
        if not served or (engine is not None and engine.content.fingerprint == served):
            return
        try:
            seen = stamp(self._settings.content)
            if seen in (self._opened.seen, self._looked_at):
                return
            newer = load_engine(self._settings)
        except Exception as error:  # whatever is wrong with files must not end those that serve people
            if isinstance(error, ContentError):
                self._looked_at = seen
            return
        self._looked_at = seen
        if newer.content.fingerprint == served:
            self._opened = Opened(newer, seen)
            settle_memory(replaced=True)


def _pipe() -> Pipe:
    from bot.operations.metrics.pipe import Pipe

    return Pipe()


def _counts(settings: Settings) -> bool:
    return settings.metrics_port is not None or settings.impact_file is not None
