"""Whatever takes the short way to the webhook is what the general parser would have read, and is answered the same."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import h11
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.operations.http_server import HttpServer
from bot.operations.listening import listen
from bot.operations.ordinary_request import ordinary_request

PATH = "/updates/here"
LINE = b"POST /updates/here HTTP/1.1"
BODY = b'{"update_id": 1}'
ORDINARY = LINE + b"\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n" + BODY

FIELDS = [
    b"Host: x",
    b"host:y",
    b"Content-Length: 16",
    b"content-length:16",
    b"Content-Length: +16",
    b"Content-Length: 0016",
    b"Content-Length: 17",
    b"Content-Length : 16",
    b"Content-Length: 16, 16",
    b"Transfer-Encoding: chunked",
    b"Connection: keep-alive",
    b"Connection: close",
    b"Connection: upgrade, close",
    b"Upgrade: websocket",
    b"Expect: 100-continue",
    b"X-Telegram-Bot-Api-Secret-Token: abc ",
    b" folded",
    b"\tfolded",
    b"No colon",
    b"X: \xc3\xa4",
    b"X: a\x00b",
    b"X: a\nY: b",
    b"X: a\rb",
    b": nameless",
    b"Empty:",
    b"",
]
LINES = st.lists(st.sampled_from(FIELDS), max_size=6)
ENDS = st.sampled_from([b"\r\n", b"\r\n", b"\r\n", b"\n", b"\r"])
USUAL = st.just([b"Host: x", b"Content-Length: 16"])


@st.composite
def requests(draw: st.DrawFn) -> bytes:
    """Requests as they come, and as whoever means harm would write them."""
    lines = draw(st.permutations([*draw(USUAL | LINES), *draw(LINES)]))
    head = b"".join(line + draw(ENDS) for line in lines)
    return LINE + b"\r\n" + head + b"\r\n" + draw(st.sampled_from([BODY, BODY, b"", BODY[:-1], BODY * 2, ORDINARY]))


@given(requests() | st.binary().map(lambda rest: LINE + b"\r\n" + rest))
def test_what_is_taken_for_ordinary_is_read_as_the_general_parser_reads_it(data: bytes) -> None:
    taken = ordinary_request(data, LINE, 1 << 14)
    if taken is None:
        return
    parser = h11.Connection(h11.SERVER)
    parser.receive_data(data)
    events: list[object] = []
    while not events or not isinstance(events[-1], h11.EndOfMessage):
        event = parser.next_event()
        assert event is not h11.NEED_DATA
        assert event is not h11.PAUSED
        events.append(event)
    head = events[0]
    assert isinstance(head, h11.Request)
    assert list(head.headers) == taken.headers
    assert b"".join(bytes(event.data) for event in events if isinstance(event, h11.Data)) == taken.body
    assert parser.trailing_data[0] == b""
    assert parser.their_state is h11.DONE, "the connection goes on, as with the general parser"
    assert not parser.they_are_waiting_for_100_continue


def test_what_telegram_and_proxies_send_is_ordinary() -> None:
    taken = ordinary_request(ORDINARY, LINE, 1 << 14)

    assert taken is not None
    assert taken.headers == [(b"host", b"x"), (b"content-type", b"application/json"), (b"content-length", b"16")]
    assert taken.body == BODY
    assert ordinary_request(ORDINARY, LINE, 20) is None, "a head longer than allowed is refused by the general parser"


@asynccontextmanager
async def serving(app: ASGIApp, *, directly: bool) -> AsyncIterator[tuple[HttpServer, asyncio.Event]]:
    stop = asyncio.Event()
    posted = {PATH: app} if directly else {}
    server = HttpServer(app, listen("127.0.0.1", 0), b"card", {"x-card": "1"}, posted=posted)
    serves = asyncio.create_task(server.serve(stop))
    await server.started()
    try:
        yield server, stop
    finally:
        stop.set()
        await serves


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Tells which way a request came, and its body."""
    body = b""
    while True:
        message = await receive()
        body += message["body"]
        if not message["more_body"]:
            break
    told = json.dumps(
        [scope["method"], scope["path"], sorted(name.decode() for name, _ in scope["headers"]), len(body)]
    ).encode()
    status = 503 if b'"later"' in body else 200
    headers = [(b"content-length", b"%d" % len(told)), (b"x-way", b"long" if "client" in scope else b"short")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": told})


async def exchanged(server: HttpServer, *pieces: bytes) -> bytes:
    """All that comes back, after a last request that lets the server close."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(server.address.rpartition(":")[2]))
    for piece in (*pieces, b"GET /end HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"):
        writer.write(piece)
        await asyncio.sleep(0.02)
    async with asyncio.timeout(5):
        answer = await reader.read()
    writer.close()
    return re.sub(rb"date: [^\r]*", b"date: now", answer)


LATER = ORDINARY.replace(b'"update_id": 1', b'"later": 12345')
VARIANTS: dict[str, list[bytes]] = {
    "ordinary": [ORDINARY],
    "to be delivered again": [LATER],
    "three on one connection": [ORDINARY, ORDINARY, LATER],
    "two before the first is answered": [ORDINARY + ORDINARY],
    "cut in the head": [ORDINARY[:30], ORDINARY[30:]],
    "cut before the body": [ORDINARY[: -len(BODY)], BODY],
    "cut in the body, then an ordinary one": [ORDINARY[:-3], ORDINARY[-3:], ORDINARY],
    "in chunks": [
        LINE + b"\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n" + BODY + b"\r\n0\r\n\r\n",
        ORDINARY,
    ],
    "with a body that waits to be asked for": [ORDINARY.replace(b"Host", b"Expect: 100-continue\r\nHost")],
    "the last one": [ORDINARY.replace(b"Host", b"Connection: close\r\nHost")],
    "without a host": [ORDINARY.replace(b"Host", b"Guest")],
    "with two lengths": [ORDINARY.replace(b"Host", b"Content-Length: 3\r\nHost")],
    "to another address": [ORDINARY.replace(b"here", b"there"), ORDINARY],
    "by another method": [ORDINARY.replace(b"POST", b"PUT"), ORDINARY],
}


@pytest.mark.parametrize("variant", VARIANTS)
async def test_the_short_way_answers_as_the_long_one_does(variant: str) -> None:
    async with serving(echo, directly=True) as (short, _), serving(echo, directly=False) as (long, _):
        one, other = await asyncio.gather(exchanged(short, *VARIANTS[variant]), exchanged(long, *VARIANTS[variant]))

    assert one.replace(b"x-way: short", b"x-way: long") == other
    assert (b"x-way: short" in one) == (ORDINARY in VARIANTS[variant] or LATER in VARIANTS[variant])


class Waiting:
    """Answers when the test says so."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.go_on = asyncio.Event()
        self.ended = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.begun.set()
        await self.go_on.wait()
        await echo(scope, receive, send)
        self.ended = True


async def connected(server: HttpServer) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection("127.0.0.1", int(server.address.rpartition(":")[2]))


async def test_what_comes_before_the_answer_waits_for_it_and_is_answered_after_it() -> None:
    app = Waiting()
    async with serving(app, directly=True) as (server, _):
        reader, writer = await connected(server)
        writer.write(ORDINARY)
        await app.begun.wait()
        for piece in (LATER[:20], LATER[20:], b"GET /end HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"):
            writer.write(piece)
            await asyncio.sleep(0.02)
        app.go_on.set()
        async with asyncio.timeout(5):
            answer = await reader.read()
        writer.close()

    assert re.findall(rb"HTTP/1.1 (\d+)", answer) == [b"200", b"503", b"200"]
    assert re.findall(rb'"(/\S*)"', answer) == [b"/updates/here", b"/updates/here", b"/end"]


async def test_an_answer_in_work_still_goes_out_when_the_server_is_stopped() -> None:
    app = Waiting()
    async with serving(app, directly=True) as (server, stop):
        reader, writer = await connected(server)
        writer.write(ORDINARY)
        await app.begun.wait()
        stop.set()
        await asyncio.sleep(0.2)
        app.go_on.set()
        async with asyncio.timeout(5):
            answer = await reader.read()
        writer.close()

    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"\r\nconnection: close\r\n" in answer


async def test_whoever_is_gone_before_the_answer_takes_nothing_with_them() -> None:
    app = Waiting()
    async with serving(app, directly=True) as (server, _):
        _, writer = await connected(server)
        writer.write(ORDINARY)
        await app.begun.wait()
        writer.transport.abort()
        await asyncio.sleep(0.05)
        app.go_on.set()
        answer = await exchanged(server, ORDINARY)

    assert app.ended
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")


async def fail(scope: Scope, receive: Receive, send: Send) -> None:
    raise ValueError("canary")


async def say_nothing(scope: Scope, receive: Receive, send: Send) -> None: ...


@pytest.mark.parametrize("app", [fail, say_nothing])
async def test_what_fails_ends_the_connection_unanswered_so_that_it_is_delivered_again(
    app: Callable[[Scope, Receive, Send], object], caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(app, directly=True) as (server, _):  # type: ignore[arg-type]
        reader, writer = await connected(server)
        writer.write(ORDINARY)
        async with asyncio.timeout(5):
            assert await reader.read() == b""
        writer.close()

    assert "A delivery could not be answered" in caplog.text
    assert "canary" not in caplog.text
