"""The addresses of the web chat. All of a conversation happens at one of them, and nothing of it outlives an answer."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.channels.observer import NOBODY, Observer, turn_of
from bot.channels.web.assets import Asset
from bot.channels.web.form import MEDIA_TYPE, Pressed, Typed, UnreadableFormError, read_form
from bot.channels.web.headers import FOREVER, Complete, complete
from bot.channels.web.limits import Gate, HungUpError, Limits, TooBusyError, TooLargeError, read_body
from bot.channels.web.look import Look
from bot.channels.web.pages import Pages
from bot.content.languages import known_language
from bot.content.model import Content
from bot.dialogue.emergency_card import OnlyTheCardError
from bot.dialogue.engine import Engine
from bot.dialogue.screen import Screen
from bot.dialogue.state import State
from bot.dialogue.token import Gone, UnreadableTokenError, decode

CHAT: Final = "/chat"
"""The one address of every conversation."""

NAME: Final = "web"
"""What the channel is called where turns are counted."""

UNCOUNTED: Final = b"x-waypost-uncounted"
"""A request with this header is a trial of the charity's own, and not counted."""

_FORM: Final = MEDIA_TYPE.encode("ascii")
_OWN: Final = frozenset({b"same-origin", b"none"})
_HTML: Final = "text/html; charset=utf-8"
_log = logging.getLogger(__name__)


