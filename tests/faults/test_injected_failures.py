"""Wherever a turn may fail, the person still gets the emergency numbers, and what they typed reaches no log.

Every function of the program that a turn enters is made to fail on entry, one after the other, with the person's own
words in the error's text: nobody had to think of the places. What is left out is named, with the reason.
"""

from __future__ import annotations

import asyncio
import io
import itertools
import json
import logging
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, Final, Self

import httpx
import pytest
import telegram
from telegram.request import RequestData

from bot.channels.telegram.calls import Calls
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.webhook import Webhook
from bot.channels.terminal import TerminalChat
from bot.dialogue.emergency_card import EMERGENCY_CARD
from bot.dialogue.engine import Engine
from tests.conftest import AFTERNOON
from tests.packs import REPOSITORY
from tests.tools.fuzz_updates import SECRET, AtOnce, Line, deliver
from tests.web_server import make_application

CANARY: Final = "canaryquartzzebra"
WORDS: Final = f"{CANARY} he says he will post my nudes"
ERRORS: Final = (RuntimeError, MemoryError, RecursionError, KeyError)
PROGRAM: Final = str(REPOSITORY / "bot")

Place = tuple[str, str]
"""A file of the program, and a function in it."""

NOT_ON_THE_WAY: Final = {
    "telegram": {
        "webhook.py": "the delivery itself: one that fails is answered with 500, and Telegram delivers again",
        "updates.py": "without it nobody knows whom to answer; fuzzed on its own",
        "calls.py": "the calls themselves: what cannot be sent cannot be answered with, and is delivered again",
        "order.py": "the chat's queue: Telegram delivers again what it has not finished",
        "emergency_card.py": "the card itself",
        "TelegramChannel.receive": "the way in, with nothing but calls of what stands here",
        "TelegramChannel._judged": "what catches the counting's failures",
        "TelegramChannel.finish": "the test's own wait for the turn",
        "TelegramChannel._turn": "what catches all the others",
        "TelegramChannel._send_card": "the card itself",
    },
    "web": {
        "headers.py": "outside of all that can fail there is only the server's own last answer, tested on its own",
        "emergency_page.py": "the card itself",
    },
    "terminal": {
        "emergency_card.py": "the card itself",
        "TerminalChat.run": "the way in, with nothing but calls of what stands here",
        "TerminalChat._safely": "what catches all the others",
        "TerminalChat._write": "without it nothing can be shown",
    },
}


class Failing:
    """Makes one function fail the first time it is entered, by the interpreter's own hook for profilers."""

    def __init__(self, place: Place | None, error: type[Exception] = RuntimeError) -> None:
        self._place = place
        self._error = error
        self.entered: dict[Place, None] = {}
        self.fired = False

    def __enter__(self) -> Self:
        sys.setprofile(self._called)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def _called(self, frame: FrameType, event: str, _: object) -> None:
        if event != "call":
            return
        place = place_of(frame.f_code)
        if place is None:
            return
        self.entered[place] = None
        if place == self._place and not self.fired:
            self.fired = True
            raise self._error(f"the words were: {WORDS}")


def place_of(code: CodeType) -> Place | None:
    if not code.co_filename.startswith(PROGRAM) or code.co_name.startswith("<"):
        return None
    return code.co_filename.removeprefix(f"{PROGRAM}/"), code.co_qualname


class Shown(Line):
    """A Telegram that keeps what was shown."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: object, **__: object
    ) -> tuple[int, bytes]:
        given = request_data.parameters if request_data else {}
        if "text" in given:
            self.texts.append(f"{given['text']} {given.get('reply_markup', '')}")
        return await super().do_request(url, method, request_data)


def by_telegram(engine: Engine, what: str, failing: Failing) -> str:
    """One turn on Telegram: all that was shown."""
    line = Shown()
    bot = telegram.Bot("1:x", "http://telegram.invalid/bot", request=line, get_updates_request=line)
    channel = TelegramChannel(Calls(bot, sending=AtOnce()), lambda: engine, lambda: AFTERNOON, EMERGENCY_CARD)
    chat = {"id": 5, "type": "private", "first_name": CANARY}
    frame = {
        "message_id": 7,
        "date": int(datetime.now(UTC).timestamp()),
        "chat": chat,
        "from": {**chat, "is_bot": False},
    }
    update: dict[str, Any] = {"update_id": 1, "message": {**frame, "text": WORDS}}
    if what == "press":
        token = engine.start(AFTERNOON).buttons[0].token
        update = {"update_id": 1, "callback_query": {"id": "1", "from": frame["from"], "message": frame, "data": token}}

    hook = Webhook(channel.receive, channel.answer, SECRET, hold=2.0)

    async def turn() -> None:
        with failing:
            await deliver(hook, json.dumps(update).encode())
            await channel.finish(5.0)

    asyncio.run(turn())
    return "\n".join(line.texts)


def by_web(engine: Engine, what: str, failing: Failing) -> str:
    """One turn on the web: the page."""
    application = make_application(engine)
    fields = {"words": WORDS}
    if what == "press":
        fields = {"press": engine.start(AFTERNOON).buttons[0].token}

    async def turn() -> str:
        transport = httpx.ASGITransport(app=application, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            with failing:
                return (await client.post("/chat", data=fields)).text

    return asyncio.run(turn())


def by_terminal(engine: Engine, what: str, failing: Failing) -> str:
    """One turn in the terminal: all that was written."""
    output = io.StringIO()
    chat = TerminalChat(engine, output, lambda: AFTERNOON)
    opened = 0

    def lines() -> Iterator[str]:
        nonlocal opened
        opened = output.tell()  # the screen before has numbers as well
        yield "1" if what == "press" else WORDS

    with failing:
        chat.run(lines())
    return output.getvalue()[opened:]


CHANNELS: Final[dict[str, Callable[[Engine, str, Failing], str]]] = {
    "telegram": by_telegram,
    "web": by_web,
    "terminal": by_terminal,
}


def places(channel: str, engine: Engine, what: str) -> Iterator[Place]:
    """Every function that such a turn enters, but for those that are left out."""
    watching = Failing(None)
    CHANNELS[channel](engine, what, watching)
    left = NOT_ON_THE_WAY[channel]
    return (place for place in watching.entered if Path(place[0]).name not in left and place[1] not in left)


@pytest.mark.parametrize("what", ["press", "words"])
@pytest.mark.parametrize("channel", CHANNELS)
def test_wherever_a_turn_fails_help_is_shown_and_nothing_typed_is_logged(
    engine: Engine, channel: str, what: str, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    errors = itertools.cycle(ERRORS)
    fired = 0
    without: list[Place] = []
    for place in list(places(channel, engine, what)):
        failing = Failing(place, next(errors))
        shown = CHANNELS[channel](engine, what, failing)
        fired += failing.fired
        if "999" not in shown and "Get help now" not in shown:
            without.append(place)
    assert without == []
    assert fired >= 40, "so many places at least, or the turn was not really watched"
    written = caplog.text + "".join(capsys.readouterr())
    assert CANARY not in written


def test_what_is_left_out_is_there() -> None:
    files = {path.name: path.read_text(encoding="utf-8") for path in Path(PROGRAM).rglob("*.py")}
    for name in {name for left in NOT_ON_THE_WAY.values() for name in left}:
        kind, _, function = name.partition(".")
        assert name in files or any(f"class {kind}" in text and f"def {function}(" in text for text in files.values())
