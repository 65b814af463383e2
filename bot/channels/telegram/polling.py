"""Long polling: asks Telegram for updates for as long as the process lives, and never dies unnoticed."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from telegram.error import Conflict, TelegramError

from bot.channels.telegram.calls import Calls
from bot.channels.telegram.confirmation import Confirmation
from bot.channels.telegram.failures import described
from bot.channels.telegram.kinds import ALLOWED_UPDATES
from bot.channels.telegram.persisting import Persistence, Persistent, TokenRefusedError, is_about_a_webhook
from bot.channels.telegram.retrying import pause_before
from bot.channels.telegram.updates import update_id

Receive = Callable[[object, Callable[[], None]], bool]
"""Takes a raw update, and what to call when it is done with. False if it makes no sense."""

MOST_IN_WORK: Final = 500
"""Updates; beyond this no more are asked for until some are done."""

FULL: Final = 100
"""Updates that Telegram hands out at once, at most. Where it does, more are waiting there."""

HALF: Final = FULL // 2
"""With so many coming again, there is room for as many new ones: one half is fetched while the other is answered."""

RIVALRY_SECONDS: Final = 120.0
"""Within so long of each other, refusals in favour of another poll mean that another program polls."""

_RIVALRIES: Final = 3
_SLICE: Final = 0.05
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How polling waits, in seconds."""

    poll: float = 25.0
    """How long Telegram may keep a poll open. Short enough to notice a line that has silently gone dead."""
    margin: float = 10.0
    """What a poll may take beyond that before it is given up and begun anew."""
    settle: float = 0.02
    """How long the next poll waits for the updates of the last one to be done: as long as Telegram's own server needs
    beside us. Over the internet a turn takes longer, and whoever presses meanwhile would wait for nothing."""
    settle_many: float = 0.25
    """The same while many are held back: each of them would come again with that poll, in the place of a new one."""
    persistence: Persistence = field(default_factory=Persistence)
    reclaim_every: float = 60.0
    """How often a webhook that another program has set is taken away again."""


class Polling:
    """The loop around getUpdates. One broken update is skipped and counted; the others reach ``receive``."""

    def __init__(self, calls: Calls, receive: Receive, pace: Pace | None = None) -> None:
        self._calls = calls
        self._receive = receive
        self._pace = pace or Pace()
        self._confirmation = Confirmation()
        self._something_done = asyncio.Event()
        self._persistent = Persistent(self._pace.persistence)
        self._reclaimed = 0.0
        self._was_full = False
        self.begun = asyncio.Event()
        """Set when the first poll goes out."""
        self.last_good_poll: float | None = None
        """When Telegram last answered a poll, by the event loop's clock; None before the first time."""
        self.rivalries: deque[float] = deque(maxlen=_RIVALRIES)
        """When polls were refused because another program polls with the same token: the last few times."""
        self.unreadable = 0
        """How many updates could not be handled at all."""

    def rivalled(self) -> bool:
        """Whether another program keeps polling with this token; one refusal is normal where a new bot takes over."""
        return len(self.rivalries) == _RIVALRIES and self._now() - self.rivalries[0] < RIVALRY_SECONDS

    async def run(self) -> None:
        """Poll until cancelled. Raises `TokenRefusedError` when Telegram keeps refusing the token."""
        await self._persistent.until_it_works(self._take_webhook_away)
        fruitless = 0
        while True:
            await self._settle()
            # Without a name for the batch: it would keep what people wrote until the next poll is answered.
            got_on = self._hand_out(await self._persistent.until_it_works(self._poll))
            self.last_good_poll = self._now()
            fruitless = 0 if got_on else fruitless + 1
            if fruitless > 1:  # once is normal: an update was done while the poll was on its way
                await self._something_is_done(within=pause_before(fruitless - 2))

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
        # The first is answered at once, so that it is soon known whether Telegram can be reached.
        timeout = 0 if self.last_good_poll is None else int(self._pace.poll)
        parameters: dict[str, object] = {"timeout": timeout, "allowed_updates": ALLOWED_UPDATES}
        offset = self._confirmation.offset(self._now())
        if offset is not None:
            parameters["offset"] = offset
        limit = self._pace.poll + self._pace.margin
        # The watchdog: whatever hangs below, the poll is cut and begun anew.
        try:
            async with asyncio.timeout(limit + 1):
                return await self._calls.call("getUpdates", parameters, seconds=limit)
        except Conflict as error:
            if not is_about_a_webhook(error):
                self.rivalries.append(self._now())
            elif self._now() - self._reclaimed >= self._pace.reclaim_every:
                # The other program may have ended since. If it has not, it sets its webhook again, and both answer.
                with contextlib.suppress(TelegramError):
                    await self._take_webhook_away()
            raise

    async def _take_webhook_away(self) -> object:
        self._reclaimed = self._now()
        return await self._calls.call("deleteWebhook", {"drop_pending_updates": False})

    def _hand_out(self, batch: object) -> bool:
        """Hand each new update on. False if there was something, but nothing to get on with."""
        if not isinstance(batch, list):
            return False
        got_on = not batch
        self._was_full = len(batch) >= FULL
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
        begun = self._now()
        while not self._may_poll(self._now() - begun):
            left = begun + self._pace.settle - self._now()
            await self._something_is_done(within=min(left, _SLICE) if left > 0 else _SLICE)

    def _may_poll(self, waited: float) -> bool:
        """Whether so little is held back, or so many seconds were waited for it, that a poll is worth it."""
        now = self._now()
        if self._confirmation.in_work >= MOST_IN_WORK or self._confirmation.is_crowded(now):
            return False
        held_back = self._confirmation.held_back(now)
        if held_back <= (HALF if self._was_full else 0):
            return True
        return waited >= (self._pace.settle_many if held_back > HALF else self._pace.settle)

    async def _something_is_done(self, within: float) -> None:
        """Wait for the end of any turn, but not longer than this. One since the last time counts."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._something_done.wait()
        self._something_done.clear()

    def _done(self, number: int) -> None:
        self._confirmation.end(number)
        self._something_done.set()

    def _skip(self) -> None:
        self.unreadable += 1
        _log.warning("Skipped an update that makes no sense (%d so far).", self.unreadable)

    def _now(self) -> float:
        return asyncio.get_running_loop().time()


__all__ = ["Pace", "Polling", "TokenRefusedError"]
