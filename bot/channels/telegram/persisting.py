"""Calls without which nobody is served: made until they work, with one clear line about what is wrong meanwhile."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram.error import Conflict, InvalidToken, TelegramError

from bot.channels.telegram.retrying import pause_before

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Persistence:
    """How such calls are repeated; times in seconds."""

    refusals: int = 6
    """How often in a row Telegram may refuse the token before the process gives up."""
    refusal_pause: float = 2.0
    complaint_every: float = 60.0


class TokenRefusedError(Exception):
    """Telegram does not know the token: nothing can be served, and somebody must mend it."""

    def __init__(self) -> None:
        super().__init__(
            "Telegram does not accept the bot's token. Check TELEGRAM_BOT_TOKEN (BotFather shows it), and "
            "TELEGRAM_API_BASE_URL if you set it."
        )


class Persistent:
    """Makes calls until they work."""

    def __init__(self, persistence: Persistence | None = None) -> None:
        self._persistence = persistence or Persistence()
        self._trouble_since: float | None = None
        self._complained: float | None = None

    async def until_it_works(self, call: Callable[[], Awaitable[object]]) -> object:
        """The call's result. Raises `TokenRefusedError` when Telegram keeps refusing the token."""
        attempt = refusals = 0
        while True:
            try:
                result = await call()
            except (TelegramError, TimeoutError) as error:
                refusals = refusals + 1 if isinstance(error, InvalidToken) else 0
                if refusals >= self._persistence.refusals:
                    raise TokenRefusedError from None
                self._complain(error)
                pause = self._persistence.refusal_pause if refusals else _pause(attempt, error)
            else:
                self._all_is_well()
                return result
            await asyncio.sleep(pause)
            attempt += 1

    def _complain(self, error: Exception) -> None:
        """One line when trouble begins, and one a minute while it lasts."""
        now = asyncio.get_running_loop().time()
        self._trouble_since = self._trouble_since or now
        if self._complained is not None and now - self._complained < self._persistence.complaint_every:
            return
        self._complained = now
        _log.warning("%s", _advice(error))

    def _all_is_well(self) -> None:
        if self._trouble_since is not None:
            _log.info("Telegram answers again after %.0f s.", asyncio.get_running_loop().time() - self._trouble_since)
        self._trouble_since = self._complained = None


def is_about_a_webhook(error: Conflict) -> bool:
    """Whether polling is refused because a webhook is set, and not because another program polls."""
    return "webhook" in str(error).lower()


def _pause(attempt: int, error: Exception) -> float:
    return pause_before(attempt, error if isinstance(error, TelegramError) else None)


def _advice(error: Exception) -> str:
    if isinstance(error, InvalidToken):
        return "Telegram does not know this bot's token, or something before it cannot find the way. Trying again."
    if not isinstance(error, Conflict):
        return f"Telegram cannot be reached ({type(error).__name__}). Trying again."
    if is_about_a_webhook(error):
        return (
            "Another program has set a webhook for this bot's token, so people are answered by both or by neither. "
            "Stop that program. The webhook is taken away once a minute."
        )
    return (
        "Another program polls with this bot's token, so people are answered by both or by neither. Stop one of them."
    )
