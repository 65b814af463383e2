"""The preview as a web application, for the person at this machine alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from importlib.resources import files
from typing import Final
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.channels.web.look import look
from bot.channels.web.pages import Pages
from bot.content.model import NATION, WHO, Content
from bot.dialogue.engine import Engine
from bot.dialogue.places import MENU
from bot.dialogue.state import State
from bot.dialogue.token import Gone, UnreadableTokenError, decode
from bot.operations.application import build_application
from bot.operations.preview.desk import Desk
from bot.settings import Settings

WAIT_SECONDS: Final = 20.0
"""How long a page waits for news before it asks again."""

_OWN: Final = ("127.0.0.1", "localhost")
_UNITED_KINGDOM: Final = ZoneInfo("Europe/London")
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)


def preview_application(settings: Settings, desk: Desk) -> ASGIApp:
    """The web chat as people get it, and around it what an author wants to see and to set."""
    framed = settings.model_copy(update={"frame_ancestors": ("'self'",)})
    site = _Site(framed, desk)
    return _OnlyHere(build_application(desk.engine, framed, desk.now, more=site.routes()))


class _OnlyHere:
    """Answers nobody who asks for this machine by another name, as a page from elsewhere could make a browser do."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            named = dict(scope["headers"]).get(b"host", b"").decode("latin-1").rsplit(":", 1)[0]
            if named not in _OWN:
                await Response("Open http://127.0.0.1 on this machine.\n", 403)(scope, receive, send)
                return
        await self._app(scope, receive, send)


class _Site:
    def __init__(self, settings: Settings, desk: Desk) -> None:
        self._desk = desk
        self._pages = Pages(look(settings))
        environment = Environment(
            loader=PackageLoader("bot.operations.preview", "."), autoescape=True, undefined=StrictUndefined
        )
        self._page = environment.get_template("preview.html")

    def routes(self) -> Sequence[BaseRoute]:
        return (
            Route("/", self._show),
            Route("/preview/news", self._news),
            Route("/preview/chat", self._chat),
            Route("/preview/flows", self._flows),
            Route("/preview/preview.css", _file("preview.css", "text/css")),
            Route("/preview/preview.js", _file("preview.js", "text/javascript")),
        )

    async def _show(self, _: Request) -> Response:
        await self._desk.newer_than(0, WAIT_SECONDS)  # who opens it at once shall not see that nothing has loaded
        content = self._content()
        values = {
            "languages": [(edition.language, edition.name) for edition in content.editions.values()] if content else [],
            "pickers": [_picker(content, WHO), _picker(content, NATION)] if content else [],
            "flows": [(flow.id, flow.title) for flow in content.flows.values()] if content else [],
        }
        return Response(
            self._page.render(**values), media_type="text/html", headers={"content-security-policy": _POLICY}
        )

    async def _news(self, request: Request) -> Response:
        seen = request.query_params.get("seen", "-1")
        version = await self._desk.newer_than(int(seen) if seen.isdecimal() else -1, WAIT_SECONDS)
        return JSONResponse({"version": version, "findings": self._desk.findings})

    async def _flows(self, _: Request) -> Response:
        drawn = self._desk.drawing()
        # The page names the hashes of its own script and style; only who may show it is said here.
        return Response(drawn, media_type="text/html", headers={"content-security-policy": "frame-ancestors 'self'"})

    async def _chat(self, request: Request) -> Response:
        """A screen for the moment, language and answers that were picked, or the one that stood there before."""
        picked = {name: values[-1] for name, values in parse_qs(request.url.query).items()}
        engine = self._desk.engine()
        self._desk.moment = _moment(picked.get("moment", ""))
        state = _place(picked.get("token", ""), engine) or _begun(picked, engine)
        page = self._pages.screen(engine, engine.draw(state, self._desk.now()))
        return Response(page, media_type="text/html")

    def _content(self) -> Content | None:
        try:
            return self._desk.engine().content
        except Exception:  # nothing has loaded yet: the findings say why
            return None


def _picker(content: Content | None, answer: str) -> tuple[str, str, list[tuple[str, str]]]:
    assert content is not None  # noqa: S101 (only asked for content that is there)
    asked = content.answers[answer]
    return answer, asked.ask, [(value.id, value.label) for value in asked.values]


def _begun(picked: dict[str, str], engine: Engine) -> State:
    content = engine.content
    flow = content.flows.get(picked.get("flow", ""), content.flows[MENU])
    answers: list[tuple[int, int]] = []
    for id_ in (WHO, NATION):
        answer = content.answers[id_]
        answers.extend((answer.code, value.code) for value in answer.values if value.id == picked.get(id_))
    language = picked.get("language", "")
    known = language if language in content.editions else ""
    return State(flow.start, answers=tuple(sorted(answers)), language=known)


def _place(token: str, engine: Engine) -> State | None:
    if not token:
        return None
    try:
        state = decode(token, engine.content)
    except UnreadableTokenError:
        return None
    return state.state if isinstance(state, Gone) else state


def _moment(words: str) -> datetime | None:
    if not words:
        return None
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        raise HTTPException(400) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=_UNITED_KINGDOM)


def _file(name: str, media_type: str) -> ASGIApp:
    body = files(__package__).joinpath(name).read_bytes()
    tag = sha256(body).hexdigest()[:16]

    async def give(_: Request) -> Response:
        return Response(body, media_type=media_type, headers={"x-content-hash": tag})

    return give  # type: ignore[return-value]  # Starlette takes a function of a request just as well
