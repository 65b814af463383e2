"""Telegram from start to stop, by long polling or by webhook."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

import telegram
from starlette.types import ASGIApp

from bot.channels.limits import Flood
from bot.channels.observer import NOBODY, Observer
from bot.channels.telegram.calls import Calls
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.profile import set_profile
from bot.channels.telegram.registration import Registration, Standing
from bot.channels.telegram.request import LineRequest
from bot.channels.telegram.sending import Sending
from bot.channels.telegram.webhook import Webhook, path_from, secret_from
from bot.dialogue.emergency_card import emergency_card
from bot.dialogue.engine import Engine
from bot.settings import Settings

TURNS_SECONDS: Final = 3.8
"""How long turns in work may go on after the order to stop."""

CONFIRM_SECONDS: Final = 0.7

STARTING_SECONDS: Final = 3.0
"""For so long after the start, Telegram is asked to wait where the content is not proven: files and their proof may be
arriving one after the other, or another replica have both. After that, people get the emergency card."""

SILENT_SECONDS: Final = 120.0
"""After so long without an answered poll, this process does not count as ready."""


@dataclass(frozen=True, slots=True)
class TelegramHealth:
    """How it stands with Telegram. ``heard_seconds`` is how long ago Telegram was last heard of, None for never.

    ``rivalled`` means that another program keeps polling with the same token.
    """

    mode: str
    ready: bool
    heard_seconds: float | None
    webhook: str = ""
    rivalled: bool = False


def connect(settings: Settings) -> telegram.Bot:
    """The library's client, on our HTTP. Raises ValueError without a token."""
    if settings.telegram_bot_token is None:
        raise ValueError("Set TELEGRAM_BOT_TOKEN to the token that BotFather gave you.")
    # At DEBUG the library logs the addresses of its calls, which hold the token, and whole updates.
    logging.getLogger("telegram").setLevel(logging.WARNING)
    address = settings.telegram_api_base_url.rstrip("/")
    request = LineRequest(address)
    return telegram.Bot(
        settings.telegram_bot_token.get_secret_value(),
        base_url=f"{address}/bot",
        base_file_url=f"{address}/file/bot",
        request=request,
        get_updates_request=request,
    )


