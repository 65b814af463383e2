"""Raw updates read into the handful of facts a turn needs.

This is where personal data stops: names, numbers, pictures and profiles in an update never become a field of ours.
What is kept for the turn stays out of `repr`, so that it cannot slip into a log. Nothing here raises, whatever the
update holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.channels.telegram import kinds

_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_].*)?", re.ASCII | re.DOTALL)
_BIGGEST: Final = 2**63 - 1
_LONGEST_TOKEN: Final = 64
_MOST_BUTTONS: Final = 100

_NOTHING: Final[Mapping[str, object]] = {}


@dataclass(frozen=True, slots=True)
class Press:
    """A button pressed in a private chat.

    ``message`` is the menu, or None where it can no longer be edited; ``sent`` is when it was sent, in seconds since
    1970, and 0 if that is not known.
    """

    chat: int = field(repr=False)
    message: int | None = field(repr=False)
    sent: int = field(repr=False)
    callback: str = field(repr=False)
    token: str = field(repr=False)
    slowing: bool = False
    """Whether this is where the person's turns begin to be slowed, so that the page must say so."""


@dataclass(frozen=True, slots=True)
class Message:
    """Something sent in a private chat.

    ``text`` holds the person's own words, a caption's too; empty if there are none. ``notice`` is the key of the shared
    text that says what we do with a picture and its like. ``replied`` holds the tokens of the menu it replies to.
    ``album`` tells apart albums: several messages that were sent as one.
    """

    chat: int = field(repr=False)
    message: int = field(repr=False)
    text: str = field(default="", repr=False)
    notice: str = ""
    language: str = ""
    replied: tuple[str, ...] = field(default=(), repr=False)
    album: str = field(default="", repr=False)
    slowing: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Something happened in a group or a channel: not a place to talk. ``callback`` is a press to answer there."""

    chat: int = field(repr=False)
    callback: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Ignored:
    """Nothing to say. ``unreadable`` if the update made no sense, so that it can be counted.

    ``callback`` is a press outside any chat of ours, whose button still waits for an answer.
    """

    unreadable: bool = False
    callback: str = field(default="", repr=False)


Event = Press | Message | Group | Ignored


def update_id(update: object) -> int | None:
    """The number by which Telegram knows the update, or None if it bears none."""
    return _whole_number(_mapping(update).get("update_id"))


def callback_of(update: object) -> str:
    """What to answer so that a pressed button stops its progress ring; empty if none was pressed."""
    event = decode(update)
    return "" if isinstance(event, Message) else event.callback


def decode(update: object) -> Event:
    """What ``update`` means to us."""
    parts = _mapping(update)
    for name, read in _READERS.items():
        if name in parts:
            return read(_mapping(parts[name]))
    return Ignored(unreadable=parts.keys().isdisjoint(kinds.UPDATES))


def _read_press(query: Mapping[str, object]) -> Event:
    callback = query.get("id")
    if not isinstance(callback, str):
        return Ignored(unreadable=True)
    if "inline_message_id" in query:
        return Ignored(callback=callback)
    message = _mapping(query.get("message"))
    chat = _mapping(message.get("chat")) or _mapping(query.get("from"))  # in private, both have the same id
    place = _whole_number(chat.get("id"))
    if place is None:
        return Ignored(unreadable=True, callback=callback)
    if message and chat.get("type") != "private":
        return Group(place, callback)
    token = query.get("data")
    # A message too old for the bot to see comes with the date 0.
    sent = _whole_number(message.get("date")) or 0
    return Press(
        chat=place,
        message=_whole_number(message.get("message_id")) if sent else None,
        sent=sent,
        callback=callback,
        token=token if isinstance(token, str) else "",
    )


def _read_message(message: Mapping[str, object], *, edited: bool = False) -> Event:
    chat = _mapping(message.get("chat"))
    place, number = _whole_number(chat.get("id")), _whole_number(message.get("message_id"))
    if place is None or number is None:
        return Ignored(unreadable=True)
    if chat.get("type") != "private":
        return Ignored() if edited or not kinds.EVENTS.isdisjoint(message) else Group(place)
    sender = _mapping(message.get("from"))
    if sender.get("is_bot") is True:  # two bots could answer each other for ever
        return Ignored()
    forwarded = not kinds.FORWARD_MARKS.isdisjoint(message)
    words = "" if forwarded else _words(message)
    if not words and (edited or not kinds.EVENTS.isdisjoint(message)):
        return Ignored()  # a live location, say, is edited every few seconds
    album = message.get("media_group_id")
    return Message(
        chat=place,
        message=number,
        text=words,
        notice=kinds.FORWARDED if forwarded else _notice(message, words),
        language=_language(sender),
        replied=tuple(_tokens(_mapping(message.get("reply_to_message")))),
        album=album if isinstance(album, str) else "",
    )


def _read_edited_message(message: Mapping[str, object]) -> Event:
    return _read_message(message, edited=True)


def _read_membership(change: Mapping[str, object]) -> Event:
    chat, now = _mapping(change.get("chat")), _mapping(change.get("new_chat_member"))
    place = _whole_number(chat.get("id"))
    if place is None:
        return Ignored(unreadable=True)
    inside = now.get("status") in ("member", "administrator", "restricted")
    return Group(place) if inside and chat.get("type") != "private" else Ignored()


_READERS: Final[Mapping[str, Callable[[Mapping[str, object]], Event]]] = {
    "callback_query": _read_press,
    "message": _read_message,
    "edited_message": _read_edited_message,
    "channel_post": _read_message,
    "my_chat_member": _read_membership,
}


def _words(message: Mapping[str, object]) -> str:
    for part in ("text", "caption"):
        words = message.get(part)
        if isinstance(words, str) and words.strip():
            return words
    return ""


def _notice(message: Mapping[str, object], words: str) -> str:
    for part, notice in kinds.NOTICES.items():
        # A story that is replied to is no picture sent to us, when there are words to read.
        if part in message and not (words and notice == kinds.ONLY_WORDS):
            return notice
    return "" if words else kinds.ONLY_WORDS


def _tokens(menu: Mapping[str, object]) -> Iterator[str]:
    """The buttons of the menu that a message replies to, if it is one of ours: only our own buttons show their data."""
    if _mapping(menu.get("from")).get("is_bot") is not True:
        return
    rows = _mapping(menu.get("reply_markup")).get("inline_keyboard")
    buttons = [button for row in _list(rows)[:_MOST_BUTTONS] for button in _list(row)[:_MOST_BUTTONS]]
    for button in buttons[:_MOST_BUTTONS]:
        token = _mapping(button).get("callback_data")
        if isinstance(token, str) and len(token) <= _LONGEST_TOKEN:
            yield token


def _language(sender: Mapping[str, object]) -> str:
    code = sender.get("language_code")
    found = _LANGUAGE.fullmatch(code.lower()) if isinstance(code, str) else None
    return found[1] if found else ""


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else _NOTHING


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _whole_number(value: object) -> int | None:
    usable = isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _BIGGEST
    return value if usable and isinstance(value, int) else None
