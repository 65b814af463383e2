"""The one web application of a process: the web chat, and whatever else is served at the same port."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from bot.channels.observer import NOBODY, Observer
from bot.channels.web.emergency_page import emergency_page
from bot.channels.web.headers import Guarded, security_headers
from bot.channels.web.limits import Limits
from bot.channels.web.look import Look, look
from bot.channels.web.routes import TurnsFirst, WebChat
from bot.dialogue.engine import Engine
from bot.settings import Settings


def build_application(
    engine: Callable[[], Engine],
    settings: Settings,
    clock: Callable[[], datetime],
    *,
    more: Sequence[BaseRoute] = (),
    limits: Limits | None = None,
    observer: Observer = NOBODY,
) -> ASGIApp:
    """The application. ``engine`` may raise `bot.dialogue.emergency_card.OnlyTheCardError`.

    ``more`` are the routes of other parts, such as a webhook or health; they get the same headers, read their bodies
    themselves, and answer a refusal (an `HTTPException`) with the emergency page unless they answer it otherwise.
    ``clock`` gives the moment, with its time zone. Raises `bot.settings.SettingsError` for a picture that is not there.
    """
    limits = limits or Limits()
    appearance = look(settings)
    card = last_resort(settings, appearance)
    headers, embeddable = security_headers(settings.frame_ancestors), bool(settings.frame_ancestors)
    chat = WebChat(engine, clock, appearance, card, headers, limits, embeddable=embeddable, observer=observer)
    inner = _Routed(routes=[*more, *chat.routes()], exception_handlers={HTTPException: chat.failed})
    inner.router.redirect_slashes = False  # a redirect would repeat whatever host and path were asked for
    return Guarded(TurnsFirst(chat, inner), headers, card)


class _Routed(Starlette):
    def build_middleware_stack(self) -> ASGIApp:
        """Without Starlette's own answer to failures, which says nothing that helps: `Guarded` has a better one."""
        return ExceptionMiddleware(self.router, handlers=self.exception_handlers)


def last_resort(settings: Settings, appearance: Look) -> bytes:
    """The emergency page of this deployment."""
    return emergency_page(
        settings.emergency_numbers,
        settings.exit_url,
        title=appearance.title,
        icon=appearance.icon,
        style=appearance.style.path,
    )
