"""What can go wrong on the way to Telegram, told apart, and told without the address."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
import telegram
from aiohttp import web
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.channels.telegram.calls import Calls
from bot.channels.telegram.request import (
    CutOffError,
    FloodError,
    LineRequest,
    NeverSentError,
    ServerTroubleError,
)

TOKEN = "123456789:canary-token-canary-token-canary-t"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def calls_to(handler: Handler) -> AsyncIterator[Calls]:
    """Calls of a bot whose Telegram is one function."""
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        async with calls_at(f"http://127.0.0.1:{runner.addresses[0][1]}") as calls:
            yield calls
    finally:
        await runner.cleanup()


@asynccontextmanager
async def calls_at(address: str) -> AsyncIterator[Calls]:
    request = LineRequest(address)
    async with request:
        yield Calls(telegram.Bot(TOKEN, f"{address}/bot", request=request, get_updates_request=request))


def answering(status: int, body: str) -> Handler:
    async def handler(_: web.Request) -> web.Response:
        return web.Response(status=status, text=body, content_type="application/json")

    return handler


async def test_a_call_gives_plain_json_and_takes_plain_json() -> None:
    async def handler(request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "result": {"path": request.path, "body": await request.json()}})

    async with calls_to(handler) as calls:
        result = await calls.call("getIt", {"a": 1, "b": {"c": "d"}, "left_out": None})
    assert result == {"path": f"/bot{TOKEN}/getIt", "body": {"a": 1, "b": {"c": "d"}}}


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, '{"ok": false, "description": "Bad Request: x"}', BadRequest),
        (403, '{"ok": false, "description": "Forbidden: x"}', Forbidden),
        (401, '{"ok": false, "description": "Unauthorized"}', InvalidToken),
        (404, "<html>nginx</html>", InvalidToken),
        (429, '{"ok": false, "parameters": {"retry_after": 7}}', FloodError),
        (429, "slow down", RetryAfter),
        (500, "oops", ServerTroubleError),
        (502, '{"ok": false}', ServerTroubleError),
        (302, "{}", NetworkError),
        (200, "<html>captive portal</html>", CutOffError),
        (200, '{"ok": true}', CutOffError),
        (200, "[]", CutOffError),
        (400, '{"parameters": 3}', BadRequest),
    ],
)
async def test_each_answer_is_its_kind_of_error(status: int, body: str, kind: type[TelegramError]) -> None:
    async with calls_to(answering(status, body)) as calls:
        with pytest.raises(kind):
            await calls.call("sendMessage")


async def test_the_wait_that_telegram_asks_for_is_kept() -> None:
    async with calls_to(answering(429, '{"parameters": {"retry_after": 7}}')) as calls:
        with pytest.raises(FloodError) as caught:
            await calls.call("sendMessage")
    assert caught.value.seconds == 7


async def test_nobody_listens() -> None:
    async with calls_at("http://127.0.0.1:9") as calls:
        with pytest.raises(NeverSentError):
            await calls.call("getMe")


async def test_no_answer_in_time() -> None:
    async def handler(_: web.Request) -> web.Response:
        await asyncio.sleep(5)
        return web.Response()

    async with calls_to(handler) as calls:
        with pytest.raises(TimedOut):
            await calls.call("getMe", seconds=0.1)


async def test_a_connection_cut_after_the_call_was_sent() -> None:
    async def handler(request: web.Request) -> web.Response:
        await request.read()
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    async with calls_to(handler) as calls:
        with pytest.raises(CutOffError):
            await calls.call("sendMessage")


async def test_a_redirect_is_not_followed_because_it_would_carry_the_token() -> None:
    seen: list[str] = []

    async def handler(request: web.Request) -> web.Response:
        seen.append(request.path)
        return web.Response(status=302, headers={"Location": "/elsewhere"}, text="{}")

    async with calls_to(handler) as calls:
        with pytest.raises(TelegramError):
            await calls.call("getMe")
    assert len(seen) == 1


async def test_many_calls_are_on_the_wire_at_once() -> None:
    at_once = most = 0

    async def handler(_: web.Request) -> web.Response:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0.2)
        at_once -= 1
        return web.json_response({"ok": True, "result": True})

    async with calls_to(handler) as calls:
        await asyncio.gather(*(calls.call("getUpdates" if number % 2 else "getMe") for number in range(60)))
    assert most >= 50


async def test_neither_the_token_nor_what_was_received_is_in_an_error_or_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    errors = []
    for handler in (answering(500, "canary"), answering(200, "canary"), answering(200, '["canary"]')):
        async with calls_to(handler) as calls:
            with pytest.raises(TelegramError) as caught:
                await calls.call("getUpdates")
            errors.append(caught.value)
    async with calls_at("http://127.0.0.1:9") as calls:
        with pytest.raises(TelegramError) as caught:
            await calls.call("getUpdates")
        errors.append(caught.value)
    shown = [repr(error) + repr(error.__cause__) for error in errors]
    own = [record.getMessage() for record in caplog.records if not record.name.startswith("telegram")]
    assert not [line for line in [*shown, *own] if "canary" in line]


async def test_a_proxy_that_is_no_address_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("http_proxy", "socks5://canary:1080")
    monkeypatch.setenv("no_proxy", "")
    with pytest.raises(ValueError, match="scheme"):
        await LineRequest("http://telegram.invalid").initialize()
    assert "the proxy that the environment names" in caplog.text
    assert "canary" not in caplog.text


@pytest.mark.parametrize("scheme", ["http://", ""])
async def test_the_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    seen: list[str] = []

    async def proxy(request: web.Request) -> web.Response:
        seen.append(str(request.url))
        return web.json_response({"ok": True, "result": True})

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", proxy)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    monkeypatch.setenv("http_proxy", f"{scheme}127.0.0.1:{runner.addresses[0][1]}")
    monkeypatch.setenv("no_proxy", "")
    try:
        async with calls_at("http://telegram.invalid") as calls:
            await calls.call("getMe")
    finally:
        await runner.cleanup()
    assert len(seen) == 1
