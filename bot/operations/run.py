"""Starts what is configured, and ends it cleanly when asked to."""

from __future__ import annotations

import asyncio
import logging
import signal

from bot.channels.telegram.polling import TokenRefusedError
from bot.channels.telegram.run import run as run_telegram
from bot.dialogue.engine import Engine
from bot.operations.serving import Serving
from bot.settings import Settings

log = logging.getLogger(__name__)


def run(engine: Engine, settings: Settings) -> int:
    """Serve until SIGTERM or SIGINT; the process's exit status."""
    return asyncio.run(_serve(engine, settings))


async def _serve(engine: Engine, settings: Settings) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    serving = Serving(engine, settings)
    proving = asyncio.create_task(serving.prove())
    try:
        await run_telegram(serving.engine, settings, stop, serving.ready)
    except TokenRefusedError as error:
        log.critical("%s", error)
        return 1
    finally:
        proving.cancel()
        await asyncio.gather(proving, return_exceptions=True)
    return 0