class TelegramService:
    """The Telegram channel of one process. ``leads``: whether it is the one that speaks for all about the bot itself.

    Until its content is ready, ``engine_source`` may raise `OnlyTheCardError`, and people get the card. ``headers`` go
    to whoever posts to the webhook and is refused. Raises ValueError without a token.
    """

    def __init__(
        self,
        engine_source: Callable[[], Engine],
        settings: Settings,
        *,
        observer: Observer = NOBODY,
        flood: Flood | None = None,
        leads: bool = True,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._engine_source = engine_source
        self._leads = leads
        self._bot = connect(settings)
        self._sending = Sending()
        self._calls = Calls(self._bot, observer=observer, sending=self._sending)
        card = emergency_card(settings.emergency_numbers)
        self._channel = TelegramChannel(
            self._calls, engine_source, lambda: datetime.now(UTC), card, observer=observer, flood=flood
        )
        self._polling: Polling | None = None
        self._webhook: Webhook | None = None
        self._registration: Registration | None = None
        self._paths: tuple[str, ...] = ()
        self._made = time.monotonic()
        self._ready: asyncio.Event | None = None
        if settings.telegram_webhook_url:
            self._by_webhook(settings, headers)
        else:
            self._polling = Polling(self._calls, self._channel.receive)

    def _by_webhook(self, settings: Settings, headers: Mapping[str, str]) -> None:
        token = self._bot.token
        set_secret = settings.telegram_webhook_secret
        secret = set_secret.get_secret_value() if set_secret else secret_from(token)
        path = path_from(token, secret)
        # A proxy may hand on the address's own path or take it off.
        self._paths = (path, urlsplit(settings.telegram_webhook_url).path + path)
        self._webhook = Webhook(
            self._channel.receive, self._channel.answer, secret, waits=self._is_starting, headers=headers
        )
        self._registration = Registration(self._calls, settings.telegram_webhook_url + path, secret)

    def _is_starting(self) -> bool:
        """Whether there may be proven content in a moment."""
        is_ready = self._ready is None or self._ready.is_set()
        return not is_ready and time.monotonic() - self._made < STARTING_SECONDS

    def beside(self, app: ASGIApp) -> ASGIApp:
        """``app``, with Telegram's deliveries taken out before anything is done for the sake of browsers."""
        return app if self._webhook is None else self._webhook.beside(app, self._paths)

    def webhooks(self) -> Mapping[str, ASGIApp]:
        """What takes Telegram's deliveries, by path, for a server that can bring them there more directly."""
        return {} if self._webhook is None else dict.fromkeys(self._paths, self._webhook)

    @property
    def in_work(self) -> int:
        """How many chats are being answered right now."""
        return self._channel.chats_in_work

    def health(self) -> TelegramHealth:
        """How it stands right now."""
        now = asyncio.get_running_loop().time()
        if self._polling is not None:
            ago = _ago(self._polling.last_good_poll, now)
            heard = ago is not None and ago < SILENT_SECONDS
            return TelegramHealth("polling", heard, ago, rivalled=self._polling.rivalled())
        ago = None if self._webhook is None else _ago(self._webhook.last_delivery, now)
        standing = Standing.UNKNOWN if self._registration is None else self._registration.standing
        return TelegramHealth("webhook", standing is Standing.HERE or not self._leads, ago, standing.value)

    def refresh_profile(self) -> None:
        """Set the profile anew, since the content has changed."""
        if self._leads:
            self._channel.beside(set_profile(self._calls, self._engine_source()))

    def forget(self) -> None:
        """Drop what counters know longer than they must. Call it every few seconds."""
        self._channel.forget()
        self._sending.forget()

    async def run(self, stop: asyncio.Event, ready: asyncio.Event | None = None) -> None:
        """Serve people until ``stop`` is set, and end within five seconds of that.

        ``ready`` is set once the engine is there (None: it is there). Raises `TokenRefusedError` when Telegram keeps
        refusing the token, and `WebhookRefusedError` when it does not take the webhook's address.
        """
        self._ready = ready
        await self._bot.request.initialize()
        stopped = asyncio.create_task(stop.wait())
        heard = asyncio.create_task(self._listen())
        profile = asyncio.create_task(self._set_profile(ready))
        try:
            await asyncio.wait({stopped, heard}, return_when=asyncio.FIRST_COMPLETED)
            if heard.done():
                await heard  # it ends only by an error, which must end the process
        finally:
            for task in (heard, stopped, profile):
                task.cancel()
            await asyncio.gather(heard, stopped, profile, return_exceptions=True)
            await self._finish()
            await self._bot.request.shutdown()

    async def _listen(self) -> None:
        if self._polling is not None:
            await self._polling.run()
        elif self._registration is not None and self._leads:
            await self._registration.run()
        else:
            await asyncio.Event().wait()

    async def _finish(self) -> None:
        if self._webhook is not None:
            self._webhook.stop()
        await self._channel.finish(TURNS_SECONDS)
        if self._webhook is not None:
            self._webhook.give_up()
        if self._polling is not None:
            await self._polling.confirm(CONFIRM_SECONDS)

    async def _set_profile(self, ready: asyncio.Event | None) -> None:
        if not self._leads:
            return
        begun = self._polling or self._registration
        if begun is not None:
            await begun.begun.wait()
        if ready is not None:
            await ready.wait()
        await set_profile(self._calls, self._engine_source())


def _ago(moment: float | None, now: float) -> float | None:
    return None if moment is None else now - moment


async def run(
    engine_source: Callable[[], Engine], settings: Settings, stop: asyncio.Event, ready: asyncio.Event | None = None
) -> None:
    """`TelegramService.run` for a process that does nothing else."""
    await TelegramService(engine_source, settings).run(stop, ready)
