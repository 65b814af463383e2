"""The line to Telegram: connections are used again, never shared, and whatever breaks is told apart."""

from __future__ import annotations

import asyncio
import base64
import ssl
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.channels.telegram.line import CutError, Line, NotSentError

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def there(talk: Talk, context: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """A server that talks like this; its port."""

    async def met(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(met, "127.0.0.1", 0, ssl=context)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def request(reader: asyncio.StreamReader) -> tuple[str, str, bytes]:
    """One request: its first line, its headers, its body."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    first, _, headers = head.partition("\r\n")
    length = next((int(one[15:]) for one in headers.split("\r\n") if one.lower().startswith("content-length:")), 0)
    return first, headers, await reader.readexactly(length)


def line_to(address: str, *, proxy: str | None = None, most: int = 5, keep: float = 60.0) -> Line:
    return Line(address, proxy=proxy, most=most, keep_seconds=keep)


class Server:
    """Answers every request, and counts connections."""

    def __init__(self) -> None:
        self.connections = 0
        self.requests: list[tuple[str, str, bytes]] = []
        self.pause = 0.0

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        while True:
            self.requests.append(await request(reader))
            await asyncio.sleep(self.pause)
            writer.write(OK)
            await writer.drain()


async def test_a_connection_is_used_again() -> None:
    server = Server()
    async with there(server) as port:
        line = line_to(f"http://127.0.0.1:{port}")
        for body in (b"{}", None, b'{"a": 1}'):
            assert await line.ask("POST", f"http://127.0.0.1:{port}/bot/x?y=1", body, 5) == (200, b"ok")
        line.close()
    assert server.connections == 1
    assert [(first, body) for first, _, body in server.requests] == [
        ("POST /bot/x?y=1 HTTP/1.1", b"{}"),
        ("POST /bot/x?y=1 HTTP/1.1", b""),
        ("POST /bot/x?y=1 HTTP/1.1", b'{"a": 1}'),
    ]
    assert f"Host: 127.0.0.1:{port}\r\n" in server.requests[0][1]


async def test_calls_at_once_never_share_a_connection_and_never_take_more_than_allowed() -> None:
    server = Server()
    server.pause = 0.05
    async with there(server) as port:
        line = line_to(f"http://127.0.0.1:{port}", most=4)
        calls = [line.ask("POST", f"http://127.0.0.1:{port}/{number}", b"", 5) for number in range(12)]
        assert await asyncio.gather(*calls) == [(200, b"ok")] * 12
        line.close()
    assert server.connections == 4
    assert len(server.requests) == 12


async def test_a_connection_that_was_free_for_long_or_that_the_server_closed_is_not_used() -> None:
    server = Server()
    async with there(server) as port:
        line = line_to(f"http://127.0.0.1:{port}", keep=0.05)
        await line.ask("POST", f"http://127.0.0.1:{port}/", b"", 5)
        await asyncio.sleep(0.1)
        await line.ask("POST", f"http://127.0.0.1:{port}/", b"", 5)
        line.close()
    assert server.connections == 2

    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request(reader)
        writer.write(OK)

    async with there(once) as port:
        line = line_to(f"http://127.0.0.1:{port}")
        for _ in range(3):
            assert await line.ask("POST", f"http://127.0.0.1:{port}/", b"", 5) == (200, b"ok")
            await asyncio.sleep(0.05)


async def test_a_call_that_was_given_up_leaves_its_answer_to_nobody() -> None:
    """Otherwise the answer to it would be taken for the answer to the next call."""
    server = Server()
    server.pause = 0.2
    async with there(server) as port:
        line = line_to(f"http://127.0.0.1:{port}")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await line.ask("POST", f"http://127.0.0.1:{port}/given-up", b"", 5)
        server.pause = 0
        assert await line.ask("POST", f"http://127.0.0.1:{port}/next", b"", 5) == (200, b"ok")
        line.close()
    assert server.connections == 2


async def test_what_nobody_asked_for_closes_the_connection() -> None:
    async def talkative(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request(reader)
        writer.write(OK)
        await asyncio.sleep(0.05)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")
        await reader.read()

    async with there(talkative) as port:
        line = line_to(f"http://127.0.0.1:{port}")
        for _ in range(2):
            assert await line.ask("POST", f"http://127.0.0.1:{port}/", b"", 5) == (200, b"ok")
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("cut", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nsome", b"nonsense\r\n\r\n"])
async def test_what_breaks_after_the_request_was_sent_is_a_cut(cut: bytes) -> None:
    async def cutting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request(reader)
        writer.write(cut)

    async with there(cutting) as port:
        with pytest.raises(CutError):
            await line_to(f"http://127.0.0.1:{port}").ask("POST", f"http://127.0.0.1:{port}/", b"", 5)


async def test_while_all_connections_are_in_use_a_call_waits_only_so_long_and_was_not_sent() -> None:
    server = Server()
    server.pause = 1.0
    async with there(server) as port:
        line = line_to(f"http://127.0.0.1:{port}", most=1)
        first = asyncio.create_task(line.ask("POST", f"http://127.0.0.1:{port}/", b"", 5))
        await asyncio.sleep(0.1)
        with pytest.raises(NotSentError):
            await line.ask("POST", f"http://127.0.0.1:{port}/", b"", 0.1)
        assert await first == (200, b"ok")
        line.close()
    assert len(server.requests) == 1


@pytest.mark.parametrize("address", ["", "127.0.0.1", "ftp://127.0.0.1", "http://"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="scheme and a host"):
        line_to(address)


async def test_an_address_cannot_bring_lines_of_its_own() -> None:
    with pytest.raises(ValueError, match="line ends"):
        await line_to("http://127.0.0.1:9").ask("GET", "http://127.0.0.1:9/ HTTP/1.1\x0b x", None, 1)


# --- TLS, and proxies


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of localhost's own, with its key."""
    both = tmp_path_factory.mktemp("tls") / "both.pem"
    made = subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", "-", "-out", "-"),
        ],
        check=True,
        capture_output=True,
    )
    both.write_bytes(made.stdout)
    return both


