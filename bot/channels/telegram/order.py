"""Turns of different chats side by side, turns of one chat one after the other, and no table that grows."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Final

from bot.channels.telegram import together
from bot.channels.telegram.together import Answerable

SLOWED_SECONDS: Final = 1.0
"""How long the chat of somebody who sends very much waits before each turn."""

RETRY_SECONDS: Final = 1.0
"""After how long it is worth trying again what could not be sent, where nobody says otherwise."""

MOST_WAITING: Final = 60
"""Events of one chat. More of them, behind a turn that Telegram makes wait, would keep polling from all others."""

AGAIN_PAUSES: Final = (2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0)
"""Seconds between one attempt and the next where nobody hands in again what could not be sent. So few because nobody
may know whether the last one arrived after all."""

Turn = Callable[[Sequence[Answerable], float], Awaitable[float | None]]
"""Answers what belongs together, until a moment of the event loop's clock. None says that it is done; a number, that
nothing could be sent, and after how many seconds it is worth trying again."""

Finished = Callable[[], None]
Lost = Callable[[float], None]
"""Is told after how many seconds it is worth trying again."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    event: Answerable
    finished: Finished = field(repr=False)
    lost: Lost | None = field(repr=False)
    slowed: bool
    until: float

    def ends(self, retry: float | None) -> None:
        """Its turn is over: None where it is answered."""
        if retry is None or self.lost is None:
            self.finished()
        else:
            self.lost(retry)


class ChatOrder:
    """Lets ``turn`` handle what waits in each chat. A chat has an entry here only while it is in work."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self._lines: dict[int, deque[_Waiting]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def chats_in_work(self) -> int:
        """How many chats have an entry right now."""
        return len(self._lines)

    def add(
        self,
        event: Answerable,
        finished: Finished,
        lost: Lost | None = None,
        *,
        slowed: bool = False,
        until: float = inf,
    ) -> None:
        """Queue ``event`` behind what waits in its chat; ``slowed`` lets it and what follows wait a moment longer.

        ``finished`` is called once its turn is over, and not at all if `finish` cut it short. ``lost`` (None:
        ``finished``) is called in its place if nothing could be sent by the moment ``until``, by the event loop's
        clock; from then on nothing is sent any more.
        """
        line = self._lines.get(event.chat)
        if line is None:
            line = self._lines[event.chat] = deque()
            self.beside(self._work(event.chat, line))
        line.append(_Waiting(event, finished, lost, slowed, until))
        if len(line) > MOST_WAITING:
            _shorten(line)

    def beside(self, work: Coroutine[object, object, None]) -> None:
        """Do something small beside the turns; `finish` waits for it too."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self, seconds: float) -> None:
        """Wait until everything in work is done, ``seconds`` at most; then cut the rest short."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _work(self, chat: int, line: deque[_Waiting]) -> None:
        try:
            await asyncio.sleep(0)  # what came in the same batch is in line by now
            while line:
                if line[0].slowed:
                    await self._work_slowly(line)
                    continue
                count = 1
                # What cannot be put together is answered one by one: a line that ended here would leave people waiting.
                with contextlib.suppress(Exception):
                    pause = together.pause_before(line[0].event)
                    if pause:
                        await asyncio.sleep(pause)
                    count = together.count_together([waiting.event for waiting in line])
                await self._answer([line.popleft() for _ in range(count)])
        finally:
            # No await between finding the line empty and this, so that nothing can be added to a line nobody reads.
            del self._lines[chat]

    async def _work_slowly(self, line: deque[_Waiting]) -> None:
        """One answer to a flood, or two: everything that waits by then is answered by them."""
        await asyncio.sleep(SLOWED_SECONDS)
        taken = [line.popleft() for _ in range(len(line))]
        turns = together.gathered([waiting.event for waiting in taken])
        answered = {place for turn in turns for place in turn}
        for turn in turns:
            await self._answer([taken[place] for place in turn])
        for place, waiting in enumerate(taken):
            if place not in answered:
                waiting.finished()

    async def _answer(self, taken: Sequence[_Waiting]) -> None:
        now = asyncio.get_running_loop().time()
        in_time = [waiting for waiting in taken if waiting.until > now]
        retry: float | None = RETRY_SECONDS
        if in_time:
            retry = await self._try(in_time)
            # Nobody else hands it in again, and whoever wrote must not be left without an answer.
            for pause in AGAIN_PAUSES if all(waiting.lost is None for waiting in in_time) else ():
                if retry is None:
                    break
                await asyncio.sleep(max(pause, retry))
                retry = await self._try(in_time)
        for waiting in taken:
            waiting.ends(retry if waiting.until > now else RETRY_SECONDS)

    async def _try(self, waiting: Sequence[_Waiting]) -> float | None:
        """One turn; as `Turn` where its time was over."""
        until = min(one.until for one in waiting)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(None if until == inf else until):
                return await self._turn([one.event for one in waiting], until)
        return RETRY_SECONDS


def _shorten(line: deque[_Waiting]) -> None:
    """Let go of what would not be answered by itself even after a flood; all words of the last messages stay."""
    waiting = [*line]
    kept = {place for turn in together.gathered([one.event for one in waiting]) for place in turn}
    line.clear()
    line.extend(one for place, one in enumerate(waiting) if place in kept)
    for place, one in enumerate(waiting):
        if place not in kept:
            one.finished()
