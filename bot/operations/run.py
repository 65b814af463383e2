"""Starts what is configured, in one process or in several, and ends it cleanly when asked to."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.channels.observer import NOBODY, Observer
from bot.content.errors import ContentError
from bot.content.model import Content
from bot.dialogue.engine import Engine
from bot.operations import logs
from bot.operations.content_files import Stamp, stamp
from bot.operations.http_server import PortTakenError, listen
from bot.operations.proven_note import ProvenNote
from bot.operations.secrecy import keep_memory_to_itself
from bot.operations.serving import Serving, load_engine, reason_of, settle_memory
from bot.operations.supervisor import Supervisor
from bot.operations.worker import ALONE, FAILED, Place, Worker
from bot.settings import Settings, SettingsError

if TYPE_CHECKING:
    from bot.operations.metrics.counting import Counting
    from bot.operations.metrics.pipe import Pipe

COULD_NOT_RUN = 2

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """Content as it was loaded, ``seen`` what its files looked like. Without an engine, ``problem`` says why."""

    engine: Engine | None
    seen: Stamp
    problem: str = ""


def run(settings: Settings) -> int:
    """Serve until SIGTERM or SIGINT; the process's exit status."""
    keep_memory_to_itself()
    try:
        listening = listen(settings.host, settings.port)
        figures = _listen_for_figures(settings)
    except PortTakenError as error:
        _log.critical("%s", error)
        return COULD_NOT_RUN
    opened = open_content(settings)
    if settings.workers == 1:
        status = _serve(opened, settings, listening, ProvenNote(), ALONE, figures=figures)
    else:
        status = _Processes(opened, settings, listening, figures).run()
    _let_go_of_output()
    return status


def _let_go_of_output() -> None:
    """Write out what can be written; a disk that is full must not turn a clean end into a failure."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


def _listen_for_figures(settings: Settings) -> socket.socket | None:
    if settings.metrics_port is None:
        return None
    return listen(settings.metrics_host, settings.metrics_port, setting="METRICS_PORT")


def _pipe() -> Pipe:
    from bot.operations.metrics.pipe import Pipe

    return Pipe()


def _counts(settings: Settings) -> bool:
    return settings.metrics_port is not None or settings.impact_file is not None


def open_content(settings: Settings) -> Opened:
    """Load the content. What cannot be loaded is no reason not to start: people get the emergency card meanwhile."""
    seen = stamp(settings.content)
    try:
        return Opened(load_engine(settings), seen)
    except ContentError as error:
        problem = reason_of(error)
        _log.critical("The content cannot be loaded, so people get nothing but the emergency card. %s", problem)
        return Opened(None, seen, problem)


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

    async def serve() -> int:
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
        return asyncio.run(serve())
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
        settle_memory()

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
        seen = stamp(self._settings.content)
        if seen == self._opened.seen:
            return
        try:
            newer = load_engine(self._settings)
        except (ContentError, OSError):
            return
        if newer.content.fingerprint == served:
            self._opened = Opened(newer, seen)
            settle_memory()
