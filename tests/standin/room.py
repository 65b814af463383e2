"""A chat as somebody sits in it: what stands on the screen, which buttons there are, what the bot does next."""

from __future__ import annotations

import asyncio
import difflib
from typing import Any

from tests.standin.chat import Chat, Message, Seen, SeenButton
from tests.standin.kinds import Maker
from tests.standin.refusals import Json
from tests.standin.updates import Update
from tests.standin.world import Press, World

REACTIONS = ("sent", "edited", "unmodified")
CALLS_SHOWN = 8
FETCHED_WITHIN = 5.0
"""Seconds that the bot gets to fetch an update before its silence is questioned."""


class Room:
    """The chat's screen, and the wait for the bot's reaction to what was done last."""

    def __init__(self, world: World, chat: Chat) -> None:
        self._world = world
        self.chat = world.chats.add(chat)
        self._mark = 0
        self._last_update: Update | None = None
        self._last_press: Press | None = None

    @property
    def messages(self) -> tuple[Seen, ...]:
        """Everything on the screen, oldest first: edits are done, deleted messages are gone."""
        return tuple(message.seen() for message in self.chat.visible())

    @property
    def answers(self) -> tuple[Seen, ...]:
        """What the bot has on the screen."""
        return tuple(seen for seen in self.messages if seen.from_bot)

    @property
    def menu(self) -> Seen:
        """The newest message with buttons."""
        for seen in reversed(self.answers):
            if seen.buttons:
                return seen
        raise AssertionError("there is no message with buttons on the screen")

    @property
    def toasts(self) -> tuple[str, ...]:
        """The short notes that answered this chat's presses."""
        presses = self._world.presses.values()
        return tuple(press.toast for press in presses if press.chat is self.chat and press.toast)

    def button(self, label: str, *, on: Seen | None = None) -> tuple[Seen, SeenButton]:
        """The button of this label on ``on``, or on the newest menu that has it."""
        menus = [on] if on is not None else [seen for seen in reversed(self.answers) if seen.buttons]
        for menu in menus:
            for button in menu.buttons:
                if button.label == label:
                    return menu, button
        there = menus[0].labels if menus else ()
        folded = {name.casefold(): name for name in there}
        near = [folded[name] for name in difflib.get_close_matches(label.casefold(), folded, cutoff=0.4)]
        hint = f"; near: {', '.join(map(repr, near))}" if near else ""
        raise AssertionError(f"no button {label!r}{hint}; there are: {', '.join(map(repr, there)) or 'none'}")

    async def sees(self, *, within: float = 20.0) -> Seen:
        """Waits for the bot's reaction to what was done last, and returns the message it wrote or changed.

        A press counts as reacted to when the bot has also tried to answer it: till then the button is busy.
        """
        if not await self._world.bell.until(self._reacted, within=within):
            raise AssertionError(self._silence(within))
        shown = self._reactions()[-1]
        return shown.seen()

    async def sees_nothing(self, *, within: float = 0.3) -> None:
        """Makes sure that the bot has got what was done last, and does nothing on the screen about it."""
        update = self._last_update
        if update is not None and not await self._world.bell.until(
            lambda: update.deliveries > 0, within=FETCHED_WITHIN
        ):
            raise AssertionError("the bot never fetched the update, so its silence means nothing")
        await asyncio.sleep(within)
        if self.chat.changes[self._mark :]:
            changes = ", ".join(f"{change.what} {change.message_id}" for change in self.chat.changes[self._mark :])
            raise AssertionError(f"the bot should have kept still, but: {changes}")

    def _reactions(self) -> list[Message]:
        changes = self.chat.changes[self._mark :]
        touched = [self.chat.messages[change.message_id] for change in changes if change.what in REACTIONS]
        return [message for message in touched if message.deleted_by is None]

    def _reacted(self) -> bool:
        press = self._last_press
        return bool(self._reactions()) and (press is None or press.update is None or press.attempted)

    def _silence(self, within: float) -> str:
        if self._reactions():
            return f"the screen changed, but the press was not answered within {within:g} s: the button is busy"
        update = self._last_update
        if update is None:
            reason = "the bot has not subscribed to this kind of update"
        elif update.deliveries == 0:
            reason = "the bot has not fetched the update"
        else:
            reason = "the bot fetched the update and showed nothing"
        calls = [call.line() for call in self._world.journal.calls if call.method != "getUpdates"]
        recent = "\n  ".join(calls[-CALLS_SHOWN:]) or "none"
        return f"nothing to see within {within:g} s: {reason}. Last calls:\n  {recent}"

    def _acts(self) -> None:
        """From here on everything the bot does is a reaction."""
        self._mark = len(self.chat.changes)
        self._last_press = None

    def _maker(self, person: Json) -> Maker:
        return Maker(self._world.canaries, person, self.chat.as_json(), int(self._world.clock.now()))

    def _say(self, kind: str, author: Json | None, content: Json, *, heard: bool = True) -> Message:
        """Puts a message on the screen and, if ``heard``, tells the bot."""
        self._acts()
        message = self._world.chats.new_message(self.chat, date=self._world.clock.now(), author=author, content=content)
        self._last_update = self._queue(kind, message.as_json()) if heard else None
        return message

    def _queue(self, kind: str, body: Any) -> Update | None:
        return self._world.updates.add(kind, body, queue=f"chat {self.chat.id}")
