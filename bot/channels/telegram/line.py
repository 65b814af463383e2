"""The line to the Bot API: HTTP/1.1 to one address, over connections that stay open.

General HTTP clients take as long for a call as the engine takes for a screen. This one can only do what is needed here:
send a small request, take the whole answer, and say for certain whether anything was sent. It follows RFC 9112
(https://www.rfc-editor.org/rfc/rfc9112), and closes any connection on which something comes that it does not expect.
"""

from __future__ import annotations

import asyncio
import base64
import ssl
from collections import deque
from typing import Final, cast
from urllib.parse import SplitResult, unquote, urlsplit

from bot.channels.telegram.answer_reader import AnswerReader, BrokenAnswerError

DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_FIRST_TRY_SECONDS: Final = 0.25
"""How long one of a name's addresses gets before the next is tried beside it (RFC 8305)."""


class NotSentError(ConnectionError):
    """Nothing of the request has left."""


class CutError(ConnectionError):
    """The connection ended, or made no sense, after the request was on its way."""


class Connection(asyncio.Protocol):
    """One connection, with one request on it at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._reader = AnswerReader()
        self._waiting: asyncio.Future[tuple[int, bytes]] | None = None
        self.free_since = 0.0

    @property
    def is_open(self) -> bool:
        """Whether something can be sent, as far as is known."""
        return self._transport is not None and not self._transport.is_closing()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The other side has answered; called again once it speaks TLS."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Some of the answer."""
        waiting = self._waiting
        if waiting is None or waiting.done():  # nothing was asked, or that has had its answer
            self.close()
            return
        try:
            answer = self._reader.feed(data)
        except BrokenAnswerError:
            self._fail()
            self.close()
            return
        if answer is not None:
            self._end(answer)

    def eof_received(self) -> None:
        """The other side sends no more."""
        answer = self._reader.end()
        if answer is not None:
            self._end(answer)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 (asyncio's own)
        """It is gone."""
        self._transport = None
        self._fail()

    def close(self) -> None:
        """Use it no more."""
        if self._transport is not None:
            self._transport.abort()

    async def ask(self, request: bytes, *, tunnel: bool = False) -> tuple[int, bytes]:
        """Send a whole request and wait for the whole answer: status and body. Raises `NotSentError` and `CutError`.

        ``tunnel``: to a proxy, whose answer has no body where it agrees.
        """
        if self._transport is None or not self.is_open:
            raise NotSentError
        self._waiting = asyncio.get_running_loop().create_future()
        self._reader.begin(tunnel=tunnel)
        self._transport.write(request)
        try:
            return await self._waiting
        finally:
            if not self._waiting.done() or self._waiting.cancelled():
                self.close()  # the answer may still come, and would be taken for that to the next request
            self._waiting = None

    async def speak_tls(self, context: ssl.SSLContext, host: str) -> None:
        """From here on with TLS, through a tunnel. Raises OSError."""
        if self._transport is None:
            raise NotSentError
        transport = await asyncio.get_running_loop().start_tls(self._transport, self, context, server_hostname=host)
        if transport is None:
            raise NotSentError
        self.connection_made(transport)

    def _end(self, answer: tuple[int, bytes]) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(answer)
        if not self._reader.stays_open:
            self.close()

    def _fail(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(CutError())


class Line:
    """Connections to the host of ``address``, ``most`` at once; through ``proxy`` if there is one.

    A free connection is used again for ``keep_seconds``. Raises ValueError for addresses that are none.
    """

    def __init__(self, address: str, *, proxy: str | None, most: int, keep_seconds: float) -> None:
        self._there = urlsplit(address)
        self._proxy = urlsplit(proxy) if proxy else None
        for parts in (self._there, self._proxy):
            if parts is not None and (not parts.hostname or parts.scheme not in DEFAULT_PORTS):
                raise ValueError("an address needs a scheme and a host")
        self._secure = self._there.scheme == "https"
        self._keep_seconds = keep_seconds
        self._free: deque[Connection] = deque()
        self._open = asyncio.Semaphore(most)
        self._context: ssl.SSLContext | None = None
        self._heads: dict[tuple[str, str], bytes] = {}

    async def ask(self, method: str, url: str, body: bytes | None, connect_seconds: float) -> tuple[int, bytes]:
        """One call: HTTP status and body. Raises `NotSentError` and `CutError`."""
        request = b"%b%d\r\n\r\n%b" % (self._head(method, url), len(body or b""), body or b"")
        connection = await self._begin(connect_seconds)
        try:
            return await connection.ask(request)
        finally:
            self._end(connection)

    def close(self) -> None:
        """Close what is free; what is in use closes with its call."""
        while self._free:
            self._free.pop().close()

    async def _begin(self, seconds: float) -> Connection:
        """A connection that nobody else uses until `_end`. Raises `NotSentError` if there is none in time."""
        if not self._open.locked():
            connection = self._taken()
            if connection is not None:
                await self._open.acquire()
                return connection
        try:
            async with asyncio.timeout(seconds):
                await self._open.acquire()
                try:
                    return self._taken() or await self._connected()
                except BaseException:
                    self._open.release()
                    raise
        except TimeoutError:
            raise NotSentError from None

    def _end(self, connection: Connection) -> None:
        self._open.release()
        if connection.is_open:
            connection.free_since = asyncio.get_running_loop().time()
            self._free.append(connection)

    def _taken(self) -> Connection | None:
        """The connection that was used last, since it is the likeliest to be still open."""
        oldest = asyncio.get_running_loop().time() - self._keep_seconds
        while self._free and (self._free[0].free_since < oldest or not self._free[0].is_open):
            self._free.popleft().close()
        while self._free:
            connection = self._free.pop()
            if connection.is_open:
                return connection
        return None

    async def _connected(self) -> Connection:
        first = self._proxy or self._there
        tls = self._tls() if first.scheme == "https" else None
        connection: Connection | None = None
        try:
            _, connection = await asyncio.get_running_loop().create_connection(
                Connection, str(first.hostname), _port(first), ssl=tls, happy_eyeballs_delay=_FIRST_TRY_SECONDS
            )
            if self._proxy is not None and self._secure:
                await self._tunnel(connection, self._proxy)
        except BaseException as error:
            if connection is not None:
                connection.close()
            if isinstance(error, OSError | ValueError):  # whatever went wrong, the request is still here
                raise NotSentError from None
            raise
        return connection

    async def _tunnel(self, connection: Connection, proxy: SplitResult) -> None:
        target = f"{self._there.hostname}:{_port(self._there)}"
        head = f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n{_credentials(proxy)}\r\n"
        status, _ = await connection.ask(head.encode("ascii"), tunnel=True)
        if not 200 <= status < 300:
            raise NotSentError
        await connection.speak_tls(self._tls(), str(self._there.hostname))

    def _tls(self) -> ssl.SSLContext:
        if self._context is None:
            self._context = ssl.create_default_context()
        return self._context

    def _head(self, method: str, url: str) -> bytes:
        """The request up to its length, made once for each of the few methods there are."""
        head = self._heads.get((method, url))
        if head is None:
            parts = urlsplit(url)
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            plain_proxy = self._proxy if self._proxy is not None and not self._secure else None
            target = url if plain_proxy else path
            credentials = _credentials(plain_proxy) if plain_proxy else ""
            text = (
                f"{method} {target} HTTP/1.1\r\nHost: {self._there.netloc.rpartition('@')[2]}\r\n{credentials}"
                "Content-Type: application/json\r\nContent-Length: "
            )
            if any(character in f"{method}{target}" for character in " \r\n"):
                raise ValueError("an address holds no spaces or line ends")
            head = self._heads[method, url] = text.encode("ascii")
        return head


def _port(parts: SplitResult) -> int:
    return parts.port or DEFAULT_PORTS[parts.scheme]


def _credentials(proxy: SplitResult) -> str:
    if not proxy.username:
        return ""
    pair = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}".encode()
    return f"Proxy-Authorization: Basic {base64.b64encode(pair).decode()}\r\n"
