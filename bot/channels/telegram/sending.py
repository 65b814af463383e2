"""How fast new messages may go out, so that Telegram need not refuse any.

About 30 messages a second over all chats, and one a second in a chat after a few at once
(https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this). Changing a page and answering a press
are not counted there. Whoever must wait does so in the turn of their own chat.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from hashlib import blake2b
from typing import Final

from bot.channels.limits import Pace

OVERALL_PER_SECOND: Final = 30.0
OVERALL_BURST: Final = 30
CHAT_PER_SECOND: Final = 1.0
CHAT_BURST: Final = 3
_PLACES: Final = 1 << 14


class Sending:
    """The pace of new messages of this process. Chats are known by a keyed hash alone."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._overall = Pace(OVERALL_PER_SECOND, OVERALL_BURST)
        self._chats = Pace(CHAT_PER_SECOND, CHAT_BURST, _PLACES)

    async def turn(self, chat: int) -> None:
        """Wait until a message may go to this chat."""
        hashed = blake2b(str(chat).encode(), digest_size=4, key=self._key).digest()
        pause = self._chats.wait(self._clock(), int.from_bytes(hashed))
        if pause:
            await asyncio.sleep(pause)
        pause = self._overall.wait(self._clock())
        if pause:
            await asyncio.sleep(pause)

    def forget(self) -> None:
        """Drop what tells of chats that may be written to again."""
        self._chats.forget(self._clock())
