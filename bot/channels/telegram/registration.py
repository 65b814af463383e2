"""Tells Telegram where to deliver, and notices when another program has told it otherwise."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from enum import Enum
from typing import Final

from telegram.error import BadRequest, TelegramError

from bot.channels.telegram.calls import Calls
from bot.channels.telegram.kinds import ALLOWED_UPDATES
from bot.channels.telegram.persisting import Persistence, Persistent

CONNECTIONS: Final = 100
"""How many deliveries Telegram may have under way at once: the most it allows."""

LOOK_SECONDS: Final = 60.0

_log = logging.getLogger(__name__)


class WebhookRefusedError(Exception):
    """Telegram does not take the address: nothing can be served, and somebody must mend it."""

    def __init__(self) -> None:
        super().__init__(
            "Telegram does not accept the address in TELEGRAM_WEBHOOK_URL. It must be one that Telegram can reach: "
            "https, port 443, 80, 88 or 8443, and a name that leads to this server."
        )


class Standing(Enum):
    """Where Telegram delivers, as far as is known."""

    UNKNOWN = "unknown"
    HERE = "here"
    ELSEWHERE = "elsewhere"


class Registration:
    """The webhook as Telegram knows it."""

    def __init__(
        self,
        calls: Calls,
        url: str,
        secret: str,
        *,
        look_seconds: float = LOOK_SECONDS,
        persistence: Persistence | None = None,
    ) -> None:
        self._calls = calls
        self._url = url
        self._secret = secret
        self._look_seconds = look_seconds
        self._persistent = Persistent(persistence)
        self.standing = Standing.UNKNOWN
        self.begun = asyncio.Event()
        """Set once Telegram has taken the address."""

    async def run(self) -> None:
        """Register, and look again every minute, until cancelled.

        Raises `bot.channels.telegram.persisting.TokenRefusedError` and `WebhookRefusedError`.
        """
        await self._register()
        while True:
            await asyncio.sleep(self._look_seconds)
            await self._look()

    async def _register(self) -> None:
        parameters = {
            "url": self._url,
            "secret_token": self._secret,
            "max_connections": CONNECTIONS,
            # An empty or missing list would leave what any program has asked for before.
            "allowed_updates": list(ALLOWED_UPDATES),
            "drop_pending_updates": False,
        }
        await self._persistent.until_it_works(lambda: self._set(parameters))
        self.standing = Standing.HERE
        self.begun.set()
        _log.info("Telegram delivers to this bot's webhook.")

    async def _set(self, parameters: Mapping[str, object]) -> object:
        try:
            return await self._calls.call("setWebhook", parameters)
        except BadRequest as error:
            if "resolve host" in str(error).lower():  # a new name may need a while until Telegram finds it
                raise TelegramError("The name cannot be found yet") from None
            raise WebhookRefusedError from None

    async def _look(self) -> None:
        try:
            info = await self._calls.call("getWebhookInfo")
        except TelegramError:
            return  # an outage of Telegram, which shows elsewhere
        url = info.get("url") if isinstance(info, dict) else None
        if url == self._url:
            self.standing = Standing.HERE
        elif url == "":
            # A program that polls takes the webhook away at its start, and may have ended since.
            _log.warning("Another program has taken the webhook of this bot's token away. Stop it. Setting it again.")
            await self._register()
        elif isinstance(url, str):
            # It may be the next release of this very bot, so it is left alone.
            self.standing = Standing.ELSEWHERE
            _log.error(
                "Another program has set its own webhook for this bot's token, so nobody is answered here. "
                "Stop it, then start this one anew; or stop this one if the other is meant."
            )
