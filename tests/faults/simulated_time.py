"""An event loop on which ten minutes pass in a moment: where nobody has anything to do, the clock jumps to what comes.

Everything that takes part must live on this loop, real sockets included, and wait by its clock.
"""

from __future__ import annotations

import asyncio
import os
import selectors
from collections.abc import Coroutine, Mapping
from typing import Any, Final

_LOOKS: Final = 3
"""How often to look whether anything has arrived; between two sockets of this machine it has as soon as it is sent."""


class _Jumping(selectors.BaseSelector):
    """A selector that does not wait: ``skipped`` is how many seconds it has left out."""

    def __init__(self) -> None:
        self._real = selectors.DefaultSelector()
        self.skipped = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None or timeout <= 0:
            return self._real.select(timeout)
        for _ in range(_LOOKS):
            if ready := self._real.select(0):
                return ready
            os.sched_yield()
        self.skipped += timeout
        return []

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._real.register(fileobj, events, data)

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        return self._real.unregister(fileobj)

    def modify(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._real.modify(fileobj, events, data)

    def close(self) -> None:
        self._real.close()

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        return self._real.get_map()


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        return super().time() + self._jumping.skipped


def in_simulated_time(main: Coroutine[Any, Any, None]) -> None:
    """Run ``main`` to its end."""
    with asyncio.Runner(loop_factory=_Loop) as runner:
        runner.run(main)
