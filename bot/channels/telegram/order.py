"""Turns of different chats side by side, turns of one chat one after the other, and no table that grows."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.channels.telegram import together
from bot.channels.telegram.together import Answerable

SLOWED_SECONDS: Final = 1.0
"""How long the chat of somebody who sends very much waits before each turn."""

Turn = Callable[[Sequence[Answerable]], Awaitable[bool | None]]
"""Answers what belongs together. False says that nothing could be sent, for as long as it was worth trying."""

Finished = Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Waiting:
    event: Answerable
    finished: Finished = field(repr=False)
    lost: Finished = field(repr=False)
    slowed: bool


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

    def add(self, event: Answerable, finished: Finished, lost: Finished | None = None, *, slowed: bool = False) -> None:
        """Queue ``event`` behind what waits in its chat; ``slowed`` lets it and what follows wait a moment longer.

        ``finished`` is called once its turn is over, and not at all if the turn was cut short. ``lost`` is called in
        its place if nothing could be sent.
        """
        line = self._lines.get(event.chat)
        if line is None:
            line = self._lines[event.chat] = deque()
            self.beside(self._work(event.chat, line))
        line.append(_Waiting(event, finished, lost or finished, slowed))

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
        sent = await self._turn([waiting.event for waiting in taken])
        for waiting in taken:
            (waiting.lost if sent is False else waiting.finished)()
