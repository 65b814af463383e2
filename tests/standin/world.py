"""Everything Telegram knows about one bot; the bot's methods and the people in the test both act on it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from tests.standin.canaries import Canaries
from tests.standin.chat import Chat, Chats, Message
from tests.standin.clock import Bell, Clock
from tests.standin.journal import Finding, Journal
from tests.standin.profile import Profile
from tests.standin.refusals import Json
from tests.standin.updates import Update, Updates

LATE_DELIVERY = 10.0
"""Seconds after which a press that only now reaches the bot can hardly be answered within Telegram's 15."""


@dataclass
class Press:
    """One press of a button. ``attempted``: the bot tried to answer; ``answered``: Telegram took the answer."""

    query_id: str
    chat: Chat
    created: float
    update: Update | None
    attempted: bool = False
    answered: bool = False
    toast: str = ""
    alert: bool = False

    @property
    def was_redelivered(self) -> bool:
        return self.update is not None and self.update.deliveries > 1

    @property
    def came_late(self) -> bool:
        """The bot could not have answered in time: it was away, or it got the press a second time."""
        if self.update is None or self.update.first_delivery is None:
            return True
        return self.was_redelivered or self.update.first_delivery - self.created > LATE_DELIVERY


@dataclass
class World:
    """One bot's world. ``inline_messages`` are messages in chats that the bot is not part of."""

    bot: Json
    bell: Bell
    clock: Clock
    updates: Updates
    chats: Chats = field(default_factory=Chats)
    profile: Profile = field(default_factory=Profile)
    journal: Journal = field(default_factory=Journal)
    canaries: Canaries = field(default_factory=Canaries)
    presses: dict[str, Press] = field(default_factory=dict)
    inline_messages: dict[str, Message] = field(default_factory=dict)

    @classmethod
    def new(cls, *, username: str) -> World:
        bell = Bell()
        clock = Clock(bell)
        bot: Json = {
            "id": 6_000_000_000 + secrets.randbelow(10**9),
            "is_bot": True,
            "first_name": "Stand-in",
            "username": username,
        }
        return cls(bot, bell, clock, Updates(clock, bell))

    def warn(self, method: str, kind: str, detail: str) -> None:
        self.journal.findings.append(Finding(kind, detail, method))

    def press(self, chat: Chat, person: Json, *, data: str, place: Json) -> Press:
        """Queues a callback query. ``place``: the message it belongs to, or an ``inline_message_id``."""
        query_id = str(self.canaries.number(digits=18))
        body: Json = {
            "id": query_id,
            "from": person,
            "chat_instance": str(self.canaries.number(digits=19)),
            "data": data,
            **place,
        }
        update = self.updates.add("callback_query", body, queue=f"press {person['id']}")
        press = Press(query_id, chat, self.clock.now(), update)
        self.presses[query_id] = press
        return press

    def membership(self, chat: Chat, actor: Json, *, before: str, after: str) -> Update | None:
        """Tells the bot that its own place in ``chat`` has changed."""
        body: Json = {
            "chat": chat.as_json(),
            "from": actor,
            "date": int(self.clock.now()),
            "old_chat_member": self._member(before),
            "new_chat_member": self._member(after),
        }
        return self.updates.add("my_chat_member", body, queue=f"chat {chat.id}")

    def _member(self, status: str) -> Json:
        until = {"until_date": 0} if status == "kicked" else {}
        return {"user": self.bot, "status": status, **until}

    def unanswered_presses(self) -> list[Press]:
        """Presses the bot was told of and never answered: their buttons still show a progress ring."""
        return [
            press
            for press in self.presses.values()
            if press.update is not None and press.update.deliveries and not press.attempted
        ]
