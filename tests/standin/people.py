"""Somebody with the bot's chat open on their phone."""

from __future__ import annotations

from typing import Any, Literal

from tests.standin.chat import Chat, Message, Seen
from tests.standin.entities import typed
from tests.standin.kinds import KINDS
from tests.standin.refusals import Json
from tests.standin.room import Room
from tests.standin.update_kinds import OTHER_UPDATES
from tests.standin.world import Press, World

Origin = Literal["user", "hidden_user", "chat", "channel"]


class Person(Room):
    """Does what people do, in the order the test says. Everything returns at once; ``sees`` waits for the bot."""

    def __init__(self, world: World, *, language_code: str | None = "en") -> None:
        self.id = world.canaries.number(digits=10)
        self.first_name = world.canaries.word()
        self.last_name = world.canaries.word()
        self.username = world.canaries.word().replace("-", "_").lower()
        world.canaries.add(self.username)
        self.language_code = language_code
        names = {"first_name": self.first_name, "last_name": self.last_name, "username": self.username}
        super().__init__(world, Chat(self.id, "private", names))

    @property
    def user(self) -> Json:
        """As updates show this person. ``language_code`` may be changed between two messages."""
        names = self.chat.about
        language = {} if self.language_code is None else {"language_code": self.language_code}
        return {"id": self.id, "is_bot": False, **names, **language}

    async def types(self, text: str) -> Seen:
        """A new message; ``/start`` and its kin are commands, as in any client."""
        return self._says(typed(text))

    async def sends(self, kind: str, *, caption: str = "", **fields: Any) -> Seen:
        """A message of any kind of ``KINDS``; ``fields`` replace or add to what it carries."""
        content = KINDS[kind](self._maker(self.user))
        if caption:
            content["caption"] = caption
        return self._says({**content, **fields})

    async def sends_album(self, pictures: int = 3, *, caption: str = "") -> tuple[Seen, ...]:
        """Several pictures at once: one update each, held together by ``media_group_id``."""
        album = str(self._world.canaries.number())
        captions = [caption] + [""] * (pictures - 1)
        return tuple([await self.sends("photo", caption=text, media_group_id=album) for text in captions])

    async def replies(self, to: Seen, text: str) -> Seen:
        """Answers one message, for instance a menu of the bot."""
        quoted = self.chat.messages[to.message_id].as_json()
        return self._says({**typed(text), "reply_to_message": quoted})

    async def forwards(self, text: str, *, origin: Origin = "user") -> Seen:
        """Passes on what somebody else wrote."""
        return self._says({**typed(text), "forward_origin": self._origin(origin)})

    def _origin(self, origin: Origin) -> Json:
        make = self._maker(self.user)
        by: Json = {"type": origin, "date": int(self._world.clock.now()) - 60}
        if origin == "user":
            return {**by, "sender_user": make.user()}
        if origin == "hidden_user":
            return {**by, "sender_user_name": make.word()}
        if origin == "chat":
            return {**by, "sender_chat": {**make.elsewhere(), "type": "supergroup"}}
        return {**by, "chat": make.elsewhere(), "message_id": 4}

    async def forwards_answer(self, answer: Seen) -> Seen:
        """Passes a message of the bot back into the chat: its text without its callback buttons."""
        origin = {"type": "user", "sender_user": self._world.bot, "date": int(self._world.clock.now())}
        return self._says({"text": answer.text, "forward_origin": origin})

    async def edits(self, own: Seen, text: str) -> Seen:
        """Changes an own message: its caption if it has media, its text otherwise."""
        self._acts()
        message = self.chat.messages[own.message_id]
        changed = typed(text) if "text" in message.content else {**message.content, "caption": text}
        message.content, message.edit_date = changed, self._world.clock.now()
        self._last_update = self._queue("edited_message", message.as_json())
        return message.seen()

    async def deletes(self, gone: Seen) -> None:
        """Takes a message off the screen, also one of the bot; the bot is not told."""
        self.chat.messages[gone.message_id].deleted_by = "person"

    async def clears_chat(self) -> None:
        for message in self.chat.visible():
            message.deleted_by = "person"

    async def presses(self, label: str, *, on: Seen | None = None, too_old: bool = False) -> Press:
        """Presses the button with exactly this label: on ``on`` as it looked then, or on the newest menu with it.

        ``too_old``: the bot gets to know where the button stood, but no longer the message itself.
        """
        menu, button = self.button(label, on=on)
        if button.data is None:
            raise AssertionError(f"{label!r} opens {button.url or 'something'}: the bot hears nothing of it")
        return self._press(self.chat.messages[menu.message_id], button.data, too_old=too_old)

    async def forges(self, data: str, *, on: Seen | None = None, elsewhere: bool = False) -> Press:
        """A press with data of the person's own making; ``elsewhere``: under a message in a chat without the bot."""
        if not elsewhere:
            menu = on or self.menu
            return self._press(self.chat.messages[menu.message_id], data)
        self._acts()
        inline_id = self._world.canaries.word()
        away = Chat(0, "private", {}, opened=True)
        self._world.inline_messages[inline_id] = Message(
            away, 1, self._world.clock.now(), self._world.bot, {"text": "elsewhere"}, from_bot=True
        )
        return self._pressed(data, {"inline_message_id": inline_id})

    def _press(self, message: Message, data: str, *, too_old: bool = False) -> Press:
        if message.deleted_by is not None:
            raise AssertionError("this message is no longer on the screen")
        self._acts()
        frame = {"chat": self.chat.as_json(), "message_id": message.message_id, "date": 0}
        return self._pressed(data, {"message": frame if too_old else message.as_json()})

    def _pressed(self, data: str, place: Json) -> Press:
        self._last_press = self._world.press(self.chat, self.user, data=data, place=place)
        self._last_update = self._last_press.update
        return self._last_press

    async def causes(self, kind: str, **fields: Any) -> None:
        """An update that is neither a message nor a press; ``fields`` replace or add to what it carries."""
        self._acts()
        body = {**OTHER_UPDATES[kind](self._maker(self.user)), **fields}
        self._last_update = self._queue(kind, body)

    async def blocks(self) -> None:
        """From now on the bot may not write here; it is told with ``my_chat_member``."""
        self._acts()
        self.chat.blocked = True
        self._last_update = self._world.membership(self.chat, self.user, before="member", after="kicked")

    async def unblocks(self) -> None:
        self._acts()
        self.chat.blocked = False
        self._last_update = self._world.membership(self.chat, self.user, before="kicked", after="member")

    async def deactivates(self) -> None:
        """Deletes the account; the bot learns it when it writes."""
        self.chat.deactivated = True

    def _says(self, content: Json) -> Seen:
        self.chat.opened = True
        return self._say("message", self.user, content).seen()
