"""When a call that failed is made again: decided by the kind of the error."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from math import inf
from typing import Final, TypeVar

from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, TelegramError

from bot.channels.telegram.request import FloodError, NeverSentError, ServerTroubleError

FIRST_PAUSE: Final = 0.25
LONGEST_PAUSE: Final = 3.0
"""Seconds. Short, so that the end of an outage is noticed."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a call is worth repeating, in seconds from its first attempt."""

    answer: float = 10.0
    """Telegram forgets a press after about 15 seconds."""
    edit: float = 900.0
    """A quarter of an hour: somebody who pressed before an outage finds their page after it."""
    send: float = 900.0


def is_final(error: TelegramError) -> bool:
    """Whether Telegram refused the call itself, so that repeating it would change nothing."""
    return isinstance(error, BadRequest | Forbidden | ChatMigrated | Conflict)


def was_not_done(error: TelegramError) -> bool:
    """Whether the call was surely not carried out, so that even a message can be sent again without doubling it."""
    return isinstance(error, FloodError | ServerTroubleError | NeverSentError | InvalidToken)


def pause_before(attempt: int, error: TelegramError | None = None) -> float:
    """Seconds to wait before the attempt after number ``attempt``, counted from 0."""
    if isinstance(error, FloodError):
        return error.seconds
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(attempt, 10))


async def repeated(
    call: Callable[[], Awaitable[Result]],
    patience: float,
    may_repeat: Callable[[TelegramError], Awaitable[bool]],
    until: float = inf,
) -> Result:
    """Make ``call`` until it succeeds, ``patience`` runs out or ``may_repeat`` says no; then the last error is raised.

    It waits inside the turn of one chat, so nobody else is held up. ``until`` is a moment of the event loop's clock at
    which patience ends at the latest.
    """
    clock = asyncio.get_running_loop().time
    end = min(clock() + patience, until)
    attempt = 0
    while True:
        try:
            return await call()
        except TelegramError as error:
            pause = pause_before(attempt, error)
            if is_final(error) or clock() + pause > end or not await may_repeat(error):
                raise
        await asyncio.sleep(pause)
        attempt += 1
