"""Long polling: asks Telegram for updates for as long as the process lives, and never dies unnoticed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from telegram.error import Conflict, InvalidToken, TelegramError

from bot.channels.telegram.calls import Calls
from bot.channels.telegram.confirmation import Confirmation
from bot.channels.telegram.failures import described
from bot.channels.telegram.kinds import ALLOWED_UPDATES
from bot.channels.telegram.retrying import pause_before
from bot.channels.telegram.updates import update_id

Receive = Callable[[object, Callable[[], None]], bool]
"""Takes a raw update, and what to call when it is done with. False if it makes no sense."""

MOST_IN_WORK: Final = 500
"""Updates; beyond this no more are asked for until some are done."""

_SLICE: Final = 0.05
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How polling waits, in seconds."""

    poll: float = 25.0
    """How long Telegram may keep a poll open. Short enough to notice a line that has silently gone dead."""
    margin: float = 10.0
    """What a poll may take beyond that before it is given up and begun anew."""
    settle: float = 0.15
    """How long the next poll waits for the updates of the last one to be done."""
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


class Polling:
    """The loop around getUpdates. One broken update is skipped and counted; the others reach ``receive``."""

    def __init__(self, calls: Calls, receive: Receive, pace: Pace | None = None) -> None:
        self._calls = calls
        self._receive = receive
        self._pace = pace or Pace()
        self._confirmation = Confirmation()
        self._something_done = asyncio.Event()
        self._trouble_since: float | None = None
        self._complained: float | None = None
        self.begun = asyncio.Event()
        """Set when the first poll goes out."""
        self.last_good_poll: float | None = None
        """When Telegram last answered a poll, by the event loop's clock; None before the first time."""
        self.unreadable = 0
        """How many updates could not be handled at all."""

    async def run(self) -> None:
        """Poll until cancelled. Raises `TokenRefusedError` when Telegram keeps refusing the token."""
        await self._until_it_works(partial(self._calls.call, "deleteWebhook", {"drop_pending_updates": False}))
        fruitless = 0
        while True:
            await self._settle()
            batch = await self._until_it_works(self._poll)
            self.last_good_poll = self._now()
            fruitless = 0 if self._hand_out(batch) else fruitless + 1
            if fruitless > 1:  # once is normal: an update was done while the poll was on its way
                await asyncio.sleep(pause_before(fruitless))

    async def confirm(self, seconds: float) -> None:
        """Tell Telegram what is done, at the end, so that the next start does not handle it again. Never raises."""
        offset = self._confirmation.last_offset()
        if offset is None:
            return
        try:
            async with asyncio.timeout(seconds):
                await self._calls.call("getUpdates", {"offset": offset, "limit": 1, "timeout": 0})
        except (TelegramError, TimeoutError):
            _log.info("The last updates could not be confirmed; they will come again at the next start.")

    async def _poll(self) -> object:
        self.begun.set()
        parameters: dict[str, object] = {"timeout": int(self._pace.poll), "allowed_updates": ALLOWED_UPDATES}
        offset = self._confirmation.offset(self._now())
        if offset is not None:
            parameters["offset"] = offset
        limit = self._pace.poll + self._pace.margin
        # The watchdog: whatever hangs below, the poll is cut and begun anew.
        async with asyncio.timeout(limit + 1):
            return await self._calls.call("getUpdates", parameters, seconds=limit)

    async def _until_it_works(self, call: Callable[[], Awaitable[object]]) -> object:
        attempt = refusals = 0
        while True:
            try:
                result = await call()
            except (TelegramError, TimeoutError) as error:
                refusals = refusals + 1 if isinstance(error, InvalidToken) else 0
                if refusals >= self._pace.refusals:
                    raise TokenRefusedError from None
                self._complain(error)
                pause = self._pace.refusal_pause if refusals else _pause(attempt, error)
            else:
                self._all_is_well()
                return result
            await asyncio.sleep(pause)
            attempt += 1

    def _hand_out(self, batch: object) -> bool:
        """Hand each new update on. False if there was something, but nothing to get on with."""
        if not isinstance(batch, list):
            return False
        got_on = not batch
        for update in batch:
            number = update_id(update)
            if number is None:
                self._skip()
            elif self._confirmation.begin(number, self._now()):
                got_on = True
                self._hand_on(update, partial(self._done, number))
        return got_on

    def _hand_on(self, update: object, done: Callable[[], None]) -> None:
        try:
            if not self._receive(update, done):
                self._skip()
        except Exception as error:
            # One update must never stop the others.
            _log.error("An update could not be taken in: %s", described(error))
            self._skip()
            done()

    async def _settle(self) -> None:
        """Give the updates in work a moment to be done, so that the next poll can confirm them."""
        end = self._now() + self._pace.settle
        while self._confirmation.in_work and (
            self._now() < end
            or self._confirmation.is_crowded(self._now())
            or self._confirmation.in_work >= MOST_IN_WORK
        ):
            self._something_done.clear()
            try:
                async with asyncio.timeout(_SLICE):
                    await self._something_done.wait()
            except TimeoutError:
                continue

    def _done(self, number: int) -> None:
        self._confirmation.end(number)
        self._something_done.set()

    def _skip(self) -> None:
        self.unreadable += 1
        _log.warning("Skipped an update that makes no sense (%d so far).", self.unreadable)

    def _complain(self, error: Exception) -> None:
        """One line when trouble begins, and one a minute while it lasts."""
        now = self._now()
        self._trouble_since = self._trouble_since or now
        if self._complained is not None and now - self._complained < self._pace.complaint_every:
            return
        self._complained = now
        _log.warning("%s", _advice(error))

    def _all_is_well(self) -> None:
        if self._trouble_since is not None:
            _log.info("Telegram answers again after %.0f s.", self._now() - self._trouble_since)
        self._trouble_since = self._complained = None

    def _now(self) -> float:
        return asyncio.get_running_loop().time()


def _pause(attempt: int, error: Exception) -> float:
    return pause_before(attempt, error if isinstance(error, TelegramError) else None)


def _advice(error: Exception) -> str:
    if isinstance(error, InvalidToken):
        return "Telegram does not know this bot's token, or something before it cannot find the way. Trying again."
    if not isinstance(error, Conflict):
        return f"Telegram cannot be reached ({type(error).__name__}). Trying again."
    if "webhook" in str(error).lower():
        return (
            "Another program has set a webhook for this bot, so Telegram hands out no updates here. Stop that "
            "program, then start this one anew."
        )
    return (
        "Another program polls with this bot's token, so people are answered by both or by neither. Stop one of them."
    )