def trusting(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate))


def speaking(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


async def test_over_tls_the_other_side_must_prove_its_name(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server()
    async with there(server, speaking(certificate)) as port:
        with pytest.raises(NotSentError):
            await line_to(f"https://localhost:{port}").ask("POST", f"https://localhost:{port}/", b"", 5)
        trusted = trusting(certificate)
        monkeypatch.setattr(ssl, "create_default_context", lambda: trusted)
        with pytest.raises(NotSentError):
            await line_to(f"https://127.0.0.1:{port}").ask("POST", f"https://127.0.0.1:{port}/", b"", 5)
        assert server.requests == []
        line = line_to(f"https://localhost:{port}")
        for _ in range(2):
            assert await line.ask("POST", f"https://localhost:{port}/x", b"{}", 5) == (200, b"ok")
        line.close()
        await asyncio.sleep(0.05)
    assert len(server.requests) == 2


class Tunnel:
    """A proxy that connects where it is asked to."""

    def __init__(self, answer: bytes = b"HTTP/1.1 200 Connection established\r\n\r\n") -> None:
        self.answer = answer
        self.asked: list[tuple[str, str]] = []

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first, headers, _ = await request(reader)
        self.asked.append((first, headers))
        writer.write(self.answer)
        if b"200" not in self.answer:
            return
        host, _, port = first.split(" ")[1].partition(":")
        inner = await asyncio.open_connection(host, int(port))
        await asyncio.gather(carry(reader, inner[1]), carry(inner[0], writer))


async def carry(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    try:
        while data := await source.read(65536):
            target.write(data)
    finally:
        target.close()


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_through_a_proxy_tls_reaches_to_the_other_side(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    trusted = trusting(certificate)
    monkeypatch.setattr(ssl, "create_default_context", lambda: trusted)
    server, tunnel = Server(), Tunnel()
    outer = speaking(certificate) if scheme == "https" else None
    async with there(server, speaking(certificate)) as port, there(tunnel, outer) as proxy:
        line = line_to(f"https://localhost:{port}", proxy=f"{scheme}://some%20body:secret@localhost:{proxy}")
        for _ in range(2):
            assert await line.ask("POST", f"https://localhost:{port}/bot1:x/getMe", b"{}", 5) == (200, b"ok")
        line.close()
        await asyncio.sleep(0.05)
    assert [first for first, _ in tunnel.asked] == [f"CONNECT localhost:{port} HTTP/1.1"], (
        "and the address stays inside"
    )
    assert base64.b64encode(b"some body:secret").decode() in tunnel.asked[0][1]
    assert "Proxy-Authorization" not in server.requests[0][1]
    assert len(server.requests) == 2


async def test_a_proxy_that_refuses_means_that_nothing_was_sent() -> None:
    async with there(Tunnel(b"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n")) as proxy:
        line = line_to("https://localhost:9", proxy=f"http://127.0.0.1:{proxy}")
        with pytest.raises(NotSentError):
            await line.ask("POST", "https://localhost:9/", b"", 5)


async def test_to_a_plain_address_a_proxy_is_asked_directly() -> None:
    server = Server()
    async with there(server) as proxy:
        line = line_to("http://telegram.invalid:81", proxy=f"http://127.0.0.1:{proxy}")
        assert await line.ask("POST", "http://telegram.invalid:81/bot", b"", 5) == (200, b"ok")
        line.close()
    assert server.requests[0][0] == "POST http://telegram.invalid:81/bot HTTP/1.1"
    assert "Host: telegram.invalid:81" in server.requests[0][1]
