"""Moments as authors write them: `2026-03-01T02:00`, in UK time unless an offset says otherwise."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

UNITED_KINGDOM: Final = ZoneInfo("Europe/London")

_FORM = re.compile(r"20\d\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?", re.ASCII)


class MomentError(ValueError):
    """No moment that there is. Its text says what to write."""


def moment(written: str) -> datetime:
    """The moment, in UTC. Of the hour that comes twice in October, the first. Raises `MomentError`."""
    if not _FORM.fullmatch(written):
        raise MomentError("Write a moment of this century such as 2026-12-25T03:00, in UK time.")
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        raise MomentError("There is no such day or time; write one such as 2026-12-25T03:00.") from None
    if found.tzinfo is not None:
        return found.astimezone(UTC)
    local = found.replace(tzinfo=UNITED_KINGDOM)
    if not _exists(local):
        raise MomentError("That hour does not exist: the clocks went from 01:00 to 02:00. Choose 00:59 or 02:00.")
    return local.astimezone(UTC)


def written(at: datetime) -> str:
    """The moment as `moment` reads it, to the minute; with an offset only where the UK time alone would mislead."""
    local = at.astimezone(UNITED_KINGDOM).replace(second=0, microsecond=0)
    bare = local.replace(tzinfo=None)
    first = bare.replace(tzinfo=UNITED_KINGDOM, fold=0)
    offset = "" if first.utcoffset() == local.utcoffset() else f"{local:%z}"
    return f"{bare:%Y-%m-%dT%H:%M}{offset[:3]}:{offset[3:]}" if offset else f"{bare:%Y-%m-%dT%H:%M}"


def in_words(at: datetime) -> str:
    """The moment for a report: `Sunday 1 March 2026, 02:00 GMT`."""
    local = at.astimezone(UNITED_KINGDOM)
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M %Z}"


def _exists(local: datetime) -> bool:
    return local.astimezone(UTC).astimezone(UNITED_KINGDOM).replace(tzinfo=None) == local.replace(tzinfo=None)
