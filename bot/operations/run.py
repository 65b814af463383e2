"""Starts what is configured, and ends it cleanly when asked to."""

from __future__ import annotations

import asyncio
import logging
import signal
from datetime import UTC, datetime

from bot.channels.telegram.polling import TokenRefusedError
from bot.channels.telegram.run import run as run_telegram
from bot.channels.web.headers import security_headers
from bot.channels.web.look import look
from bot.dialogue.engine import Engine
from bot.operations.application import build_application, last_resort
from bot.operations.http_server import HttpServer, PortTakenError
from bot.operations.serving import Serving
from bot.settings import Settings, SettingsError

FAILED, COULD_NOT_RUN = 1, 2

log = logging.getLogger(__name__)


def run(engine: Engine, settings: Settings) -> int:
    """Serve until SIGTERM or SIGINT; the process's exit status."""
    serving = Serving(engine, settings)
    try:
        web = web_server(serving, settings)
    except (PortTakenError, SettingsError) as error:
        log.critical("%s", error)
        return COULD_NOT_RUN
    return asyncio.run(_serve(serving, settings, web))


def web_server(serving: Serving, settings: Settings) -> HttpServer:
    """The web chat's server, which listens already. Raises `PortTakenError` or `SettingsError`."""
    app = build_application(serving.engine, settings, lambda: datetime.now(UTC))
    card = last_resort(settings, look(settings))
    return HttpServer(app, settings.host, settings.port, card, security_headers(settings.frame_ancestors))


async def _serve(serving: Serving, settings: Settings, web: HttpServer) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    proving = asyncio.create_task(serving.prove())
    channels = [asyncio.create_task(web.serve(stop))]
    if settings.telegram_bot_token is None:
        log.info("Without TELEGRAM_BOT_TOKEN there is no bot on Telegram. Set it to the token that @BotFather gives.")
    else:
        channels.append(asyncio.create_task(run_telegram(serving.engine, settings, stop, serving.ready)))
    log.info("The web chat is at %s", web.address)
    try:
        await asyncio.wait(channels, return_when=asyncio.FIRST_COMPLETED)
        stop.set()  # one channel's end is the end of all: whoever watches the process starts it anew
        ended = await asyncio.gather(*channels, return_exceptions=True)
    finally:
        proving.cancel()
        await asyncio.gather(proving, return_exceptions=True)
    return _status(ended)


def _status(ended: list[BaseException | None]) -> int:
    """The exit status for how the channels ended."""
    for error in ended:
        if isinstance(error, TokenRefusedError):
            log.critical("%s", error)
            return FAILED
        if error is not None:
            raise error
    return 0
