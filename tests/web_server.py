"""The real web server with the real application, in the event loop of the test that starts it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from starlette.types import ASGIApp

from bot.channels.web.headers import security_headers
from bot.channels.web.limits import Limits
from bot.channels.web.look import look
from bot.dialogue.engine import Engine
from bot.operations.application import build_application, last_resort
from bot.operations.http_server import HttpServer
from bot.operations.listening import listen
from bot.settings import Settings
from tests.conftest import AFTERNOON


def make_settings(**values: Any) -> Settings:
    """Settings without anything of this machine's environment."""
    return Settings(_env_file=None, **{"port": 0, **values})


def make_application(
    engine: Engine | Callable[[], Engine],
    settings: Settings | None = None,
    *,
    now: datetime = AFTERNOON,
    limits: Limits | None = None,
) -> ASGIApp:
    """The application as a process makes it, at a fixed moment."""
    source = engine if callable(engine) else lambda: engine
    return build_application(source, settings or make_settings(), lambda: now, limits=limits)


@asynccontextmanager
async def serving(app: ASGIApp, settings: Settings | None = None) -> AsyncIterator[str]:
    """Serve on a free port; the address, without a slash at the end."""
    settings = settings or make_settings()
    card = last_resort(settings, look(settings))
    server = HttpServer(app, listen(settings.host, settings.port), card, security_headers(settings.frame_ancestors))
    stop = asyncio.Event()
    running = asyncio.create_task(server.serve(stop))
    try:
        await server.started()
        yield server.address
    finally:
        stop.set()
        await running
