"""Log lines for operators: when, how serious, where in the code, what kind of thing. Never who, or what was said.

Every line goes through one filter, whatever it looks like in the end: of a record only the fields in `FIELDS` are left.
An exception is logged by its type and the place it was raised at. Its message and traceback are dropped, because they
can hold what a person typed, an id, or the bot's token.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
import traceback
from pathlib import Path
from typing import Final, TextIO

_SECRETS: Final = re.compile(r"\d{5,}:[A-Za-z0-9_-]{30,}")
_QUIET: Final = ("httpx", "httpcore", "telegram", "asyncio", "uvicorn", "starlette", "valkey")
"""Libraries that log addresses (which hold the token), updates or exceptions with their messages."""


FIELDS: Final = ("time", "level", "part", "message", "error", "worker")
"""All that a line may say. ``error`` is an exception's type and place, ``worker`` which of several processes it is."""


class PrivateFormatter(logging.Formatter):
    """One line a record; exceptions by type and place; control characters and anything like a token removed."""

    converter = staticmethod(time.gmtime)

    def __init__(self, form: str = "console", worker: int | None = None) -> None:
        super().__init__(datefmt="%Y-%m-%dT%H:%M:%SZ")
        self._as_json = form == "json"
        self._worker = worker

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        fields = self.fields(record)
        if self._as_json:
            return json.dumps({name: fields[name] for name in FIELDS if name in fields}, ensure_ascii=False)
        error = f" ({fields['error']})" if "error" in fields else ""
        worker = f" worker {fields['worker']}" if "worker" in fields else ""
        return f"{fields['time']} {fields['level']}{worker} {fields['part']}: {fields['message']}{error}"

    def fields(self, record: logging.LogRecord) -> dict[str, str | int]:
        """What a line may say of a record: extra fields, stacks and messages of exceptions are let go."""
        fields: dict[str, str | int] = {
            "time": self.formatTime(record, self.datefmt),
            "level": record.levelname,
            "part": _clean(record.name),
            "message": _clean(record.getMessage()),
        }
        exception = record.exc_info[1] if record.exc_info else None
        if exception is not None:
            fields["error"] = _clean(describe(exception))
        if self._worker is not None:
            fields["worker"] = self._worker
        return fields


def _clean(text: str) -> str:
    without = _SECRETS.sub("[token]", text)
    return "".join(character if character.isprintable() else " " for character in without)


def describe(exception: BaseException) -> str:
    """An exception's type and the place in the code that raised it, and nothing it says."""
    frames = traceback.extract_tb(exception.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(exception).__name__}{place}"


def configure(level: str, stream: TextIO | None = None, *, form: str = "console", worker: int | None = None) -> None:
    """Send all logging through `PrivateFormatter`. ``level`` is one of logging's names, for Waypost's own lines.

    ``form`` is ``console`` or ``json``, one object a line.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(PrivateFormatter(form, worker))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("bot").setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    logging.raiseExceptions = False  # a failure to log must not print the record's values
