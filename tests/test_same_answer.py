"""The same answer everywhere: every story leads to the same services, in the same order, on every channel.

Each channel's own words are looked at, as people get them: the pages of the web chat, the messages on Telegram, the
lines of the terminal. Typed words are sent with the place they were typed at (a reply on Telegram) and without.
"""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from html import unescape
from math import inf
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.types import ASGIApp

from bot.channels.limits import Flood
from bot.channels.telegram.calls import Calls, Keyboard
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.terminal import TerminalChat
from bot.checks.stories.names import Names
from bot.checks.stories.playing import NoButtonError, button, opening, take
from bot.checks.stories.reading import read_stories
from bot.checks.stories.story import Deed, Story, Turn
from bot.dialogue.emergency_card import EMERGENCY_CARD
from bot.dialogue.engine import Engine
from bot.dialogue.screen import Screen
from tests.channels.web.conftest import ask
from tests.web_server import make_application

FILES = sorted((Path(__file__).parent / "stories").rglob("*.yaml"))

MARKS = re.compile("[\u200e\u200f\u2066-\u2069]")
"""What tells Telegram which way a line runs; no words."""

Services = list[list[str]]
"""The names of the services shown, after each turn."""


def played(engine: Engine, story: Story) -> list[tuple[Turn, Screen, Screen]]:
    """The story on the engine alone, as far as it goes: without a place, some buttons are not there to be pressed."""
    screen, done = opening(engine, story), []
    for turn in story.turns:
        try:
            following = take(engine, turn, screen, story.setting)
        except NoButtonError:
            break
        done.append((turn, screen, following))
        screen = following
    return done


def shown_in(text: str, engine: Engine, language: str) -> list[str]:
    """The services whose heads stand in the terminal's lines, in the order in which they stand there."""
    names = sorted((service.facts.name for service in engine.content.edition(language).services.values()), key=len)
    found = {text.find(f"* {name}: "): name for name in names if f"* {name}: " in text}  # the longest name counts
    return [found[place] for place in sorted(found)]


def on_the_engine(done: list[tuple[Turn, Screen, Screen]]) -> Services:
    return [[card.name for card in following.cards] for _, _, following in done]


async def on_the_web(engine: Engine, story: Story, done: list[tuple[Turn, Screen, Screen]], app: ASGIApp) -> Services:
    services = []
    form = {"content-type": b"application/x-www-form-urlencoded", "accept-language": story.setting.language.encode()}
    for turn, screen, following in done:
        here = engine.token(screen.state) if story.setting.remembers and not screen.leave else ""
        if turn.deed is Deed.TYPE:
            fields = {"words": turn.words, "here": here}
        elif turn.deed is Deed.PRESS:
            fields = {"press": button(screen, turn.words).token}
        else:
            fields = {"press": engine.token(following.state)}
        answer = await ask(app, "POST", b"/chat", form, urlencode(fields).encode())
        assert answer.status == 200
        services.append([unescape(name) for name in re.findall(r"<h3[^>]*>(.*?)</h3>", answer.text)])
    return services


def on_the_terminal(engine: Engine, story: Story, done: list[tuple[Turn, Screen, Screen]]) -> Services:
    output, ends = io.StringIO(), []

    def lines() -> Iterator[str]:
        for turn, screen, _ in done:
            ends.append(output.tell())
            yield turn.words if turn.deed is Deed.TYPE else str(1 + screen.buttons.index(button(screen, turn.words)))
        ends.append(output.tell())

    chat = TerminalChat(engine, output, lambda: story.setting.at, language=story.setting.language)
    chat.run(lines(), [("", done[0][1])])
    ends.append(output.tell())
    services = []
    for (_, _, following), start, end in zip(done, ends, ends[1:], strict=False):
        text = " ".join(output.getvalue()[start:end].split())
        services.append(shown_in(text, engine, following.language))
    return services


