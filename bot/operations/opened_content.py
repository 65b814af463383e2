"""The content that a process begins with."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from bot.dialogue.engine import Engine
from bot.operations.content_files import Stamp, stamp
from bot.operations.serving import load_engine, reason_of
from bot.settings import Settings

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """Content as it was loaded, ``seen`` what its files looked like. Without an engine, ``problem`` says why."""

    engine: Engine | None
    seen: Stamp
    problem: str = ""


def open_content(settings: Settings) -> Opened:
    """Load the content. What cannot be loaded is no reason not to start: people get the emergency card meanwhile."""
    seen: Stamp = frozenset()  # as nothing looks, so that the files are looked at again
    try:
        seen = stamp(settings.content)
        return Opened(load_engine(settings), seen)
    except Exception as error:  # whatever is wrong with files
        problem = reason_of(error)
        _log.critical("The content cannot be loaded, so people get nothing but the emergency card. %s", problem)
        return Opened(None, seen, problem)
