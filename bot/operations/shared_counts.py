"""Counts of floods that several replicas share, in Valkey or Redis: optional, and nothing waits for it.

Each process judges by what it has counted itself, and adds it a few times a second to what all have counted. Whoever
has sent too much over all of them is marked here as well. When the server cannot be reached, each judges by itself.

What is written there are small numbers under names that are keyed hashes and expire within half a minute. The key must
be the same in all replicas and lie nowhere: it is made from the bot's token and the minute. Whoever holds the token and
sees the server's memory could try out ids for as long as a name lasts; nobody else can.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import time
from collections.abc import Callable
from hashlib import blake2b, sha256
from typing import Final

from valkey.asyncio import Valkey

from bot.channels.limits import MOST, WINDOW_SECONDS, Flood, Verdict

BEAT_SECONDS: Final = 0.2
ANSWER_SECONDS: Final = 1.0
LONGEST_PAUSE: Final = 30.0
EXPIRY_SECONDS: Final = int(2 * WINDOW_SECONDS) + 5
_MOST_WAITING: Final = 10_000

_log = logging.getLogger(__name__)


class SharedFlood(Flood):
    """A `Flood` that knows what other replicas have counted. ``wall`` is the time that all replicas agree on."""

    def __init__(
        self,
        address: str,
        secret: str,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(clock)
        self._address = address
        self._secret = secret.encode()
        self._wall = wall
        self._waiting: dict[tuple[str, int], int] = {}
        self._shared_key: tuple[int, bytes] = (-1, b"")
        self.reachable = False

    def hit(self, who: bytes) -> Verdict:
        """Count here, and take note for the others."""
        place = (self._name(who), self.place_of(who))
        if len(self._waiting) < _MOST_WAITING:
            self._waiting[place] = self._waiting.get(place, 0) + 1
        return super().hit(who)

    async def share(self) -> None:
        """Exchange counts until cancelled. Never raises for a server that is not there."""
        pause = BEAT_SECONDS
        server = Valkey.from_url(
            self._address, socket_timeout=ANSWER_SECONDS, socket_connect_timeout=ANSWER_SECONDS, retry=None
        )
        try:
            while True:
                await asyncio.sleep(pause)
                try:
                    async with asyncio.timeout(2 * ANSWER_SECONDS):
                        await self._exchange(server)
                except Exception as error:  # what is no such server may answer anything
                    pause = min(LONGEST_PAUSE, 2 * pause)
                    self._waiting.clear()
                    self._note(reachable=False, why=type(error).__name__)
                else:
                    pause = BEAT_SECONDS
                    self._note(reachable=True)
        finally:
            await server.aclose()

    async def _exchange(self, server: Valkey) -> None:
        waiting, self._waiting = self._waiting, {}
        now = self._wall()
        window, passed = divmod(now, WINDOW_SECONDS)
        pipeline = server.pipeline(transaction=False)
        for (name, _), number in waiting.items():
            pipeline.incrby(f"waypost:{int(window)}:{name}", number)
            pipeline.expire(f"waypost:{int(window)}:{name}", EXPIRY_SECONDS)
            pipeline.get(f"waypost:{int(window) - 1}:{name}")
        if not waiting:
            if not self.reachable:
                await server.ping()
            return
        answers = await pipeline.execute()
        left = 1.0 - passed / WINDOW_SECONDS
        for number, (_, place) in enumerate(waiting):
            counted, _, before = answers[3 * number : 3 * number + 3]
            if int(counted) + int(before or 0) * left > MOST:
                self.mark(place)

    def _name(self, who: bytes) -> str:
        """What ``who`` is called on the server for this minute and the next."""
        minute = int(self._wall() // 60)
        if self._shared_key[0] != minute:
            self._shared_key = (minute, hmac.new(self._secret, b"waypost flood %d" % minute, sha256).digest())
        return blake2b(who, digest_size=12, key=self._shared_key[1]).hexdigest()

    def _note(self, *, reachable: bool, why: str = "") -> None:
        if reachable and not self.reachable:
            _log.info("Floods are counted together with the other replicas.")
        elif not reachable and self.reachable:
            _log.warning("The shared counts cannot be reached (%s). Floods are counted here alone.", why)
        self.reachable = reachable
