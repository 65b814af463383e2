"""The addresses of the web chat. All of a conversation happens at one of them, and nothing of it outlives an answer."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.channels.observer import NOBODY, Observer, turn_of
from bot.channels.web.assets import Asset
from bot.channels.web.form import MEDIA_TYPE, Pressed, Typed, UnreadableFormError, read_form
from bot.channels.web.headers import FOREVER
from bot.channels.web.limits import Gate, Limits, TooBusyError, TooLargeError, TooSlowError, read_body
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

UNCOUNTED: Final = "x-waypost-uncounted"
"""A request with this header is a trial of the charity's own, and not counted."""

_HTML: Final = "text/html; charset=utf-8"
_log = logging.getLogger(__name__)


class WebChat:
    """The web chat. ``engine`` gives the engine of this moment, ``clock`` the moment, with its time zone.

    ``card`` is the page that people get when all else fails. ``embeddable``: other sites may show the chat in a frame,
    and browsers call what is sent from there cross-site.
    """

    def __init__(
        self,
        engine: Callable[[], Engine],
        clock: Callable[[], datetime],
        look: Look,
        card: bytes,
        gate: Gate,
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
        self._gate = gate
        self._limits = limits
        self._embeddable = embeddable
        self._observer = observer

    def routes(self) -> Sequence[BaseRoute]:
        """What to put into an application."""
        return (
            Route("/", self._before, methods=["GET"]),
            Route(CHAT, self._chat, methods=["GET", "POST"]),
            Route("/card", self._show_card, methods=["GET"]),
            self._file(self._look.style),
            self._file(self._look.script),
        )

    async def failed(self, _: Request, error: Exception) -> Response:
        """The answer to a request that is refused: the emergency page with the right status."""
        known = error if isinstance(error, HTTPException) else HTTPException(500)
        return self._page(self._card, known.status_code, known.headers)

    # --- pages

    async def _before(self, request: Request) -> Response:
        """What the address itself gives: nothing to press but *Begin*, and no text box.

        Browsers may keep what was got by GET, half-typed words included, and show it again to whoever goes back. They
        never keep the answer to a POST like that, with scripts or without.
        """
        indexed = request.url.path == "/"
        return self._guarded(lambda engine: self._pages.before(engine, _language(request, engine)), indexed=indexed)

    async def _chat(self, request: Request) -> Response:
        if request.method != "POST":
            return await self._before(request)
        try:
            with self._gate:
                body = await self._body(request)
                return self._guarded(lambda engine: self._turn(engine, body, request))
        except TooBusyError:
            self._observer.slowed(NAME)
            return self._page(self._card, 429, {"retry-after": "1"})

    async def _show_card(self, _: Request) -> Response:
        return self._page(self._card)

    async def _body(self, request: Request) -> bytes:
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type != MEDIA_TYPE:
            raise HTTPException(415)
        if not self._embeddable and request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            raise HTTPException(403)
        declared = request.headers.get("content-length", "0")
        if declared.isdecimal() and int(declared) > self._limits.body_bytes:
            raise HTTPException(413)
        try:
            return await read_body(request.stream(), self._limits)
        except TooLargeError:
            raise HTTPException(413) from None
        except TooSlowError:
            raise HTTPException(408) from None

    def _turn(self, engine: Engine, body: bytes, request: Request) -> bytes:
        began, now = time.perf_counter(), self._clock()
        turn = read_form(body)
        if isinstance(turn, Pressed):
            language = _language(request, engine)
            pressed = engine.press(turn.token, now) if turn.token else engine.start(now, language=language)
            return self._shown(request, engine, pressed, began, opened=not turn.token)
        here = _place(turn.here, engine.content)
        language = here.language if here else _language(request, engine)
        if isinstance(turn, Typed):
            return self._shown(request, engine, engine.read(turn.words, now, state=here, language=language), began)
        back = engine.token(here) if here else engine.token(engine.start(now, language=language).state)
        return self._pages.traces(engine, language or engine.content.default_language, back)

    def _shown(self, request: Request, engine: Engine, screen: Screen, began: float, *, opened: bool = False) -> bytes:
        page = self._pages.screen(engine, screen)
        if UNCOUNTED not in request.headers:
            seconds = time.perf_counter() - began
            self._observer.answered(turn_of(NAME, screen, engine.content, seconds, opened=opened))
        return page

    def _guarded(self, make: Callable[[Engine], bytes], *, indexed: bool = False) -> Response:
        """The page; whatever goes wrong, the card instead."""
        try:
            return self._page(make(self._engine()), headers={"x-robots-tag": "noarchive"} if indexed else None)
        except OnlyTheCardError:
            return self._page(self._card, 503)
        except UnreadableFormError:
            return self._page(self._card, 400)
        except Exception as error:  # nobody who needs help may ever meet a bare error
            self._observer.failed(NAME, type(error).__name__)
            _log.error("A turn could not be answered: %s", _described(error))
            return self._page(self._card, 500)

    def _page(self, body: bytes, status: int = 200, headers: object = None) -> Response:
        given = dict(headers) if isinstance(headers, dict) else {}
        return Response(body, status, headers=given, media_type=_HTML)

    def _file(self, asset: Asset) -> Route:
        headers = {"cache-control": FOREVER}
        if self._embeddable:  # a sandboxed frame counts as another origin, and could not load them otherwise
            headers["cross-origin-resource-policy"] = "cross-origin"

        async def give(_: Request) -> Response:
            return Response(asset.body, headers=headers, media_type=asset.media_type.partition(";")[0])

        return Route(asset.path, give, methods=["GET"])


def _place(token: str, content: Content) -> State | None:
    """The state of the screen that words were typed on; None if that is not known (any more)."""
    try:
        state = decode(token, content)
    except UnreadableTokenError:
        return None
    return None if isinstance(state, Gone) else state


def _language(request: Request, engine: Engine) -> str:
    """The first language that the browser asks for and the content has; empty for the default one."""
    for part in request.headers.get("accept-language", "")[:200].split(","):
        wanted = known_language(part.partition(";")[0])
        if wanted in engine.content.editions:
            return wanted
    return ""


def _described(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
