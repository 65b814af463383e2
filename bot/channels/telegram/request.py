"""HTTP for the Bot API: aiohttp behind the library's request seam, with errors that never name an address."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter  # the seam takes no other
from yarl import URL

CONNECTIONS: Final = 200
"""At most this many calls on the wire at once; further ones wait. Telegram refuses a thousand."""

KEEP_ALIVE_SECONDS: Final = 60.0
"""How long an idle connection stays open, so that a quiet bot need not shake hands for each person."""

CONNECT_SECONDS: Final = 10.0
CALL_SECONDS: Final = 20.0

_OK: Final = 200
_DONE: Final = (b'{"ok":true', b'{"ok": true')
"""How the answer to a call begins that was carried out."""

_SERVER_TROUBLE: Final = 500
_TOO_MANY: Final = 429
_ONE_DAY: Final = 86_400


class NeverSentError(NetworkError):
    """The call did not reach Telegram: repeating it cannot do anything twice."""

    __slots__ = ()


class CutOffError(NetworkError):
    """The connection broke after the call was on its way: nobody knows whether Telegram carried it out."""

    __slots__ = ()


class ServerTroubleError(NetworkError):
    """Telegram, or something before it, answered with a status of 500 or above."""

    __slots__ = ()


class FloodError(RetryAfter):
    """Too many calls: repeat after ``seconds``. (The library's own class warns whenever it is made.)"""

    __slots__ = ("seconds",)

    def __init__(self, seconds: float) -> None:
        TelegramError.__init__(self, "Too many calls")
        self.seconds = seconds
        self._retry_after = timedelta(seconds=seconds)


class AiohttpRequest(BaseRequest):
    """One pool of connections to ``api_address`` for all calls, polls included.

    Raises the library's typed errors and their kin above: what goes wrong on the way is `NeverSentError`,
    `CutOffError` or ``TimedOut``. Their messages are fixed sentences, because addresses hold the bot's token.
    """

    __slots__ = ("_addresses", "_api_address", "_session")

    def __init__(self, api_address: str) -> None:
        self._api_address = api_address
        self._addresses: dict[str, URL] = {}
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds a call may take in all, unless it says otherwise."""
        return CALL_SECONDS

    async def initialize(self) -> None:
        """Open the pool. Safe to call again."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=KEEP_ALIVE_SECONDS),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"Content-Type": "application/json"},
                skip_auto_headers=("Accept", "Accept-Encoding", "User-Agent"),  # nobody needs them at each call
                # Read once here: the session's own `trust_env` looks for a password file at every single call.
                proxy=_proxy(self._api_address),
            )

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the seam's signature
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the seam's signature
    ) -> tuple[int, bytes]:
        """One call: HTTP status and body. ``read_timeout`` limits the whole of it, in seconds."""
        if self._session is None:
            raise NeverSentError("The connection pool is closed")
        body = None if request_data is None else json.dumps(request_data.parameters).encode()
        timeout = aiohttp.ClientTimeout(
            total=_seconds(read_timeout, CALL_SECONDS), connect=_seconds(connect_timeout, CONNECT_SECONDS)
        )
        try:
            async with self._session.request(
                method,
                self._address(url),
                data=body,
                timeout=timeout,
                allow_redirects=False,  # a redirect would carry the token to somebody else
            ) as response:
                status, payload = response.status, await response.read()
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
            # `from None`: the cause holds the address, and with it the token
            raise _in_our_words(error) from None
        if status >= _SERVER_TROUBLE:
            raise ServerTroubleError(f"Telegram answered with status {status}")
        if status == _TOO_MANY:
            raise FloodError(_retry_after(payload))
        return status, payload

    async def say(self, url: str, parameters: Mapping[str, object], seconds: float | None) -> None:
        """A call whose result nobody reads. Raises what the other calls raise; ``seconds`` limits the whole of it."""
        data = RequestData([RequestParameter(name, value, None) for name, value in parameters.items()])
        status, payload = await self.do_request(url, "POST", data, seconds)
        if status != _OK or not payload.startswith(_DONE):
            await _Answered(status, payload).post(url)

    def _address(self, url: str) -> URL:
        """The address, parsed once for each of the few methods there are."""
        address = self._addresses.get(url)
        if address is None:
            address = self._addresses[url] = URL(url, encoded=True)
        return address

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, object]:
        """The answer as a dictionary. The library's own version writes what it cannot read into the log."""
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            raise CutOffError("Telegram's answer is no JSON") from None
        if not isinstance(answer, dict) or not isinstance(answer.get("parameters", {}), Mapping):
            raise CutOffError("Telegram's answer has an unknown shape")
        return answer


class _Answered(BaseRequest):
    """Lets the library say what an answer means that has come already."""

    __slots__ = ("_answer",)

    def __init__(self, status: int, payload: bytes) -> None:
        self._answer = (status, payload)

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(self, *_: object, **__: object) -> tuple[int, bytes]:
        return self._answer

    parse_json_payload = staticmethod(AiohttpRequest.parse_json_payload)


def _in_our_words(error: Exception) -> TelegramError:
    if isinstance(
        error,
        aiohttp.ClientConnectorError
        | aiohttp.ConnectionTimeoutError
        | aiohttp.ClientConnectionResetError
        | aiohttp.ClientHttpProxyError
        | aiohttp.InvalidURL,
    ):
        return NeverSentError("Telegram could not be reached")
    if isinstance(error, asyncio.TimeoutError):
        return TimedOut("Telegram did not answer in time")
    return CutOffError("The connection to Telegram broke")


def _retry_after(payload: bytes) -> float:
    """The seconds that Telegram asks us to wait; 1 if it does not say."""
    try:
        seconds = json.loads(payload)["parameters"]["retry_after"]
    except (ValueError, RecursionError, LookupError, TypeError):
        return 1.0
    return float(seconds) if isinstance(seconds, int) and 0 <= seconds < _ONE_DAY else 1.0


def _seconds(wanted: object, default: float) -> float:
    return float(wanted) if isinstance(wanted, int | float) else default


def _proxy(address: str) -> str | None:
    """The proxy that the environment names for this address, if any."""
    parts = urlsplit(address)
    if not parts.hostname or proxy_bypass(parts.hostname):
        return None
    return getproxies().get(parts.scheme)
