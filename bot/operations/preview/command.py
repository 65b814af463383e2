"""The preview from start to stop. It listens on this machine alone, whatever the settings say."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from typing import Final

from bot.channels.web.headers import security_headers
from bot.channels.web.look import look
from bot.operations.application import last_resort
from bot.operations.http_server import HttpServer
from bot.operations.listening import listen
from bot.operations.preview.desk import Desk
from bot.operations.preview.site import preview_application
from bot.settings import Settings

HOST: Final = "127.0.0.1"


def preview(settings: Settings, port: int, say: Callable[[str], None]) -> None:
    """Serve the preview until SIGINT or SIGTERM.

    Raises `bot.operations.listening.PortTakenError` or `bot.settings.SettingsError`.
    """
    asyncio.run(_serve(settings, port, say))


async def _serve(settings: Settings, port: int, say: Callable[[str], None]) -> None:
    desk = Desk(settings)
    app = preview_application(settings, desk)
    card = last_resort(settings, look(settings))
    server = HttpServer(app, listen(HOST, port), card, security_headers())
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    watching = asyncio.create_task(desk.watch())
    say(f"The preview is at {server.address}, on this machine only. Save a file and look. Ctrl-C ends it.")
    try:
        await server.serve(stop)
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
