"""The real server at a real port: slow, broken and countless connections, and an end when asked."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest

from bot.channels.web.headers import security_headers
from bot.dialogue.engine import Engine
from bot.operations import http_connection, http_server
from bot.operations.http_connection import Connection, Timing
from bot.operations.http_server import HttpServer
from bot.operations.listening import PortTakenError, listen
from tests.web_server import make_application, serving

HALF_BODY = (
    b"POST /chat HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 99\r\n\r\n"
    b"words=canary"
)
PRESS = (
    b"POST /chat HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 6\r\n"
    b"connection: close\r\n\r\npress="
)
WHOLE = b"GET /chat HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"


@pytest.fixture
async def quick(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[str]:
    """A server that waits half a second where the real one waits ten seconds."""
    timing = Timing(head_seconds=0.5, body_seconds=1.0, idle_seconds=2, connections=50)
    monkeypatch.setattr(http_server, "Timing", lambda: timing)
    monkeypatch.setattr(http_connection, "_LAST_WORDS_SECONDS", 0.05)
    async with serving(make_application(engine)) as address:
        yield address


async def connect(address: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    parts = urlsplit(address)
    assert parts.port is not None
    return await asyncio.open_connection(parts.hostname, parts.port)


async def exchange(address: str, sent: bytes) -> bytes:
    """All that comes back until the server closes."""
    reader, writer = await connect(address)
    writer.write(sent)
    try:
        async with asyncio.timeout(5):
            return await reader.read()
    finally:
        writer.close()


def assert_card(answer: bytes, status: int) -> None:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert b'href="tel:999"' in body
    for name, value in security_headers().items():
        assert f"\r\n{name}: {value}\r\n".encode() in head + b"\r\n"
    assert b"canary" not in answer
    assert b"Traceback" not in answer


@pytest.mark.parametrize(
    "sent",
    [
        b"canary\r\n\r\n",
        b"GET /chat HTTP/1.1\r\n\r\n",
        b"GET /chat HTTP/1.1\r\nhost: x\r\nhost: canary\r\n\r\n",
        b"GET /chat HTTP/1.1\r\nhost: x\r\nbad name: canary\r\n\r\n",
        b"GET /chat HTTP/1.1\r\nhost: x\r\nx: " + b"canary" * 100_000 + b"\r\n\r\n",
        b"POST /chat HTTP/1.1\r\nhost: x\r\ncontent-length: canary\r\n\r\n",
        b"POST /chat HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\nabcd",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03canary\r\n\r\n",
        b"GET http://\xff/canary HTTP/1.1\r\nhost: x\r\n\r\n",
    ],
)
async def test_what_is_no_request_gets_the_card(quick: str, sent: bytes, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    assert_card(await exchange(quick, sent), 400)
    assert "canary" not in caplog.text
    assert "127.0.0.1" not in caplog.text


@pytest.mark.parametrize(
    "framing",
    [
        b"content-length: 6\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        b"transfer-encoding: chunked\r\ncontent-length: 0\r\n\r\n6\r\npress=\r\n0\r\n\r\n",
        b"transfer-encoding: xchunked\r\n\r\n0\r\n\r\n",
        b"transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        b"transfer-encoding: chunked\r\ntransfer-encoding: identity\r\n\r\n0\r\n\r\n",
        b"transfer-encoding : chunked\r\n\r\n0\r\n\r\n",
        b"transfer-encoding: chunked\r\n\r\n-1\r\n\r\n",
        b"transfer-encoding: chunked\r\n\r\nfffffffffffffffffffffffffffff\r\n\r\n",
        b"content-length: +6\r\n\r\npress=",
        b"content-length: -6\r\n\r\npress=",
        b"content-length: 0x6\r\n\r\npress=",
    ],
)
async def test_a_request_whose_end_can_be_read_in_two_ways_ends_the_connection(quick: str, framing: bytes) -> None:
    """Or a proxy in front that reads it the other way would give the second answer to somebody else."""
    head = b"POST /chat HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\n"
    answer = await exchange(quick, head + framing + WHOLE)
    assert answer.count(b"HTTP/1.1 ") == 1
    assert b"\r\nconnection: close\r\n" in answer.partition(b"<")[0].lower()
    assert_card(answer, 400)


async def test_a_whole_request_is_answered_without_the_name_of_the_server(quick: str) -> None:
    answer = await exchange(quick, WHOLE)
    head = answer.partition(b"\r\n\r\n")[0].lower()
    assert head.startswith(b"http/1.1 200")
    assert b"uvicorn" not in head
    assert b"\r\nserver:" not in head


async def test_a_head_that_stops_half_way_is_answered_with_the_card(quick: str) -> None:
    assert_card(await exchange(quick, b"GET /chat HTTP/1.1\r\nhost: x\r\n"), 408)


async def test_a_body_that_stops_half_way_is_answered_with_the_card(
    quick: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert_card(await exchange(quick, HALF_BODY), 408)
    assert caplog.text == ""


@pytest.mark.parametrize("connection", [b"close", b"keep-alive"])
async def test_whoever_sends_ten_megabytes_gets_to_read_the_answer(
    quick: str, connection: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_connection, "_LAST_WORDS_SECONDS", 1.0)
    head = b"POST /chat HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\nconnection: "
    length = 10_000_000
    assert_card(
        await exchange(quick, head + connection + b"\r\ncontent-length: %d\r\n\r\n" % length + b"x" * length), 413
    )


async def test_somebody_who_connects_and_says_nothing_is_let_go(quick: str) -> None:
    began = time.monotonic()
    assert await exchange(quick, b"") == b""
    assert time.monotonic() - began < 2


async def test_a_client_that_drips_cannot_hold_on_for_ever(quick: str) -> None:
    reader, writer = await connect(quick)
    began = time.monotonic()
    with contextlib.suppress(ConnectionError):
        while not reader.at_eof() and time.monotonic() - began < 5:
            writer.write(b"G")
            await writer.drain()
            await asyncio.sleep(0.03)
    assert time.monotonic() - began < 2
    writer.close()


async def test_requests_one_after_another_on_one_connection_are_all_answered(quick: str) -> None:
    reader, writer = await connect(quick)
    for _ in range(3):
        writer.write(b"GET /card HTTP/1.1\r\nhost: x\r\n\r\n")
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
        await reader.readexactly(int(length.partition(b":")[2]))
        await asyncio.sleep(0.15)
    writer.close()


async def test_people_get_in_while_many_more_connections_than_are_taken_sit_idle(quick: str) -> None:
    idle = [await connect(quick) for _ in range(200)]
    began = time.monotonic()
    answer = await exchange(quick, WHOLE)
    assert answer.startswith(b"HTTP/1.1 200")
    assert time.monotonic() - began < 0.5
    for _, writer in idle:
        writer.close()


async def test_no_more_connections_are_kept_than_are_taken_and_the_oldest_go_first(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_server, "Timing", lambda: Timing(head_seconds=60.0, connections=20))
    async with serving(make_application(engine)) as address:
        idle = [await connect(address) for _ in range(50)]
        async with asyncio.timeout(5):
            await asyncio.wait({asyncio.create_task(closed(reader)) for reader, _ in idle[:30]})
        await asyncio.sleep(0.1)
        assert not any(reader.at_eof() or reader.exception() for reader, _ in idle[30:])
        for _, writer in idle:
            writer.close()


async def closed(reader: asyncio.StreamReader) -> None:
    """Wait until the server lets go of a connection."""
    with contextlib.suppress(ConnectionError):
        await reader.read()


async def test_five_hundred_half_open_connections_hold_up_nobody_and_are_closed(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the real bound on connections, and two seconds for a head where the real one has ten."""
    monkeypatch.setattr(http_server, "Timing", lambda: Timing(head_seconds=2.0))
    async with serving(make_application(engine)) as address:
        halves = [await connect(address) for _ in range(500)]
        for _, writer in halves:
            writer.write(b"POST /chat HTTP/1.1\r\nhost: x\r\nx-half:")
        began = time.monotonic()
        assert (await exchange(address, WHOLE)).startswith(b"HTTP/1.1 200")
        assert time.monotonic() - began < 1, "the promise is half a second; a busy machine gets twice that"
        async with asyncio.timeout(8):
            answers = await asyncio.gather(*(reader.read() for reader, _ in halves))
        assert all(answer.startswith(b"HTTP/1.1 408") for answer in answers)
        for _, writer in halves:
            writer.close()


