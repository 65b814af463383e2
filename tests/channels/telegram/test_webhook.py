"""The webhook: what it takes, what it refuses, and that Telegram keeps whatever has not been answered."""

from __future__ import annotations

import asyncio
import hmac
import io
import json
import socket
from collections.abc import AsyncIterator, Callable, Sized
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from math import inf
from typing import Any

import aiohttp
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp, Message

from bot.channels.telegram import webhook as module
from bot.channels.telegram.run import TelegramService
from bot.channels.telegram.webhook import LARGEST_BODY, Webhook, path_from, secret_from
from bot.channels.web.headers import security_headers
from bot.dialogue.engine import Engine
from bot.settings import Settings
from tests.channels.telegram.conftest import soon
from tests.standin import StandIn

SECRET = "a-secret-of-some-forty-characters-0123456789"
PATH = "/updates/here"
JSON = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": SECRET}


@dataclass
class Taker:
    """Takes updates in and lets the test say when each is answered."""

    updates: list[Any] = field(default_factory=list)
    done: list[Callable[[], None]] = field(default_factory=list)
    lost: list[Callable[[float], None] | None] = field(default_factory=list)
    late: list[bool] = field(default_factory=list)
    called: list[str] = field(default_factory=list)
    at_once: bool = True
    press: str = ""

    def __call__(
        self,
        update: object,
        done: Callable[[], None],
        lost: Callable[[float], None] | None = None,
        answering: Callable[[str], None] | None = None,
        *,
        within: float = inf,  # noqa: ARG002
        late: bool = False,
    ) -> bool:
        self.updates.append(update)
        self.done.append(done)
        self.lost.append(lost)
        self.late.append(late)
        if self.press and answering:
            answering(self.press)
        if self.at_once:
            done()
        return True


@dataclass
class Posting:
    """Delivers as Telegram does."""

    session: aiohttp.ClientSession
    url: str

    async def __call__(self, body: object, headers: dict[str, str] | None = None) -> tuple[int, str]:
        data = io.BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
        async with self.session.post(self.url, data=data, headers=JSON if headers is None else headers) as response:
            return response.status, await response.text()


