"""HTTP for the Bot API: our own line behind the library's request seam, with errors that never name an address."""

from __future__ import annotations

import asyncio
import json
import logging
import math
from collections.abc import Mapping
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.channels.telegram.line import Line, NotSentError

CONNECTIONS: Final = 200
"""At most this many calls on the wire at once; further ones wait. Telegram refuses a thousand."""

KEEP_ALIVE_SECONDS: Final = 60.0
"""How long an idle connection stays open, so that a quiet bot need not shake hands for each person."""

CONNECT_SECONDS: Final = 10.0
CALL_SECONDS: Final = 20.0

LONGEST_WAIT: Final = 3600.0
"""Seconds. Whatever Telegram asks for, after so long a call is tried again: one in an hour harms nobody."""

_OK: Final = 200
_DONE: Final = (b'{"ok":true', b'{"ok": true')
"""How the answer to a call begins that was carried out."""

_UNDERSTOOD: Final = frozenset({*range(200, 300), 400, 401, 403, 404, 409})
"""What the Bot API answers with (its server's Query.cpp), but for those that have an error of their own."""

_TOO_MANY: Final = 429
_LONGEST_NUMBER: Final = 20
"""Digits of a number of 64 bits, and its sign."""

_log = logging.getLogger(__name__)


class NeverSentError(NetworkError):
    """The call did not reach Telegram: repeating it cannot do anything twice."""

    __slots__ = ()


class CutOffError(NetworkError):
    """The connection broke after the call was on its way: nobody knows whether Telegram carried it out."""

    __slots__ = ()


class ServerTroubleError(NetworkError):
    """Telegram has trouble, or something before it answered in its place: a redirection, a page that asks to log in.

    The call was not carried out.
    """

    __slots__ = ()


class FloodError(RetryAfter):
    """Too many calls: repeat after ``seconds``. (The library's own class warns whenever it is made.)"""

    __slots__ = ("seconds",)

    def __init__(self, seconds: float) -> None:
        TelegramError.__init__(self, "Too many calls")
        self.seconds = seconds
        self._retry_after = timedelta(seconds=seconds)


class LineRequest(BaseRequest):
    """One pool of connections to ``api_address`` for all calls, polls included.

    Raises the library's typed errors and their kin above: what goes wrong on the way is `NeverSentError`,
    `CutOffError` or ``TimedOut``. Their messages are fixed sentences, because addresses hold the bot's token.
    """

    __slots__ = ("_api_address", "_line")

    def __init__(self, api_address: str) -> None:
        self._api_address = api_address
        self._line: Line | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds a call may take in all, unless it says otherwise."""
        return CALL_SECONDS

    async def initialize(self) -> None:
        """Open the pool. Safe to call again."""
        if self._line is None:
            proxy = _proxy(self._api_address)
            try:
                self._line = Line(self._api_address, proxy=proxy, most=CONNECTIONS, keep_seconds=KEEP_ALIVE_SECONDS)
            except ValueError:
                _log.critical(
                    "TELEGRAM_API_BASE_URL, or the proxy that the environment names, is no address: it needs http:// "
                    "or https://, and a host."
                )
                raise

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._line is not None:
            self._line.close()
            self._line = None

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
        body = None if request_data is None else json.dumps(request_data.parameters).encode()
        return await self._ask(url, method, body, read_timeout, connect_timeout)

    async def say(self, url: str, parameters: Mapping[str, object], seconds: float | None) -> None:
        """A call whose result nobody reads. Raises what the other calls raise; ``seconds`` limits the whole of it."""
        status, payload = await self._ask(url, "POST", json.dumps(parameters).encode(), seconds)
        # The answer holds the whole message; only one that was refused is read.
        if status != _OK or not payload.startswith(_DONE):
            await _Answered(status, payload).post(url)

    async def _ask(
        self, url: str, method: str, body: bytes | None, seconds: object, connect_seconds: object = None
    ) -> tuple[int, bytes]:
        if self._line is None:
            raise NeverSentError("The connection pool is closed")
        try:
            async with asyncio.timeout(_seconds(seconds, CALL_SECONDS)):
                status, payload = await self._line.ask(method, url, body, _seconds(connect_seconds, CONNECT_SECONDS))
        # `from None`: the cause holds what was under way
        except NotSentError:
            raise NeverSentError("Telegram could not be reached") from None
        except TimeoutError:
            raise TimedOut("Telegram did not answer in time") from None
        except (OSError, ValueError):
            raise CutOffError("The connection to Telegram broke") from None
        if status == _TOO_MANY:
            raise FloodError(_retry_after(payload))
        if status not in _UNDERSTOOD:
            raise ServerTroubleError(f"Telegram answered with status {status}")
        return status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, object]:
        """The answer as a dictionary. The library's own version writes what it cannot read into the log."""
        text = payload.decode("utf-8", "replace")
        try:
            try:
                answer = json.loads(text)
            except ValueError:  # perhaps a number so long that Python refuses it, in one update of many
                answer = json.loads(text, parse_int=_number)
        except (ValueError, RecursionError):
            raise CutOffError("Telegram's answer is no JSON") from None
        if not isinstance(answer, dict):
            raise CutOffError("Telegram's answer has an unknown shape")
        return _sound(answer)


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

    parse_json_payload = staticmethod(LineRequest.parse_json_payload)


def _sound(answer: dict[str, object]) -> dict[str, object]:
    """The answer without what the library would stumble over: it takes on trust of what type the parts are."""
    parameters = answer.pop("parameters", None)
    moved = parameters.get("migrate_to_chat_id") if isinstance(parameters, Mapping) else None
    if isinstance(moved, int):
        answer["parameters"] = {"migrate_to_chat_id": moved}
    if not isinstance(answer.get("description"), str):
        answer.pop("description", None)
    return answer


def _number(digits: str) -> float:
    """A whole number, or one that is nobody's if it is longer than any of Telegram's."""
    return int(digits) if len(digits) <= _LONGEST_NUMBER else math.inf


def _retry_after(payload: bytes) -> float:
    """The seconds that Telegram asks us to wait, `LONGEST_WAIT` at most; 1 if it says nothing that makes sense."""
    try:
        seconds = json.loads(payload)["parameters"]["retry_after"]
    except (ValueError, RecursionError, LookupError, TypeError):
        return 1.0
    usable = isinstance(seconds, int | float) and not isinstance(seconds, bool) and seconds >= 0
    return float(min(seconds, LONGEST_WAIT)) if usable else 1.0


def _seconds(wanted: object, default: float) -> float:
    return float(wanted) if isinstance(wanted, int | float) else default


def _proxy(address: str) -> str | None:
    """The proxy that the environment names for this address, if any."""
    parts = urlsplit(address)
    if not parts.hostname or proxy_bypass(parts.hostname):
        return None
    proxy = getproxies().get(parts.scheme)
    return f"http://{proxy}" if proxy and "://" not in proxy else proxy