async def test_six_hundred_bodies_that_do_not_come_hold_up_nobody_who_presses(engine: Engine) -> None:
    async with serving(make_application(engine)) as address:
        halves = [await connect(address) for _ in range(600)]
        try:
            for _, writer in halves:
                writer.write(HALF_BODY)
            began = time.monotonic()
            assert (await exchange(address, PRESS)).startswith(b"HTTP/1.1 200")
            assert time.monotonic() - began < Timing().body_seconds / 2, "long before anybody is given up"
        finally:
            for _, writer in halves:
                writer.close()


async def test_it_stops_within_five_seconds_though_somebody_is_connected(engine: Engine) -> None:
    server = HttpServer(make_application(engine), listen("127.0.0.1", 0), b"card", {})
    stop = asyncio.Event()
    running = asyncio.create_task(server.serve(stop))
    await server.started()
    _, writer = await connect(server.address)
    writer.write(b"POST /chat HTTP/1.1\r\nhost: x\r\ncontent-length: 99\r\n\r\n")
    await writer.drain()
    began = time.monotonic()
    stop.set()
    await running
    assert time.monotonic() - began < 5
    writer.close()


def test_a_port_that_is_taken_is_said_in_one_line() -> None:
    with listen("127.0.0.1", 0) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortTakenError, match=rf"port {port}: .*Stop what uses it, or set PORT") as caught:
            listen("127.0.0.1", port)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("host", "shown"), [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("::1", "[::1]")])
def test_the_address_can_be_opened_as_it_is_shown(host: str, shown: str) -> None:
    server = HttpServer(lambda *_: None, listen(host, 0), b"", {})  # type: ignore[arg-type]
    assert server.address.startswith(f"http://{shown}:")
    server.close()


def test_waiting_times_are_those_that_were_promised() -> None:
    assert Timing().head_seconds <= 10
    assert Timing().body_seconds <= 10
    assert Connection.timing == Timing()
