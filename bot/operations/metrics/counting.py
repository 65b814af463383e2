"""Counting from start to stop: takes events in, lets batches out, shows them at a port of their own."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.content.model import Content
from bot.operations.http_server import HttpServer
from bot.operations.impact.counters_file import CountersFileError, WeeklyCounters
from bot.operations.metrics.events import Event
from bot.operations.metrics.exposition import ContentState, Exposition, content_state, registry_of
from bot.operations.metrics.ledger import Ledger
from bot.operations.metrics.measures import UndeclaredError
from bot.operations.metrics.vocabulary import NO_CONTENT, Vocabulary, vocabulary_of
from bot.settings import Settings

METRICS: Final = "/metrics"
TICK_SECONDS: Final = 5.0

_HEADERS: Final = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
_log = logging.getLogger(__name__)


class Words:
    """The vocabulary of what is served at the moment, made anew only when the content changes."""

    def __init__(self, content: Callable[[], Content | None]) -> None:
        self._content = content
        self._of: Content | None = None
        self._vocabulary = NO_CONTENT

    def __call__(self) -> Vocabulary:
        content = self._content()
        if content is not self._of and content is not None:
            self._of, self._vocabulary = content, vocabulary_of(content)
        return self._vocabulary


class Counting:
    """Counts for one process, or for several that tell it. ``content`` gives what is served.

    ``clock`` gives the moment in UTC. ``listening`` is the metrics port, None where figures are not shown.
    """

    def __init__(
        self,
        settings: Settings,
        content: Callable[[], Content | None],
        listening: socket.socket | None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._content = content
        self._clock = clock
        self._listening = listening
        self._ledger = Ledger()
        self._weekly = WeeklyCounters(settings.impact_file) if settings.impact_file else None
        self._told_about_file = False
        self._registry = registry_of(Exposition(self._ledger, Words(content), self._state))
        self.tick()

    def add(self, events: list[Event]) -> None:
        """Take events in. Never raises: a turn must not fail because of its count."""
        try:
            self._ledger.add(events)
            if self._weekly is not None:
                self._weekly.add(events)
        except UndeclaredError as error:
            _log.error("Not counted: %s", error)

    def text(self) -> bytes:
        """What a scraper gets."""
        return generate_latest(self._registry)

    async def keep(self, stop: asyncio.Event) -> None:
        """Show and write figures until ``stop`` is set. Never ends by itself, and never by an error of a scraper's."""
        served = asyncio.create_task(self._serve(stop))
        try:
            while not stop.is_set():
                try:
                    async with asyncio.timeout(TICK_SECONDS):
                        await stop.wait()
                except TimeoutError:
                    self._tick_safely()
        finally:
            await asyncio.gather(served, return_exceptions=True)
            self._finish()

    async def _serve(self, stop: asyncio.Event) -> None:
        if self._listening is None:
            return
        app = Starlette(routes=[Route(METRICS, self._show, methods=["GET"])])
        server = HttpServer(app, self._listening, b"", _HEADERS)
        _log.info("Figures are at %s%s", server.address, METRICS)
        try:
            await server.serve(stop)
        except Exception as error:  # nobody may lose the bot because nobody can see its figures
            _log.error("Figures are shown no longer: %s", type(error).__name__)

    async def _show(self, _: Request) -> Response:
        return Response(self.text(), headers={**_HEADERS, "content-type": CONTENT_TYPE_PLAIN_0_0_4})

    def _state(self) -> ContentState | None:
        content = self._content()
        return content_state(content, self._clock().date()) if content is not None else None

    def _tick_safely(self) -> None:
        try:
            self.tick()
        except Exception as error:  # whatever is wrong with figures, people are to be answered
            _log.error("Counting has failed: %s", type(error).__name__)

    def tick(self) -> None:
        """Let out and write what is ready at this moment. Call it every few seconds."""
        now = self._clock()
        self._ledger.tick(now)
        if self._weekly is not None:
            try:
                self._weekly.tick(now)
            except CountersFileError as error:
                if not self._told_about_file:
                    _log.error("%s", error)
                self._told_about_file = True
            else:
                self._told_about_file = False

    def _finish(self) -> None:
        if self._weekly is not None:
            try:
                self._weekly.finish(self._clock())
            except CountersFileError as error:
                _log.error("%s", error)
