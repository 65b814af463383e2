"""A turn on Telegram: something from a person in, a screen out, and nothing of it remembered afterwards."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from datetime import datetime
from math import inf
from time import perf_counter
from typing import Final

from telegram.error import BadRequest, TelegramError

from bot.channels.limits import Flood
from bot.channels.observer import NOBODY, Observer, turn_of
from bot.channels.telegram import typed_ids
from bot.channels.telegram.answers import answer
from bot.channels.telegram.calls import Calls, Keyboard
from bot.channels.telegram.commands import is_start
from bot.channels.telegram.failures import described
from bot.channels.telegram.order import RETRY_SECONDS, ChatOrder, Lost
from bot.channels.telegram.remembered import Texts
from bot.channels.telegram.request import FloodError
from bot.channels.telegram.together import Answerable, merged
from bot.channels.telegram.updates import Group, Ignored, Message, Press, decode
from bot.dialogue.emergency_card import OnlyTheCardError
from bot.dialogue.engine import Engine
from bot.dialogue.rendering.telegram_html import label
from bot.dialogue.screen import Screen

DELETABLE_SECONDS: Final = 48 * 3600 - 300
"""Telegram lets a bot delete messages for 48 hours; five minutes are left for clocks that differ."""

OLD_MENU: Final = "notice_old_menu"
"""Shared text above a page that comes as a new message, because the pressed one can no longer be changed."""

GROUP: Final = "notice_group"
"""Shared text that asks a group to write in private."""

SLOWED: Final = "notice_slowed"
"""Shared text for somebody who has sent so much at once that the answers come more slowly."""

CHANNEL: Final = "telegram"

_log = logging.getLogger(__name__)


class TelegramChannel:
    """Answers updates. ``engine`` gives the engine of this moment, ``clock`` the moment, with its time zone.

    ``card`` is what a person gets when all else fails, as plain text.
    """

    def __init__(
        self,
        calls: Calls,
        engine: Callable[[], Engine],
        clock: Callable[[], datetime],
        card: str,
        *,
        observer: Observer = NOBODY,
        flood: Flood | None = None,
    ) -> None:
        self._calls = calls
        self._engine = engine
        self._clock = clock
        self._card = card
        self._observer = observer
        self._flood = flood or Flood(perf_counter)
        self._texts = Texts()
        self._order = ChatOrder(self._turn)

    @property
    def chats_in_work(self) -> int:
        """How many chats are being answered right now; everything else is forgotten."""
        return self._order.chats_in_work

    def receive(
        self,
        update: object,
        done: Callable[[], None],
        lost: Lost | None = None,
        answering: Callable[[str], None] | None = None,
        *,
        within: float = inf,
        late: bool = False,
    ) -> bool:
        """Take a raw update in. False if it makes no sense.

        ``done`` is called once it is answered, ``lost`` (None: ``done``) once it is clear that nothing can be sent.
        A press changes the screen ``within`` so many seconds or not at all, since somebody else may be told of it then,
        and the screen be another. ``late`` says that it may be: then the press is answered by a new message, however
        long that takes.
        ``answering`` sees to it that a press stops its progress ring; None: by a call, at once.
        """
        event = decode(update)
        callback = "" if isinstance(event, Message) else event.callback
        if callback:  # at once: neither the chat's queue nor the page may hold it up, nor it the page
            (answering or self.answer)(callback)
        if isinstance(event, Ignored):
            done()
            return not event.unreadable
        slowed = False
        if not isinstance(event, Group):
            slowed, tell = self._judged(event.chat)
            if tell:
                event = replace(event, slowing=True)
        until = inf
        if isinstance(event, Press):
            if late:
                event = replace(event, message=None)
            else:
                until = asyncio.get_running_loop().time() + within
        self._order.add(event, done, lost, slowed=slowed, until=until)
        return True

    def _judged(self, chat: int) -> tuple[bool, bool]:
        """Whether its turns are slowed, and whether to say so. What cannot be counted is answered all the same."""
        try:
            verdict = self._flood.hit(chat.to_bytes(9, signed=True))
            if verdict.tell:
                self._observer.slowed(CHANNEL)
        except Exception as error:
            _log.error("What somebody sends could not be counted: %s", described(error))
            return False, False
        return verdict.slowed, verdict.tell

    def answer(self, callback: str) -> None:
        """Let a pressed button stop its progress ring, beside everything else."""
        self._order.beside(self._calls.answer(callback))

    def beside(self, work: Coroutine[object, object, None]) -> None:
        """Do something small beside the turns; `finish` waits for it too."""
        self._order.beside(work)

    def forget(self) -> None:
        """Drop the counts of those who have not sent anything for a while."""
        self._flood.forget()

    async def finish(self, seconds: float) -> None:
        """Let what is in work be answered, for ``seconds`` at most."""
        await self._order.finish(seconds)

    async def _turn(self, events: Sequence[Answerable], until: float) -> float | None:
        """Answer ``events`` with one screen. If nothing at all could be sent, the seconds after which to try again."""
        last = events[-1]
        try:
            if isinstance(last, Press):
                await self._press(last, until)
            elif isinstance(last, Group):
                await self._group(last)
            else:
                sent = [event for event in events if isinstance(event, Message)]
                await self._message(merged(sent), [message.message for message in sent], until)
        except OnlyTheCardError:
            if isinstance(last, Group):
                await self._calls.leave(last.chat)
                return None
            return await self._send_card(last.chat, until)
        except Exception as error:
            _log.error("An update could not be answered: %s", described(error))
            self._observer.failed(CHANNEL, type(error).__name__)
            if isinstance(last, Group):
                return None
            if isinstance(error, TelegramError) and not isinstance(error, BadRequest):
                return _retry(error)  # the card would not arrive either
            return await self._send_card(last.chat, until)
        return None

    async def _send_card(self, chat: int, until: float) -> float | None:
        try:
            await self._calls.send(chat, self._card, html=False, until=until)
        except TelegramError as error:
            _log.error("Nor could the emergency card be sent: %s", described(error))
            return None if isinstance(error, BadRequest) else _retry(error)  # the former would be refused again
        except Exception as error:
            _log.error("Nor could the emergency card be sent: %s", described(error))
            return RETRY_SECONDS
        return None

    async def _press(self, press: Press, until: float) -> None:
        begun = perf_counter()
        now = self._clock()
        engine = self._engine()
        screen = engine.press(press.token, now)
        if press.slowing:
            screen = _with_notice(engine, screen)
        if not await self._edited(press, screen, until):
            # In the new message's buttons, what was typed before the old one would be told wrongly.
            anew = screen.state._replace(channel=0)
            page = screen if screen.leave else engine.draw(anew, now, notice=OLD_MENU)
            await self._calls.send(press.chat, self._texts.of(page), keyboard(page), until=until)
        if screen.leave and press.message and now.timestamp() - press.sent < DELETABLE_SECONDS:
            typed = typed_ids.decode(screen.state.channel, press.message)
            await self._calls.delete(press.chat, typed)
        if self._observer is not NOBODY:
            self._observer.answered(turn_of(CHANNEL, screen, engine.content, perf_counter() - begun))

    async def _edited(self, press: Press, screen: Screen, until: float) -> bool:
        if press.message is None:
            return False
        try:
            return await self._calls.edit(
                press.chat, press.message, self._texts.of(screen), keyboard(screen), until=until
            )
        except BadRequest:
            if screen.leave:
                return False  # whoever leaves must not find the emergency card on the screen instead
            raise

    async def _message(self, message: Message, typed: Sequence[int], until: float) -> None:
        begun = perf_counter()
        engine = self._engine()
        screen = answer(engine, message, self._clock(), typed_ids.encode(typed))
        if message.slowing:
            screen = _with_notice(engine, screen)
        await self._calls.send(message.chat, self._texts.of(screen), keyboard(screen), until=until)
        if screen.leave:
            await self._calls.delete(message.chat, typed)
        if self._observer is not NOBODY:
            seconds = perf_counter() - begun
            self._observer.answered(turn_of(CHANNEL, screen, engine.content, seconds, opened=is_start(message.text)))

    async def _group(self, group: Group) -> None:
        engine = self._engine()
        try:
            with contextlib.suppress(BadRequest):  # it may not be allowed to speak there
                await self._calls.send(group.chat, engine.text(GROUP), html=False)
        finally:
            await self._calls.leave(group.chat)


def _with_notice(engine: Engine, screen: Screen) -> Screen:
    """The screen, saying first that answers come more slowly now; a left chat is not told."""
    return screen if screen.leave else replace(screen, blocks=(*engine.notice(SLOWED, screen.language), *screen.blocks))


def _retry(error: TelegramError) -> float:
    """After how many seconds it is worth trying again."""
    return error.seconds if isinstance(error, FloodError) else RETRY_SECONDS


def keyboard(screen: Screen) -> Keyboard:
    """The screen's buttons as Telegram writes them."""
    return [[{"text": label(button, screen), "callback_data": button.token} for button in row] for row in screen.rows]
