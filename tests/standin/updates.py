"""The queue of updates: kept until confirmed, delivered again when they were not, gone when they are too old."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.standin.clock import Bell, Clock
from tests.standin.refusals import Json, RefusalError

HOUR = 3600.0
PRESS_LIFETIME = 150.0
INLINE_QUERY_LIFETIME = 30.0
BATCH = 100
LONGEST_POLL = 50
LEFT_OUT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
BY_ANOTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
BY_WEBHOOK = "terminated by setWebhook request"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


@dataclass(eq=False)
class Update:
    """One waiting update. ``item`` is what travels; a poisoned one may be anything at all."""

    update_id: int
    kind: str
    item: Any
    created: float
    lifetime: float
    queue: str
    first_delivery: float | None = None
    deliveries: int = 0


@dataclass
class Webhook:
    """What setWebhook set, and the last trouble in delivering to it."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error: str | None = None
    last_error_date: int | None = None


@dataclass(eq=False)
class Poll:
    """One getUpdates that waits."""

    terminated_by: str = ""


class Updates:
    """Telegram's side of getUpdates and of the webhook."""

    def __init__(self, clock: Clock, bell: Bell, *, first_id: int = 700_000_001) -> None:
        self._clock = clock
        self._bell = bell
        self._next_id = first_id
        self._waiting: list[Update] = []
        self._confirmed: dict[int, Update] = {}
        self._poll: Poll | None = None
        self._when_confirmed: list[Callable[[Update], None]] = []
        self.allowed: tuple[str, ...] = ()
        self.webhook = Webhook()

    def add(self, kind: str, body: Any, *, queue: str = "") -> Update | None:
        """Queues an update of ``kind``; None when the bot did not subscribe to it. ``queue`` keeps the order."""
        if not self.wants(kind):
            return None
        lifetime = {"callback_query": PRESS_LIFETIME, "inline_query": INLINE_QUERY_LIFETIME}.get(kind, 24 * HOUR)
        return self._append(kind, {kind: body}, lifetime, queue)

    def add_raw(self, item: Any) -> Update:
        """Queues anything; an object without ``update_id`` gets one, so that a reader can step over it."""
        return self._append("raw", item, 24 * HOUR, "")

    def repeat(self, update_id: int) -> None:
        """Delivers a confirmed update once more, as Telegram does after an answer that was lost."""
        self._waiting.insert(0, self._confirmed[update_id])
        self._bell.ring()

    def _append(self, kind: str, item: Any, lifetime: float, queue: str) -> Update:
        if isinstance(item, dict) and "update_id" not in item:
            item = {"update_id": self._next_id, **item}
        update = Update(self._next_id, kind, item, self._clock.now(), lifetime, queue)
        self._next_id += 1
        self._waiting.append(update)
        self._bell.ring()
        return update

    def wants(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in LEFT_OUT_BY_DEFAULT

    @property
    def is_polled(self) -> bool:
        """Whether a getUpdates waits right now."""
        return self._poll is not None

    def subscribe(self, kinds: Any) -> None:
        """None leaves what was set before, an empty list means the default."""
        if isinstance(kinds, list):
            self.allowed = tuple(str(kind) for kind in kinds)

    @property
    def pending(self) -> list[Update]:
        """Not confirmed and not too old, oldest first."""
        now = self._clock.now()
        self._waiting = [update for update in self._waiting if now - update.created < update.lifetime]
        return list(self._waiting)

    def confirm(self, update: Update) -> None:
        if update in self._waiting:
            self._waiting.remove(update)
            self._confirmed[update.update_id] = update
            for call in self._when_confirmed:
                call(update)
            self._bell.ring()

    def when_confirmed(self, call: Callable[[Update], None]) -> None:
        """From now on, tells of each update at the moment at which the bot is done with it."""
        self._when_confirmed.append(call)

    def drop_pending(self) -> None:
        self._waiting.clear()

    def deliver(self, updates: list[Update]) -> list[Any]:
        for update in updates:
            update.deliveries += 1
            update.first_delivery = update.first_delivery or self._clock.now()
        return [update.item for update in updates]

    async def poll(self, *, offset: int, limit: int, seconds: float, kinds: Any) -> list[Any]:
        """getUpdates. Ends the poll before it with a conflict; dies quietly when its connection does."""
        if self.webhook.url:
            raise RefusalError(409, WEBHOOK_ACTIVE)
        self._end_poll(BY_ANOTHER_POLL)
        self.subscribe(kinds)
        self._confirm_below(offset)
        poll = self._poll = Poll()
        self._bell.ring()
        try:
            wait = min(max(seconds, 0), LONGEST_POLL)
            await self._bell.until(lambda: bool(poll.terminated_by) or bool(self.pending), within=wait)
        finally:
            if self._poll is poll:
                self._poll = None
        if poll.terminated_by:
            raise RefusalError(409, poll.terminated_by, cause="world")
        return self.deliver(self.pending[: min(max(limit, 1), BATCH)])

    def _end_poll(self, reason: str) -> None:
        if self._poll is not None:
            self._poll.terminated_by = reason
            self._bell.ring()

    def hook(self, webhook: Webhook) -> None:
        """setWebhook and deleteWebhook: an address ends the poll that waits."""
        self.webhook = webhook
        if webhook.url:
            self._end_poll(BY_WEBHOOK)

    def _confirm_below(self, offset: int) -> None:
        if offset < 0:
            kept = self.pending[offset:]
            offset = kept[0].update_id if kept else self._next_id
        for update in self.pending:
            if update.update_id < offset:
                self.confirm(update)

    def note_failure(self, text: str) -> None:
        """Remembers what getWebhookInfo shows as the last error."""
        self.webhook.last_error = text
        self.webhook.last_error_date = int(self._clock.now())

    def webhook_info(self) -> Json:
        info: Json = {
            "url": self.webhook.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.pending),
        }
        if self.webhook.url:
            info["max_connections"] = self.webhook.max_connections
        if self.webhook.last_error is not None:
            info["last_error_date"] = self.webhook.last_error_date
            info["last_error_message"] = self.webhook.last_error
        if self.allowed:
            info["allowed_updates"] = list(self.allowed)
        return info
