"""Telegram's webhook: one address to which Telegram delivers updates, on the port that everything else is on.

A delivery is answered with 200 once the person has the answer, so that Telegram delivers again what a crash has lost.
It is answered with 200 as well when it makes no sense, because Telegram would hold back that chat's next updates for a
day while it repeats it. With 503 Telegram waits a moment and delivers again, perhaps to another process; so a press is
given up here before Telegram is told so, or its page could come over a newer one
(https://core.telegram.org/bots/api#setwebhook and the open source of Telegram's own server).
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections import deque
from collections.abc import Callable, Collection, Mapping
from functools import partial
from hashlib import sha256
from math import ceil, inf
from types import MappingProxyType
from typing import Final, NamedTuple, Protocol

from starlette.types import ASGIApp, Receive, Scope, Send

from bot.channels.telegram.failures import described
from bot.channels.telegram.order import RETRY_SECONDS
from bot.channels.telegram.updates import callback_of, update_id

SECRET_HEADER: Final = b"x-telegram-bot-api-secret-token"

LARGEST_BODY: Final = 1 << 20
"""Bytes. Updates have a few thousand; the longest message with the largest menu it replies to has some 100,000."""

MOST_IN_WORK: Final = 500
"""Updates; beyond this Telegram is asked to wait."""

HOLD_SECONDS: Final = 10.0
"""How long a delivery may wait for its answer. Telegram has few connections, and one that waits serves nobody else; so
it is asked to deliver again."""

LONGEST_RETRY: Final = 60.0
"""Seconds; Telegram drops a press that it could not deliver for 150."""

LATE_SECONDS: Final = 90.0
"""When a press has been given back for so long, it is kept: Telegram drops presses after 150 seconds, and whoever has
pressed in an outage gets their page after it, as a new message."""

_MARGIN: Final = 0.2
"""Seconds for a turn whose time is over to be given up, before Telegram is told to deliver again."""

RIDE_SECONDS: Final = 0.25
"""How long a press may wait to be answered inside the delivery's own response; after this, by a call of its own."""

REMEMBERED: Final = 2_000
"""Numbers of past updates; numbers say nothing about people."""

