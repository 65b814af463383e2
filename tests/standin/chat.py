"""Chats and their messages as Telegram keeps them, and as the people in them see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from tests.standin.refusals import Json

ChatKind = Literal["private", "group", "supergroup", "channel"]
What = Literal["sent", "edited", "deleted", "unmodified"]


@dataclass
class Message:
    """One message. ``content`` holds the fields that make its kind (``text``, ``photo`` …); the rest is its frame."""

    chat: Chat
    message_id: int
    date: float
    author: Json | None
    content: Json
    from_bot: bool = False
    reply_markup: Json | None = None
    html: str | None = None
    preview: bool = False
    edit_date: float | None = None
    deleted_by: Literal["bot", "person"] | None = None

    def as_json(self) -> Json:
        frame: Json = {"message_id": self.message_id, "date": int(self.date), "chat": self.chat.as_json()}
        if self.author is not None:
            frame["from"] = self.author
        if self.edit_date is not None:
            frame["edit_date"] = int(self.edit_date)
        if self.reply_markup is not None and "inline_keyboard" in self.reply_markup:
            frame["reply_markup"] = self.reply_markup
        return {**frame, **self.content}

    def seen(self) -> Seen:
        rows = (self.reply_markup or {}).get("inline_keyboard", [])
        return Seen(
            message_id=self.message_id,
            text=str(self.content.get("text") or self.content.get("caption") or ""),
            html=self.html,
            rows=tuple(tuple(SeenButton.of(cell) for cell in row) for row in rows),
            from_bot=self.from_bot,
            edited=self.edit_date is not None,
            preview=self.preview,
            fields=self.content,
        )


@dataclass(frozen=True)
class SeenButton:
    """A button on the screen: one of ``data``, ``url`` or ``copies`` says what pressing it does."""

    label: str
    data: str | None = None
    url: str | None = None
    copies: str | None = None

    @classmethod
    def of(cls, cell: Json) -> SeenButton:
        copied = cell.get("copy_text") or {}
        return cls(cell["text"], cell.get("callback_data"), cell.get("url"), copied.get("text"))


@dataclass(frozen=True)
class Seen:
    """A message as it stands on the screen. ``html`` is what the bot wrote, ``text`` what a person reads.

    ``preview`` is true when Telegram would fetch and show a picture of the first link.
    """

    message_id: int
    text: str
    html: str | None
    rows: tuple[tuple[SeenButton, ...], ...]
    from_bot: bool
    edited: bool
    preview: bool
    fields: Json = field(repr=False)

    @property
    def buttons(self) -> tuple[SeenButton, ...]:
        """All buttons in reading order."""
        return tuple(button for row in self.rows for button in row)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(button.label for button in self.buttons)

    def button_data(self, label: str) -> str | None:
        """The callback data behind a label; None for a link. Raises KeyError when there is no such button."""
        return {button.label: button.data for button in self.buttons}[label]

    @property
    def lock_screen(self) -> str:
        """The first 40 characters, which a locked phone shows to whoever looks at it."""
        return self.text[:40]


@dataclass(frozen=True)
class Change:
    """Something the bot did to the screen. ``unmodified``: it tried to write what already stood there."""

    what: What
    message_id: int


@dataclass
class Chat:
    """A chat and whether the bot may write there.

    ``opened``: the person has written to the bot, or the bot is a member of the group.
    """

    id: int
    kind: ChatKind
    about: Json
    messages: dict[int, Message] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    opened: bool = False
    left: bool = False
    blocked: bool = False
    deactivated: bool = False
    migrated_to: int | None = None

    def as_json(self) -> Json:
        return {"id": self.id, "type": self.kind, **self.about}

    def visible(self) -> Iterator[Message]:
        """What the screen shows, oldest first."""
        return (message for message in self.messages.values() if message.deleted_by is None)

    def changed(self, what: What, message: Message) -> None:
        self.changes.append(Change(what, message.message_id))


class Chats:
    """Every chat of the bot. Message ids count through all private chats and groups, apart in each supergroup."""

    def __init__(self) -> None:
        self._chats: dict[int, Chat] = {}
        self._last_id = 1000
        self._own_ids: dict[int, int] = {}

    def add(self, chat: Chat) -> Chat:
        self._chats[chat.id] = chat
        return chat

    def find(self, chat_id: object) -> Chat | None:
        """By number, by the number as text, or by ``@username``."""
        if isinstance(chat_id, str) and chat_id.startswith("@"):
            named = (chat for chat in self._chats.values() if chat.about.get("username") == chat_id[1:])
            return next(named, None)
        try:
            return self._chats.get(int(str(chat_id)))
        except ValueError:
            return None

    def __iter__(self) -> Iterator[Chat]:
        return iter(self._chats.values())

    def new_message(
        self, chat: Chat, *, date: float, author: Json | None, content: Json, from_bot: bool = False
    ) -> Message:
        message = Message(chat, self._next_id(chat), date, author, content, from_bot)
        chat.messages[message.message_id] = message
        return message

    def _next_id(self, chat: Chat) -> int:
        if chat.kind in ("supergroup", "channel"):
            self._own_ids[chat.id] = self._own_ids.get(chat.id, 0) + 1
            return self._own_ids[chat.id]
        self._last_id += 1
        return self._last_id
