"""One process that serves people: the web server and Telegram, side by side, from start to stop."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
import socket
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from bot.channels.observer import NOBODY, Observer
from bot.channels.telegram.persisting import TokenRefusedError
from bot.channels.telegram.registration import WebhookRefusedError
from bot.channels.telegram.run import TelegramService
from bot.channels.web.headers import security_headers
from bot.channels.web.look import look
from bot.operations.application import build_application, last_resort
from bot.operations.exit_status import FAILED
from bot.operations.health import Health
from bot.operations.http_server import HttpServer
from bot.operations.serving import Serving
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.operations.metrics.counting import Counting
    from bot.operations.shared_counts import SharedFlood

TIDY_SECONDS: Final = 5.0
"""How often what has passed is let go: reference cycles of turns, and counts and screens whose time is over."""

COLLECT_AFTER: Final = 10_000
"""New objects before Python looks for garbage among them by itself. With its own 700 it looks through everybody's turns
all the time, for a twelfth of what a press costs; every `TIDY_SECONDS` everything is looked through in any case."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """Which of several processes this is. ``parent`` is a pipe that ends when the process that started it ends."""

    number: int | None = None
    parent: int | None = None

    @property
    def leads(self) -> bool:
        """Whether this is the one that does what needs doing only once."""
        return not self.number


ALONE: Final = Place()


class Worker:
    """Everything one process serves; ``counting`` where it counts by itself.

    Raises `SettingsError` for a picture in the settings that is not there.
    """

    def __init__(
        self,
        serving: Serving,
        settings: Settings,
        listening: socket.socket,
        *,
        place: Place = ALONE,
        observer: Observer = NOBODY,
        counting: Counting | None = None,
    ) -> None:
        self._counting = counting
        self._serving = serving
        self._settings = settings
        self._place = place
        self._telegram: TelegramService | None = None
        self._shared = _shared_flood(settings)
        headers = security_headers(settings.frame_ancestors)
        if settings.telegram_bot_token is not None:
            self._telegram = TelegramService(
                serving.engine, settings, observer=observer, flood=self._shared, leads=place.leads, headers=headers
            )
        telegram = self._telegram
        self._health = Health(serving, _today, telegram.health if telegram else None)
        app = build_application(serving.engine, settings, _now, more=self._health.routes(), observer=observer)
        posted = {} if telegram is None else telegram.webhooks()
        if telegram is not None:
            app = telegram.beside(app)
        card = last_resort(settings, look(settings))
        self._web = HttpServer(app, listening, card, headers, posted=posted)
        self._stop = asyncio.Event()

    async def serve(self) -> int:
        """Serve until SIGTERM or SIGINT; the process's exit status."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop_serving)
        with contextlib.suppress(AttributeError):  # not every system has it
            loop.add_signal_handler(signal.SIGHUP, self._serving.look_now)
        if self._place.parent is not None:
            loop.add_reader(self._place.parent, self._stop_serving)
        beside = [asyncio.create_task(self._serving.keep()), asyncio.create_task(self._tidy())]
        if self._shared is not None:
            beside.append(asyncio.create_task(self._shared.share()))
        channels = [asyncio.create_task(self._web.serve(self._stop))]
        if self._telegram is not None:
            self._serving.on_change(self._telegram.refresh_profile)
            channels.append(asyncio.create_task(self._telegram.run(self._stop, self._serving.ready)))
        if self._counting is not None:
            channels.append(asyncio.create_task(self._counting.keep(self._stop)))
        if self._telegram is None and self._place.leads:
            _log.info(
                "Without TELEGRAM_BOT_TOKEN there is no bot on Telegram. Set it to the token that @BotFather gives."
            )
        if self._place.leads:
            _log.info("The web chat is at %s", self._web.address)
        try:
            await asyncio.wait([*channels, *beside], return_when=asyncio.FIRST_COMPLETED)
            self._stop_serving()  # one part's end is the end of all: whoever watches the process starts it anew
            ended = await asyncio.gather(*channels, return_exceptions=True)
        finally:
            for task in beside:
                task.cancel()
            ended_beside = await asyncio.gather(*beside, return_exceptions=True)
        return _status([*ended, *ended_beside])

    def _stop_serving(self) -> None:
        self._health.stop()
        self._stop.set()
        if self._place.parent is not None:
            asyncio.get_running_loop().remove_reader(self._place.parent)

    async def _tidy(self) -> None:
        gc.set_threshold(COLLECT_AFTER)
        while True:
            await asyncio.sleep(TIDY_SECONDS)
            gc.collect()
            if self._serving.live is not None:
                self._serving.live.forget_before(_now())
            if self._telegram is not None:
                self._telegram.forget()


def _shared_flood(settings: Settings) -> SharedFlood | None:
    """What counts floods together with other replicas, where there is a server for it."""
    if settings.valkey_url is None or settings.telegram_bot_token is None:
        return None
    from bot.operations.shared_counts import SharedFlood  # only whoever uses it pays for loading the library

    return SharedFlood(settings.valkey_url.get_secret_value(), settings.telegram_bot_token.get_secret_value())


def _now() -> datetime:
    return datetime.now(UTC)


def _today() -> date:
    return datetime.now(UTC).date()


def _status(ended: list[BaseException | None]) -> int:
    """The exit status for how the parts ended."""
    for error in ended:
        if isinstance(error, TokenRefusedError | WebhookRefusedError):
            _log.critical("%s", error)
            return FAILED
        if error is not None and not isinstance(error, asyncio.CancelledError):
            raise error
    return 0