@asynccontextmanager
async def served(app: ASGIApp) -> AsyncIterator[str]:
    """The application on a real port; its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, loop="asyncio", http="h11", ws="none", lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server._serve([listening]))  # `serve` would take the test runner's signals
    try:
        while not server.started:  # noqa: ASYNC110 (nothing rings when it has)
            await asyncio.sleep(0.005)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


@pytest.fixture
def taker() -> Taker:
    return Taker()


@pytest.fixture
def hook(taker: Taker) -> Webhook:
    return Webhook(taker, taker.called.append, SECRET, hold=0.3)


@pytest.fixture
async def post(hook: Webhook) -> AsyncIterator[Posting]:
    async with served(hook.beside(Starlette(), [PATH])) as url, aiohttp.ClientSession() as session:
        yield Posting(session, url + PATH)


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET[:-1], SECRET + "0", SECRET.upper()])
async def test_a_wrong_or_missing_secret_is_refused_and_the_body_is_never_looked_at(
    post: Posting, taker: Taker, hook: Webhook, secret: str | None
) -> None:
    headers = {"Content-Type": "application/json"}
    if secret is not None:
        headers["X-Telegram-Bot-Api-Secret-Token"] = secret
    assert await post({"update_id": 1}, headers) == (403, "")
    assert taker.updates == []
    assert hook.last_delivery is None


async def test_without_the_secret_not_a_byte_of_the_body_is_received(hook: Webhook) -> None:
    async def receive() -> Message:
        raise AssertionError("somebody asked for the body")

    said: list[Message] = []

    async def send(message: Message) -> None:
        said.append(message)

    headers = [(b"content-type", b"application/json"), (b"x-telegram-bot-api-secret-token", b"wrong")]
    scope = {"type": "http", "method": "POST", "path": PATH, "headers": headers}
    await hook.beside(Starlette(), [PATH])(scope, receive, send)
    assert said[0]["status"] == 403


async def test_the_secret_is_compared_in_constant_time(post: Posting, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[bytes, bytes]] = []

    def compare(one: bytes, other: bytes) -> bool:
        compared.append((one, other))
        return False

    monkeypatch.setattr(hmac, "compare_digest", compare)
    assert (await post({"update_id": 1}))[0] == 403
    assert compared == [(SECRET.encode(), SECRET.encode())]


async def test_only_posts_of_json_within_telegrams_size_are_read(post: Posting, taker: Taker) -> None:
    async with post.session.get(post.url, headers=JSON) as response:
        assert response.status == 405
    assert (await post(b"{}", {**JSON, "Content-Type": "text/plain"}))[0] == 415
    assert (await post(b" " * (LARGEST_BODY + 1)))[0] == 413
    assert taker.updates == []
    assert (await post({"update_id": 1}, {**JSON, "Content-Type": "application/json; charset=utf-8"}))[0] == 200
    assert taker.updates == [{"update_id": 1}]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"null", b"[]", b"7", b'{"update_id": "x"}', b"[" * 100_000])
async def test_what_makes_no_sense_is_taken_off_telegrams_hands(post: Posting, hook: Webhook, body: bytes) -> None:
    assert await post(body) == (200, "")
    assert hook.unreadable == 1


async def test_what_breaks_while_it_is_taken_in_is_taken_off_telegrams_hands_too(
    hook: Webhook, post: Posting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> bool:
        raise KeyError("canary")

    monkeypatch.setattr(hook, "_take", breaks)
    assert (await post({"update_id": 1}))[0] == 200


async def test_a_delivery_is_accepted_only_when_the_answer_is_out(post: Posting, taker: Taker) -> None:
    taker.at_once = False
    delivery = asyncio.create_task(post({"update_id": 1}))
    assert await soon(lambda: taker.done)
    await asyncio.sleep(0.1)
    assert not delivery.done()
    taker.done[0]()
    assert await delivery == (200, "")


async def test_a_slow_answer_makes_telegram_deliver_again_and_find_the_same_turn(post: Posting, taker: Taker) -> None:
    taker.at_once = False
    assert (await post({"update_id": 1}))[0] == 503
    again = asyncio.create_task(post({"update_id": 1}))
    await asyncio.sleep(0.1)
    taker.done[0]()
    assert (await again)[0] == 200
    assert len(taker.updates) == 1


async def test_an_answer_that_could_not_be_sent_is_delivered_and_tried_again(post: Posting, taker: Taker) -> None:
    taker.at_once = False
    delivery = asyncio.create_task(post({"update_id": 1}))
    assert await soon(lambda: taker.lost)
    assert taker.lost[0] is not None
    taker.lost[0](1.0)
    assert (await delivery)[0] == 503
    taker.at_once = True
    assert (await post({"update_id": 1}))[0] == 200
    assert len(taker.updates) == 2


def _more(than: Sized, before: int) -> bool:
    return len(than) > before


async def test_how_long_telegram_makes_us_wait_is_how_long_it_is_asked_to_wait(post: Posting, taker: Taker) -> None:
    taker.at_once = False
    for number, (asked, told) in enumerate([(2.2, "3"), (900.0, "60")]):
        delivery = asyncio.create_task(post.session.post(post.url, data=b'{"update_id": %d}' % number, headers=JSON))
        assert await soon(partial(_more, taker.lost, number))
        lost = taker.lost[-1]
        assert lost is not None
        lost(asked)
        async with await delivery as response:
            assert (response.status, response.headers["Retry-After"]) == (503, told)


async def test_a_press_that_telegram_is_about_to_drop_is_kept(taker: Taker) -> None:
    """It is given back again and again, and once more just before Telegram would drop it."""
    taker.at_once = False
    hook = Webhook(taker, taker.called.append, SECRET, hold=0.05, late=0.4)
    async with served(hook.beside(Starlette(), [PATH])) as url, aiohttp.ClientSession() as session:
        post = Posting(session, url + PATH)
        for _ in range(2):
            delivery = asyncio.create_task(post({"update_id": 1}))
            before = len(taker.lost)
            assert await soon(partial(_more, taker.lost, before))
            lost = taker.lost[-1]
            assert lost is not None
            lost(1.0)
            assert (await delivery)[0] == 503
        await asyncio.sleep(0.4)
        assert (await post({"update_id": 1}))[0] == 503
        assert taker.late == [False, False, True]
        assert (await post({"update_id": 1}))[0] == 503, "it is in work, however long that takes"
        assert len(taker.late) == 3
        taker.done[-1]()
        assert (await post({"update_id": 1}))[0] == 200


async def test_while_content_may_be_arriving_telegram_is_asked_to_wait(taker: Taker) -> None:
    waiting = [True]
    hook = Webhook(taker, taker.called.append, SECRET, waits=lambda: waiting[0])
    async with served(hook.beside(Starlette(), [PATH])) as url, aiohttp.ClientSession() as session:
        post = Posting(session, url + PATH)
        assert (await post({"update_id": 1}))[0] == 503
        assert taker.updates == []
        waiting[0] = False
        assert (await post({"update_id": 1}))[0] == 200


async def test_every_answer_carries_its_exact_headers(taker: Taker) -> None:
    full = security_headers()
    hook = Webhook(taker, taker.called.append, SECRET, hold=0.05, headers=full)
    always = {"date", "server", "content-length", "connection"}
    async with served(hook.beside(Starlette(), [PATH])) as url, aiohttp.ClientSession() as session:

        async def headers(method: str, given: dict[str, str], body: bytes) -> tuple[int, dict[str, str]]:
            async with session.request(method, url + PATH, data=io.BytesIO(body), headers=given) as response:
                found = {name.lower(): value for name, value in response.headers.items()}
                return response.status, {name: value for name, value in found.items() if name not in always}

        kept = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
        for method in ("GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"):
            assert await headers(method, JSON, b"") == (405, {**full, "allow": "POST"})
        assert await headers("POST", {}, b"{}") == (403, {**full})
        assert await headers("POST", {**JSON, "Content-Type": "text/plain"}, b"{}") == (415, full)
        assert await headers("POST", JSON, b" " * (LARGEST_BODY + 1)) == (413, full)
        assert await headers("POST", JSON, b"nonsense") == (200, kept)
        assert await headers("POST", JSON, b'{"update_id": 1}') == (200, kept)
        taker.press = "4711"
        assert await headers("POST", JSON, b'{"update_id": 2}') == (200, {**kept, "content-type": "application/json"})
        taker.at_once = False
        assert await headers("POST", JSON, b'{"update_id": 3}') == (503, {**kept, "retry-after": "1"})
        hook.stop()
        assert await headers("POST", JSON, b'{"update_id": 4}') == (503, {**kept, "retry-after": "1"})


async def test_an_update_delivered_twice_is_answered_once(post: Posting, taker: Taker) -> None:
    for _ in range(3):
        assert (await post({"update_id": 7}))[0] == 200
    assert len(taker.updates) == 1


async def test_updates_out_of_order_are_all_taken(post: Posting, taker: Taker) -> None:
    for number in (9, 3, 5):
        assert (await post({"update_id": number}))[0] == 200
    assert [update["update_id"] for update in taker.updates] == [9, 3, 5]


async def test_while_it_stops_telegram_is_asked_to_wait(post: Posting, hook: Webhook, taker: Taker) -> None:
    taker.at_once = False
    in_work = asyncio.create_task(post({"update_id": 1}))
    assert await soon(lambda: taker.done)
    hook.stop()
    async with post.session.post(post.url, data=b"{}", headers=JSON) as response:
        assert response.status == 503
        assert response.headers["Retry-After"] == "1"
    hook.give_up()
    assert (await in_work)[0] == 503


async def test_when_too_much_is_in_work_telegram_is_asked_to_wait(
    post: Posting, taker: Taker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_IN_WORK", 1)
    taker.at_once = False
    first = asyncio.create_task(post({"update_id": 1}))
    assert await soon(lambda: taker.done)
    assert (await post({"update_id": 2}))[0] == 503
    taker.done[0]()
    assert (await first)[0] == 200


async def test_the_answer_to_a_press_rides_in_the_response(post: Posting, taker: Taker) -> None:
    taker.press = "4711"
    status, body = await post({"update_id": 1})
    assert status == 200
    assert json.loads(body) == {"method": "answerCallbackQuery", "callback_query_id": "4711"}
    assert taker.called == []


async def test_a_press_delivered_again_since_the_response_was_lost_stops_its_progress_ring(post: Posting) -> None:
    press = {"update_id": 1, "callback_query": {"id": "4711", "from": {"id": 5}, "data": "x"}}
    await post(press)
    status, body = await post(press)
    assert status == 200
    assert json.loads(body) == {"method": "answerCallbackQuery", "callback_query_id": "4711"}


async def test_a_page_that_takes_long_does_not_hold_the_answer_to_the_press_up(post: Posting, taker: Taker) -> None:
    taker.press, taker.at_once = "4711", False
    delivery = asyncio.create_task(post({"update_id": 1}))
    assert await soon(lambda: taker.called == ["4711"])
    taker.done[0]()
    assert await delivery == (200, "")


def test_the_secret_made_from_the_token_is_the_same_everywhere_and_does_not_show_the_token() -> None:
    token = "123456789:AAF-canary_canary_canary_canary_cana"
    secret = secret_from(token)
    assert secret == secret_from(token)
    assert len(secret) == 64
    assert secret != secret_from(token + "x")
    assert token not in secret
    assert path_from(token, secret) != path_from(token, "another")
    assert secret not in path_from(token, secret)


# --- with the channel behind it


@asynccontextmanager
async def running(telegram: StandIn, engine: Engine) -> AsyncIterator[TelegramService]:
    """The channel by webhook against the stand-in."""
    listening = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/base"
    listening.close()
    settings = Settings(
        telegram_bot_token=telegram.token, telegram_api_base_url=telegram.url, telegram_webhook_url=address
    )
    service = TelegramService(lambda: engine, settings)
    stop = asyncio.Event()
    app = service.beside(Starlette())
    port = int(address.split(":")[2].split("/")[0])
    config = uvicorn.Config(app, port=port, loop="asyncio", http="h11", ws="none", lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server._serve())
    task = asyncio.create_task(service.run(stop))
    try:
        assert await telegram.reaches(lambda: bool(telegram.updates.webhook.url))
        yield service
    finally:
        stop.set()
        await asyncio.gather(task, return_exceptions=True)
        server.should_exit = True
        await serving


async def test_people_are_answered_by_webhook(telegram: StandIn, engine: Engine) -> None:
    person = telegram.person()
    async with running(telegram, engine) as service:
        await person.types("/start")
        menu = await person.sees()
        await person.presses("Get help now")
        assert "Ring 999" in (await person.sees()).text
        await telegram.settles()
        assert [message.message_id for message in person.answers] == [menu.message_id]
        assert telegram.updates.webhook.secret
        assert telegram.updates.webhook.max_connections == 100
        assert service.health().ready
    telegram.assert_clean()
    telegram.assert_private()


async def test_a_press_delivered_twice_shows_the_same_page(telegram: StandIn, engine: Engine) -> None:
    person = telegram.person()
    async with running(telegram, engine):
        await person.types("/start")
        await person.sees()
        press = await person.presses("Get help now")
        shown = await person.sees()
        await telegram.settles()
        assert press.update is not None
        telegram.updates.repeat(press.update.update_id)
        await telegram.settles()
        assert [message.text for message in person.answers][-1] == shown.text
    telegram.assert_clean(allow=["query is too old"])


async def test_what_is_given_back_to_telegram_is_not_sent_any_more_from_here(
    telegram: StandIn, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process may have answered it meanwhile, and the person be a page further: an older one must not come."""
    person = telegram.person()
    async with running(telegram, engine) as service:
        await person.types("/start")
        await person.sees()
        hook = service._webhook
        assert hook is not None
        monkeypatch.setattr(hook, "_hold", 0.5)
        telegram.faults.fails("editMessageText", 502, calls=None, seconds=60)
        # As if another process had the update from then on:
        monkeypatch.setattr(hook, "_waits", lambda: bool(hook._given_back))
        await person.presses("Get help now")
        assert await soon(lambda: hook._given_back)
        telegram.faults.clear()
        edits = len(telegram.calls("editMessageText"))
        await asyncio.sleep(1.5)  # longer than the pause before the next attempt
        assert len(telegram.calls("editMessageText")) == edits
        monkeypatch.setattr(hook, "_waits", lambda: False)
        assert "Ring 999" in (await person.sees(within=10)).text


