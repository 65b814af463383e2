"""From several processes that serve people to the one that counts: a pipe, in memory, that never holds anybody up.

What does not fit because nobody reads is dropped: a figure may be a little low, but no answer waits for it.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from typing import Final

from bot.operations.metrics.events import Event
from bot.operations.metrics.measures import UndeclaredError

ATOMIC: Final = 4096
"""A write of so many bytes arrives in one piece, whoever else writes (PIPE_BUF)."""

_CHUNK: Final = 1 << 16


class Pipe:
    """Made before the processes are forked; all of them inherit both ends."""

    def __init__(self) -> None:
        self._reading, self._writing = os.pipe()
        os.set_blocking(self._reading, False)
        os.set_blocking(self._writing, False)

    @property
    def reading(self) -> int:
        """The descriptor that becomes readable when there is something to `drain`."""
        return self._reading

    def tell(self, events: list[Event]) -> None:
        """Hand on the events of one turn, or lose them."""
        line = json.dumps(events, separators=(",", ":")).encode() + b"\n"
        if len(line) <= ATOMIC:
            with contextlib.suppress(OSError):
                os.write(self._writing, line)

    def close(self) -> None:
        """For a pipe that nobody uses any more."""
        for end in (self._reading, self._writing):
            os.close(end)


class Drain:
    """Reads what comes through a pipe and counts it."""

    def __init__(self, pipe: Pipe, add: Callable[[list[Event]], None]) -> None:
        self._pipe = pipe
        self._add = add
        self._begun = b""

    def __call__(self) -> None:
        """Take in what has arrived. What makes no sense, as after a process died in the middle, is left out."""
        with contextlib.suppress(BlockingIOError):
            *lines, self._begun = (self._begun + os.read(self._pipe.reading, _CHUNK)).split(b"\n")
            for line in lines:
                with contextlib.suppress(ValueError, TypeError, UndeclaredError):
                    self._add(
                        [Event(str(name), tuple(map(str, labels)), int(w)) for name, labels, w in json.loads(line)]
                    )