class Noted(Calls):
    """Calls that nobody makes: what would be sent is noted."""

    def __init__(self) -> None:
        self.text = ""
        self.keyboard: Keyboard = ()

    async def send(
        self,
        chat: int,  # noqa: ARG002
        text: str,
        keyboard: Keyboard = (),
        *,
        html: bool = True,
        until: float = inf,  # noqa: ARG002
    ) -> None:
        assert html, text
        self.text, self.keyboard = text, keyboard

    async def edit(
        self,
        chat: int,  # noqa: ARG002
        message: int,  # noqa: ARG002
        text: str,
        keyboard: Keyboard = (),
        *,
        until: float = inf,  # noqa: ARG002
    ) -> bool:
        self.text, self.keyboard = text, keyboard
        return True

    async def answer(self, callback: str) -> None: ...

    async def delete(self, chat: int, messages: Collection[int]) -> None: ...


async def on_telegram(engine: Engine, story: Story, done: list[tuple[Turn, Screen, Screen]]) -> Services:
    services, calls, seconds = [], Noted(), iter(range(0, 10**9, 1000))
    flood = Flood(lambda: float(next(seconds)))
    channel = TelegramChannel(calls, lambda: engine, lambda: story.setting.at, EMERGENCY_CARD, flood=flood)
    menu_of = {"id": 7, "is_bot": True, "first_name": "bot"}
    person = {"id": 1, "is_bot": False, "first_name": "x", "language_code": story.setting.language or "en"}
    for number, (turn, screen, _) in enumerate(done):
        rows = [[{"text": one.label, "callback_data": one.token} for one in row] for row in screen.rows]
        menu: dict[str, Any] = {
            "message_id": 1000 + number,
            "date": int(story.setting.at.timestamp()),
            "chat": {"id": 1, "type": "private"},
            "from": menu_of,
            "text": "menu",
            "reply_markup": {"inline_keyboard": rows},
        }
        if turn.deed is Deed.PRESS:
            data = button(screen, turn.words).token
            query = {"id": "1", "from": person, "chat_instance": "1", "data": data, "message": menu}
            update: dict[str, Any] = {"update_id": number, "callback_query": query}
        else:
            words = turn.words if turn.deed is Deed.TYPE else f"/start {turn.words}"
            message: dict[str, Any] = {**menu, "message_id": 2000 + number, "from": person, "text": words}
            del message["reply_markup"]
            if turn.deed is not Deed.TYPE:
                message["entities"] = [{"type": "bot_command", "offset": 0, "length": 6}]
            elif story.setting.remembers and not screen.leave:
                message["reply_to_message"] = menu
            update = {"update_id": number, "message": message}
        answered = asyncio.Event()
        assert channel.receive(update, answered.set)
        await answered.wait()
        services.append([unescape(name) for name in re.findall(r"<b>([^<\n]*)</b>\n<i>", MARKS.sub("", calls.text))])
    return services


@pytest.mark.parametrize("with_place", [True, False], ids=["with the place", "without the place"])
async def test_every_story_shows_the_same_services_in_the_same_order_on_every_channel(
    engine: Engine, with_place: bool
) -> None:
    turns, services = 0, 0
    differences: list[str] = []
    apps: dict[object, ASGIApp] = {}
    for file in FILES:
        for told in read_stories(file, Names(engine.content)):
            story = replace(told, setting=replace(told.setting, remembers=with_place))
            done = played(engine, story)
            if not done:
                continue
            moment = story.setting.at
            app = apps.setdefault(moment, make_application(engine, now=moment))
            expected = on_the_engine(done)
            found = {
                "web": await on_the_web(engine, story, done, app),
                "Telegram": await on_telegram(engine, story, done),
            }
            # The terminal ends where somebody leaves, and knows neither links nor words without their place.
            left = any(screen.leave for _, screen, _ in done)
            if with_place and not left and all(turn.deed is not Deed.OPEN for turn, _, _ in done):
                found["terminal"] = on_the_terminal(engine, story, done)
            differences.extend(_told(*pair, story, expected) for pair in found.items() if pair[1] != expected)
            turns += len(done)
            services += sum(map(len, expected))
    assert differences == []
    assert turns > 800
    assert services > 1000


def _told(channel: str, got: Services, story: Story, expected: Services) -> str:
    if len(got) != len(expected):
        return f"{channel}, {story.name!r}: {len(got)} answers instead of {len(expected)}"
    number = next(number for number, pair in enumerate(zip(expected, got, strict=True)) if pair[0] != pair[1])
    return f"{channel}, {story.name!r}, {story.turns[number]}: {got[number]} instead of {expected[number]}"