_OK: Final = 200
_HEADERS: Final = ((b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff"))
_log = logging.getLogger(__name__)


class _Answer(NamedTuple):
    """What Telegram is told: with 503, to deliver again after ``retry`` seconds."""

    status: int
    body: bytes = b""
    retry: float = RETRY_SECONDS


class Taking(Protocol):
    """Takes a raw update in, as `TelegramChannel.receive` does."""

    def __call__(
        self,
        update: object,
        done: Callable[[], None],
        lost: Callable[[float], None] | None = None,
        answering: Callable[[str], None] | None = None,
        *,
        within: float = inf,
        late: bool = False,
    ) -> bool:
        """False if the update makes no sense."""


def secret_from(token: str) -> str:
    """The secret where none is set: the same for every replica, and of no use for anything else."""
    return hmac.new(token.encode(), b"waypost webhook secret", sha256).hexdigest()


def path_from(token: str, secret: str) -> str:
    """The address's path. It changes with the secret, so that one set for an older secret is seen to be another."""
    return f"/updates/{hmac.new(token.encode(), f'waypost webhook path {secret}'.encode(), sha256).hexdigest()[:32]}"


class Webhook:
    """An ASGI application for Telegram's deliveries. ``answer`` answers a press by a call.

    While ``waits`` says so, Telegram is asked to deliver a moment later, perhaps to another process. ``headers`` go to
    whoever is refused, since that may be a browser.
    """

    def __init__(
        self,
        take: Taking,
        answer: Callable[[str], None],
        secret: str,
        *,
        hold: float = HOLD_SECONDS,
        late: float = LATE_SECONDS,
        waits: Callable[[], bool] = lambda: False,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._late = late
        self._waits = waits
        self._refusal = [(name.encode("ascii"), value.encode("ascii")) for name, value in headers.items()] or _HEADERS
        self._take = take
        self._answer = answer
        self._secret = secret.encode()
        self._hold = hold
        self._in_work: dict[int, asyncio.Future[float | None]] = {}
        self._past: deque[int] = deque()
        self._known: set[int] = set()
        self._given_back: dict[int, float] = {}
        self._taking = True
        self.last_delivery: float | None = None
        """When Telegram last delivered anything, by the event loop's clock; None before the first time."""
        self.unreadable = 0
        """How many updates could not be handled at all."""

    def beside(self, app: ASGIApp, paths: Collection[str]) -> ASGIApp:
        """``app`` for everything but these paths, which are the webhook's."""

        async def either(scope: Scope, receive: Receive, send: Send) -> None:
            chosen = self if scope["type"] == "http" and scope["path"] in paths else app
            await chosen(scope, receive, send)

        return either

    def stop(self) -> None:
        """Take nothing in any more: Telegram keeps it for the next process."""
        self._taking = False

    def give_up(self) -> None:
        """Let Telegram deliver again what is still in work."""
        for future in self._in_work.values():
            _resolve(future, RETRY_SECONDS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One delivery."""
        status, body, retry = await self._handle(scope, receive)
        headers = [(b"content-length", str(len(body)).encode())]
        headers.extend(_HEADERS if status in {_OK, 503} else self._refusal)
        if body:
            headers.append((b"content-type", b"application/json"))
        if status == 503:
            headers.append((b"retry-after", str(ceil(min(retry, LONGEST_RETRY))).encode()))
        if status == 405:
            headers.append((b"allow", b"POST"))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _handle(self, scope: Scope, receive: Receive) -> _Answer:
        """The answer. Whoever does not know the secret learns nothing and is not listened to."""
        if scope["method"] != "POST":
            return _Answer(405)
        headers = dict(scope["headers"])
        if not hmac.compare_digest(headers.get(SECRET_HEADER, b""), self._secret):
            return _Answer(403)
        self.last_delivery = self._now()
        if not self._taking or self._waits() or len(self._in_work) >= MOST_IN_WORK:
            return _Answer(503)
        if headers.get(b"content-type", b"").partition(b";")[0].strip().lower() != b"application/json":
            return _Answer(415)
        raw = await _body(receive)
        if raw is None:
            return _Answer(413)
        try:
            update = json.loads(raw)
        except (ValueError, RecursionError):
            return self._skipped()
        return await self._deliver(update)

    async def _deliver(self, update: object) -> _Answer:
        number = update_id(update)
        if number is None:
            return self._skipped()
        ride = _Ride(self._answer)
        if number in self._known:  # the answer to its delivery was lost, and perhaps the one to the press with it
            ride.takes(callback_of(update))
            return _Answer(_OK, ride.ends())
        future = self._in_work.get(number)
        if future is None:
            future = self._in_work[number] = asyncio.get_running_loop().create_future()
            future.add_done_callback(partial(self._end, number))
            self._begin(update, number, future, ride)
        most = self._hold + _MARGIN
        soon = min(RIDE_SECONDS, most)
        if not future.done() and not await _is_done(future, soon):
            ride.goes()
            await _is_done(future, most - soon)
        retry = future.result() if future.done() else RETRY_SECONDS
        if retry is None:
            return _Answer(_OK, ride.ends())
        ride.goes()
        self._gives_back(number)
        return _Answer(503, retry=retry)

    def _begin(self, update: object, number: int, future: asyncio.Future[float | None], ride: _Ride) -> None:
        done = partial(_resolve, future, None)
        late = self._now() - self._given_back.get(number, inf) > self._late
        try:
            if not self._take(update, done, partial(_resolve, future), ride.takes, within=self._hold, late=late):
                self._skipped()
        except Exception as error:
            # One update must never be delivered for ever.
            _log.error("An update could not be taken in: %s", described(error))
            self._skipped()
            done()

    def _gives_back(self, number: int) -> None:
        self._given_back.setdefault(number, self._now())
        if len(self._given_back) > REMEMBERED:
            del self._given_back[next(iter(self._given_back))]

    def _end(self, number: int, future: asyncio.Future[float | None]) -> None:
        self._in_work.pop(number, None)
        if not future.cancelled() and future.result() is None:
            self._given_back.pop(number, None)
            self._known.add(number)
            self._past.append(number)
            if len(self._past) > REMEMBERED:
                self._known.discard(self._past.popleft())

    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    def _skipped(self) -> _Answer:
        self.unreadable += 1
        _log.warning("Skipped an update that makes no sense (%d so far).", self.unreadable)
        return _Answer(_OK)


class _Ride:
    """The answer to a press, which rides in the response, unless it is told to go by itself before."""

    def __init__(self, answer: Callable[[str], None]) -> None:
        self._answer = answer
        self._callback = ""

    def takes(self, callback: str) -> None:
        """See to it that this press is answered."""
        self._callback = callback

    def ends(self) -> bytes:
        """The response's body: the call, unless it has gone by itself."""
        callback, self._callback = self._callback, ""
        call = {"method": "answerCallbackQuery", "callback_query_id": callback}
        return json.dumps(call).encode() if callback else b""

    def goes(self) -> None:
        """Wait no longer."""
        callback, self._callback = self._callback, ""
        if callback:
            self._answer(callback)


async def _is_done(future: asyncio.Future[float | None], seconds: float) -> bool:
    """Whether it is done within so many seconds. It goes on either way: another delivery may wait for it too."""
    await asyncio.wait({future}, timeout=seconds)
    return future.done()


def _resolve(future: asyncio.Future[float | None], retry: float | None) -> None:
    if not future.done():
        future.set_result(retry)


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None if it is larger than any of Telegram's, or was cut off."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        part = message.get("body", b"")
        size += len(part)
        if size > LARGEST_BODY:
            return None
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)