async def test_a_press_is_given_back_in_time_though_a_call_hangs(telegram: StandIn, engine: Engine) -> None:
    person = telegram.person()
    async with running(telegram, engine) as service:
        await person.types("/start")
        await person.sees()
        hook = service._webhook
        assert hook is not None
        hook._hold = 0.3
        telegram.faults.slows("editMessageText", 6.0, calls=1)
        await person.presses("Get help now")
        assert await soon(lambda: hook._given_back, within=3)
        assert "Ring 999" in (await person.sees(within=10)).text


async def test_a_press_that_is_late_is_answered_by_a_new_message(telegram: StandIn, engine: Engine) -> None:
    person = telegram.person()
    async with running(telegram, engine) as service:
        await person.types("/start")
        menu = await person.sees()
        hook = service._webhook
        assert hook is not None
        hook._hold, hook._late = 0.5, 0.0
        telegram.faults.fails("editMessageText", 502, calls=None, seconds=60)
        await person.presses("Get help now")
        assert await telegram.reaches(lambda: len(person.answers) == 2, within=30)
        assert next(seen for seen in person.answers if seen.message_id == menu.message_id).html == menu.html
        assert "Ring 999" in person.answers[-1].text


async def test_a_webhook_that_a_poller_took_away_is_set_again(telegram: StandIn, engine: Engine) -> None:
    person = telegram.person()
    async with running(telegram, engine) as service:
        assert service._registration is not None
        telegram.updates.webhook.url = ""
        await service._registration._look()
        assert telegram.updates.webhook.url.endswith(service._paths[1])
        await person.types("/start")
        await person.sees()


async def test_a_webhook_of_another_program_is_left_alone_and_named(
    telegram: StandIn, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(telegram, engine) as service:
        assert service._registration is not None
        telegram.updates.webhook.url = "https://another.example.org/hook"
        await service._registration._look()
        assert telegram.updates.webhook.url == "https://another.example.org/hook"
        assert service.health().webhook == "elsewhere"
        assert not service.health().ready
    assert "Another program has set its own webhook" in caplog.text
    assert "another.example.org" not in caplog.text
