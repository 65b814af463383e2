"""Groups and channels, where a bot that points to help has no business."""

from __future__ import annotations

from typing import Any, Literal

from tests.standin.chat import Chat, Seen
from tests.standin.entities import typed
from tests.standin.kinds import KINDS, SERVICE
from tests.standin.people import Person
from tests.standin.refusals import Json
from tests.standin.room import Room
from tests.standin.world import World

GROUP_IDS = -1_000_000_000_000


class Group(Room):
    """A group. With privacy mode on, the bot hears commands, mentions and replies to it, and nothing else."""

    def __init__(
        self, world: World, *, kind: Literal["group", "supergroup"] = "supergroup", privacy: bool = True
    ) -> None:
        number = GROUP_IDS - world.canaries.number(digits=10) if kind == "supergroup" else -world.canaries.number()
        self._privacy = privacy
        super().__init__(world, Chat(number, kind, {"title": world.canaries.word()}))

    async def adds_bot(self, by: Person) -> None:
        """Two updates, as Telegram sends them: the bot's membership, and the service message everybody sees."""
        self.chat.opened, self.chat.left = True, False
        service = {"new_chat_members": [self._world.bot]}
        membership = self._world.membership(self.chat, by.user, before="left", after="member")
        self._say("message", by.user, service)
        self._last_update = self._last_update or membership

    async def removes_bot(self, by: Person) -> None:
        self._acts()
        self.chat.opened = False
        self._last_update = self._world.membership(self.chat, by.user, before="member", after="kicked")

    async def types(self, by: Person, text: str, *, reply_to: Seen | None = None) -> Seen:
        content = typed(text)
        if reply_to is not None:
            content["reply_to_message"] = self.chat.messages[reply_to.message_id].as_json()
        return self._says(by, content)

    async def sends(self, by: Person, kind: str, **fields: Any) -> Seen:
        return self._says(by, {**KINDS[kind](self._maker(by.user)), **fields})

    async def presses(self, by: Person, label: str) -> None:
        menu, button = self.button(label)
        if button.data is None:
            raise AssertionError(f"{label!r} opens {button.url or 'something'}: the bot hears nothing of it")
        self._acts()
        place = {"message": self.chat.messages[menu.message_id].as_json()}
        self._last_press = self._world.press(self.chat, by.user, data=button.data, place=place)
        self._last_update = self._last_press.update

    async def upgrades(self) -> Group:
        """Becomes a supergroup with another id; whoever writes to the old one is told the new."""
        new = Group(self._world, privacy=self._privacy)
        new.chat.opened, new.chat.about = True, self.chat.about
        self._say("message", None, {"migrate_to_chat_id": new.chat.id})
        new._say("message", None, {"migrate_from_chat_id": self.chat.id})
        self.chat.migrated_to = new.chat.id
        return new

    def _says(self, by: Person, content: Json) -> Seen:
        here = self.chat.opened and not self.chat.left
        return self._say("message", by.user, content, heard=here and self._is_heard(content)).seen()

    def _is_heard(self, content: Json) -> bool:
        if not self._privacy or not SERVICE.keys().isdisjoint(content):
            return True
        name = f"@{self._world.bot['username']}".lower()
        text = str(content.get("text", "")).lower()
        if content.get("reply_to_message", {}).get("from", {}).get("id") == self._world.bot["id"]:
            return True
        command = text.split()[0] if text.startswith("/") else ""
        return name in text or (command != "" and "@" not in command)


class Channel(Room):
    """A channel. Its posts come from nobody: there is no ``from`` in them."""

    def __init__(self, world: World) -> None:
        number = GROUP_IDS - world.canaries.number(digits=10)
        super().__init__(world, Chat(number, "channel", {"title": world.canaries.word()}))

    async def adds_bot(self, by: Person) -> None:
        """As an administrator, as channels do it; only the membership is told."""
        self._acts()
        self.chat.opened, self.chat.left = True, False
        self._last_update = self._world.membership(self.chat, by.user, before="left", after="member")

    async def posts(self, text: str) -> Seen:
        self.chat.opened = True
        return self._say("channel_post", None, {**typed(text), "sender_chat": self.chat.as_json()}).seen()

    async def edits(self, post: Seen, text: str) -> None:
        self._acts()
        message = self.chat.messages[post.message_id]
        message.content = {**message.content, **typed(text)}
        message.edit_date = self._world.clock.now()
        self._last_update = self._queue("edited_channel_post", message.as_json())
