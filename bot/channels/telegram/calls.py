"""What the bot tells Telegram, each call with what its errors mean.

The library's `telegram.Bot` knows the address and the token, and its request seam turns refusals into typed errors. Its
methods are not used: they build an object for every part of every answer, and nobody reads those.
"""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Collection, Mapping, Sequence
from math import inf
from time import perf_counter
from typing import Final

import telegram
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter  # the seam takes no other

from bot.channels.observer import NOBODY, Observer
from bot.channels.telegram.request import CutOffError, LineRequest
from bot.channels.telegram.retrying import Patience, is_final, repeated, was_not_done
from bot.channels.telegram.sending import Sending

Keyboard = Sequence[Sequence[Mapping[str, str]]]
"""Rows of inline buttons, as Telegram writes them."""

_NO_PREVIEW: Final = {"is_disabled": True}
"""A preview would show a charity's page on a screen that somebody else may see."""

_UNCHANGED: Final = "message is not modified"


class Calls:
    """The calls of one bot. A person who has blocked it, or is gone, gets nothing more and is no error."""

    def __init__(
        self,
        bot: telegram.Bot,
        patience: Patience | None = None,
        *,
        observer: Observer = NOBODY,
        sending: Sending | None = None,
    ) -> None:
        self._bot = bot
        self._patience = patience or Patience()
        self._observer = observer
        self._sending = sending or Sending()

    async def call(
        self, method: str, parameters: Mapping[str, object] | None = None, *, seconds: float | None = None
    ) -> object:
        """One call, once. Raises the library's `TelegramError`; ``seconds`` limits the whole of it."""
        data = RequestData([RequestParameter(name, value, None) for name, value in (parameters or {}).items()])
        limit = self._bot.request.read_timeout if seconds is None else seconds
        url = f"{self._bot.base_url}/{method}"
        return await self._observed(method, self._bot.request.post(url, data, read_timeout=limit))

    async def say(self, method: str, parameters: Mapping[str, object]) -> None:
        """One call whose result nobody reads, once. Raises the library's `TelegramError`."""
        request = self._bot.request
        if not isinstance(request, LineRequest):  # a test's own
            await self.call(method, parameters)
            return
        url = f"{self._bot.base_url}/{method}"
        await self._observed(method, request.say(url, parameters, request.read_timeout))

    async def _observed(self, method: str, call: Awaitable[object]) -> object:
        begun = perf_counter()
        outcome = "ok"
        try:
            return await call
        except TelegramError as error:
            outcome = type(error).__name__
            raise
        except Exception:  # whatever the library stumbles over in an answer
            outcome = CutOffError.__name__
            raise CutOffError("Telegram's answer has an unknown shape") from None
        finally:
            self._observer.called(method, outcome, perf_counter() - begun)

    async def patiently(self, method: str, parameters: Mapping[str, object]) -> object:
        """One call that may be made twice without harm, repeated as long as a message would be."""
        return await repeated(lambda: self.call(method, parameters), self._patience.send, _always)

    async def send(
        self, chat: int, text: str, keyboard: Keyboard = (), *, html: bool = True, until: float = inf
    ) -> None:
        """A new message. One whose fate is unknown is sent once more: help that stands there twice beats silence.

        In an outage, when Telegram cannot be reached at all, it is repeated for as long as it is worth it, at the
        longest to ``until``, a moment of the event loop's clock.
        """
        message = {"chat_id": chat, **_message(text, keyboard, html=html)}
        unknown = 0

        async def may_send_again(error: TelegramError) -> bool:
            nonlocal unknown
            unknown += not was_not_done(error)
            if unknown > 1 and await self._is_out_of_reach():
                unknown = 0
            return unknown <= 1

        await self._sending.turn(chat)
        with contextlib.suppress(Forbidden, ChatMigrated):
            await repeated(lambda: self.say("sendMessage", message), self._patience.send, may_send_again, until)

    async def edit(self, chat: int, message: int, text: str, keyboard: Keyboard = (), *, until: float = inf) -> bool:
        """Put ``text`` in place of a message, ``until`` as in `send`. False if it can no longer be changed."""
        edited = {"chat_id": chat, "message_id": message, **_message(text, keyboard, html=True)}
        try:
            await repeated(lambda: self.say("editMessageText", edited), self._patience.edit, _always, until)
        except BadRequest as error:
            if _UNCHANGED in str(error).lower():
                return True  # pressed twice, or the page is the same
            if _is_about_the_message(error):
                return False
            raise
        except (Forbidden, ChatMigrated):
            return True
        return True

    async def answer(self, callback: str) -> None:
        """Let the pressed button stop its progress ring. Never raises: a query too old to answer harms nobody."""
        with contextlib.suppress(TelegramError):
            await repeated(
                lambda: self.say("answerCallbackQuery", {"callback_query_id": callback}),
                self._patience.answer,
                _always,
            )

    async def delete(self, chat: int, messages: Collection[int]) -> None:
        """Delete messages, as far as they are still there and younger than 48 hours. Never raises."""
        if messages:
            wanted = {"chat_id": chat, "message_ids": sorted(messages)}
            with contextlib.suppress(TelegramError):
                await repeated(lambda: self.say("deleteMessages", wanted), self._patience.edit, _always)

    async def leave(self, chat: int) -> None:
        """Leave a group or a channel. Never raises: the bot may be out already."""
        with contextlib.suppress(TelegramError):
            await repeated(lambda: self.say("leaveChat", {"chat_id": chat}), self._patience.edit, _always)

    async def _is_out_of_reach(self) -> bool:
        """Whether Telegram cannot be reached at all, so that the message just cut off was hardly delivered."""
        try:
            await self.call("getMe")
        except TelegramError as error:
            return not is_final(error)
        return False


async def _always(_: TelegramError) -> bool:
    return True


def _message(text: str, keyboard: Keyboard, *, html: bool) -> dict[str, object]:
    message: dict[str, object] = {"text": text, "link_preview_options": _NO_PREVIEW}
    if html:
        message["parse_mode"] = "HTML"
    if keyboard:
        message["reply_markup"] = {"inline_keyboard": keyboard}
    return message


def _is_about_the_message(error: BadRequest) -> bool:
    """Whether the message to edit is the trouble (deleted, not ours, a picture), and not what was to stand in it."""
    words = str(error).lower()
    return any(
        phrase in words
        for phrase in (
            "message to edit not found",
            "message can't be edited",
            "message_id_invalid",
            "message identifier is not specified",
            "there is no text in the message to edit",
        )
    )
