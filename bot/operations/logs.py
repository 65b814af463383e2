"""Log lines for operators: when, how serious, where in the code, what kind of thing. Never who, or what was said.

An exception is logged by its type and the place it was raised at. Its message and traceback are dropped, because they
can hold what a person typed, an id, or the bot's token.
"""

from __future__ import annotations

import logging
import re
import sys
import time
import traceback
from pathlib import Path
from typing import Final, TextIO

_SECRETS: Final = re.compile(r"\d{5,}:[A-Za-z0-9_-]{30,}")
_QUIET: Final = ("httpx", "httpcore", "telegram", "aiohttp", "asyncio", "uvicorn")
"""Libraries that log addresses (which hold the token), updates or exceptions with their messages."""


class PrivateFormatter(logging.Formatter):
    """One line a record; exceptions by type and place; control characters and anything like a token removed."""

    converter = staticmethod(time.gmtime)

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%SZ")

    def formatException(self, ei: object) -> str:  # noqa: N802, ARG002 (logging's own name)
        """Nothing: the message already names type and place."""
        return ""

    def formatStack(self, stack_info: str) -> str:  # noqa: N802, ARG002 (logging's own name)
        """Nothing: a stack shows values."""
        return ""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        exception = record.exc_info[1] if record.exc_info else None
        place = f" ({describe(exception)})" if exception is not None else ""
        record = logging.makeLogRecord({**record.__dict__, "exc_info": None, "exc_text": None, "stack_info": None})
        line = _SECRETS.sub("[token]", super().format(record) + place)
        return "".join(character if character.isprintable() else " " for character in line)


def describe(exception: BaseException) -> str:
    """An exception's type and the place in the code that raised it, and nothing it says."""
    frames = traceback.extract_tb(exception.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(exception).__name__}{place}"


def configure(level: str, stream: TextIO | None = None) -> None:
    """Send all logging through `PrivateFormatter`. ``level`` is one of logging's names, for Waypost's own lines."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(PrivateFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("bot").setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    logging.raiseExceptions = False  # a failure to log must not print the record's values