class WebChat:
    """The web chat. ``engine`` gives the engine of this moment, ``clock`` the moment, with its time zone.

    ``card`` is the page that people get when all else fails, ``headers`` are those of `security_headers`.
    ``embeddable``: other sites may show the chat in a frame, and browsers call what is sent from there cross-site.
    """

    def __init__(
        self,
        engine: Callable[[], Engine],
        clock: Callable[[], datetime],
        look: Look,
        card: bytes,
        headers: Mapping[str, str],
        limits: Limits,
        *,
        embeddable: bool = False,
        observer: Observer = NOBODY,
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._pages = Pages(look)
        self._look = look
        self._card = card
        self._headers = headers
        self._heads: dict[int, Complete] = {}
        """Length of a page → the headers of an answer that is one. There are few lengths: see `PADDED_TO`."""
        self._gate = Gate(limits, time.monotonic)
        self._limits = limits
        self._embeddable = embeddable
        self._observer = observer

    def routes(self) -> Sequence[BaseRoute]:
        """What to put into an application, behind `TurnsFirst`, which takes what is posted to `CHAT`."""
        return (
            Route(CHAT, self.before, methods=["GET", "POST"]),
            Route("/", self.before, methods=["GET"]),
            Route("/card", self._show_card, methods=["GET"]),
            self._file(self._look.style),
            self._file(self._look.script),
        )

    async def failed(self, _: Request, error: Exception) -> Response:
        """The answer to a request that is refused: the emergency page with the right status."""
        known = error if isinstance(error, HTTPException) else HTTPException(500)
        return self._page(self._card, known.status_code, known.headers)

    # --- pages

    async def before(self, request: Request) -> Response:
        """What the address itself gives: nothing to press but *Begin*, and no text box.

        Browsers may keep what was got by GET, half-typed words included, and show it again to whoever goes back. They
        never keep the answer to a POST like that, with scripts or without.
        """
        asked = dict(request.scope["headers"])
        status, page = self._guarded(lambda engine: self._pages.before(engine, _language(asked, engine)))
        found = status == 200 and request.scope["path"] == "/"  # by search engines, and no other page
        return self._page(page, status, {"x-robots-tag": "noarchive"} if found else None)

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a turn: the way of most requests, and so the shortest. Raises `HTTPException` for what is refused."""
        asked = dict(scope["headers"])
        self._admit(asked)
        try:
            body = await read_body(receive, self._limits)
            self._gate.take_on()
        except HungUpError:
            return
        except TooLargeError:
            raise HTTPException(413) from None
        except TooBusyError:
            self._observer.slowed(NAME)
            raise HTTPException(429, headers={"retry-after": "1"}) from None
        status, page = self._guarded(lambda engine: self._turn(engine, body, asked))
        head = self._heads.get(len(page)) or self._head_of(len(page))
        await send({"type": "http.response.start", "status": status, "headers": head})
        await send({"type": "http.response.body", "body": page})

    async def _show_card(self, _: Request) -> Response:
        return self._page(self._card)

    def _admit(self, asked: Mapping[bytes, bytes]) -> None:
        """Refuse what no page of ours sends."""
        if asked.get(b"content-type") != _FORM and _media_type(asked) != _FORM:
            raise HTTPException(415)
        if not self._embeddable and asked.get(b"sec-fetch-site", b"none") not in _OWN:
            raise HTTPException(403)
        declared = asked.get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > self._limits.body_bytes:
            raise HTTPException(413)

    def _turn(self, engine: Engine, body: bytes, asked: Mapping[bytes, bytes]) -> bytes:
        began, now = time.perf_counter(), self._clock()
        turn = read_form(body)
        if isinstance(turn, Pressed):
            opened = not turn.token
            screen = engine.start(now, language=_language(asked, engine)) if opened else engine.press(turn.token, now)
            return self._shown(engine, screen, began, asked, opened=opened)
        here = _place(turn.here, engine.content)
        language = here.language if here else _language(asked, engine)
        if isinstance(turn, Typed):
            return self._shown(engine, engine.read(turn.words, now, state=here, language=language), began, asked)
        back = engine.token(here) if here else engine.token(engine.start(now, language=language).state)
        return self._pages.traces(engine, language or engine.content.default_language, back)

    def _shown(
        self, engine: Engine, screen: Screen, began: float, asked: Mapping[bytes, bytes], *, opened: bool = False
    ) -> bytes:
        page = self._pages.screen(engine, screen)
        if self._observer is not NOBODY and UNCOUNTED not in asked:
            seconds = time.perf_counter() - began
            self._observer.answered(turn_of(NAME, screen, engine.content, seconds, opened=opened))
        return page

    def _guarded(self, make: Callable[[Engine], bytes]) -> tuple[int, bytes]:
        """The status and the page; whatever goes wrong, the card instead."""
        try:
            return 200, make(self._engine())
        except OnlyTheCardError:
            return 503, self._card
        except UnreadableFormError:
            return 400, self._card
        except Exception as error:  # nobody who needs help may ever meet a bare error
            self._observer.failed(NAME, type(error).__name__)
            _log.error("A turn could not be answered: %s", _described(error))
            return 500, self._card

    def _head_of(self, length: int) -> Complete:
        own = {"content-type": _HTML, "content-length": str(length)}
        head = self._heads[length] = complete(own, self._headers)
        return head

    def _page(self, body: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
        return Response(body, status, headers=dict(headers or {}), media_type=_HTML)

    def _file(self, asset: Asset) -> Route:
        headers = {"cache-control": FOREVER}
        if self._embeddable:  # a sandboxed frame counts as another origin, and could not load them otherwise
            headers["cross-origin-resource-policy"] = "cross-origin"

        async def give(_: Request) -> Response:
            return Response(asset.body, headers=headers, media_type=asset.media_type.partition(";")[0])

        return Route(asset.path, give, methods=["GET"])


class TurnsFirst:
    """The turns of conversations, which are most of all requests, and after them whatever else ``app`` serves."""

    def __init__(self, chat: WebChat, app: ASGIApp) -> None:
        self._chat = chat
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "POST" or scope["path"] != CHAT:
            await self._app(scope, receive, send)
            return
        try:
            await self._chat.answer(scope, receive, send)
        except HTTPException as refused:
            response = await self._chat.failed(Request(scope), refused)
            await response(scope, receive, send)


def _place(token: str, content: Content) -> State | None:
    """The state of the screen that words were typed on; None if that is not known (any more)."""
    try:
        state = decode(token, content)
    except UnreadableTokenError:
        return None
    return None if isinstance(state, Gone) else state


def _media_type(asked: Mapping[bytes, bytes]) -> bytes:
    """Of a body, without what may be said of it besides."""
    return asked.get(b"content-type", b"").partition(b";")[0].strip().lower()


def _language(asked: Mapping[bytes, bytes], engine: Engine) -> str:
    """The first language that the browser asks for and the content has; empty for the default one."""
    for part in asked.get(b"accept-language", b"")[:200].decode("latin-1").split(","):
        wanted = known_language(part.partition(";")[0])
        if wanted in engine.content.editions:
            return wanted
    return ""


def _described(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
