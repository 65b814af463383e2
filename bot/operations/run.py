"""Starts what is configured, in one process or in several, and ends it cleanly when asked to."""

from __future__ import annotations

import gc
import logging
import os
import socket
import sys

from bot.content.collecting import collecting_later
from bot.operations.exit_status import COULD_NOT_RUN
from bot.operations.listening import PortTakenError, listen
from bot.operations.opened_content import open_content
from bot.operations.secrecy import keep_memory_to_itself
from bot.settings import Settings

_log = logging.getLogger(__name__)


def run(settings: Settings) -> int:
    """Serve until SIGTERM or SIGINT; the process's exit status."""
    keep_memory_to_itself()
    try:
        listening = listen(settings.host, settings.port)
        figures = _listen_for_figures(settings)
    except PortTakenError as error:
        _log.critical("%s", error)
        return COULD_NOT_RUN
    with collecting_later():
        opened = open_content(settings)
        # Only now, because what it imports fits into the memory that reading the content has left free: a tenth of all.
        from bot.operations.processes import serve

        gc.freeze()  # all of it stays, and is not looked through as soon as collecting goes on
    status = serve(opened, settings, listening, figures)
    _let_go_of_output()
    return status


def _let_go_of_output() -> None:
    """Write out what can be written; a disk that is full must not turn a clean end into a failure."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


def _listen_for_figures(settings: Settings) -> socket.socket | None:
    if settings.metrics_port is None:
        return None
    return listen(settings.metrics_host, settings.metrics_port, setting="METRICS_PORT")
