"""Making much that stays, without Python looking through all of it for garbage again and again."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting_later() -> Iterator[None]:
    """Without garbage collection: loading and checking make hundreds of thousands of small things, none of which refer
    back to what holds them, and looking through all of them again and again takes a third of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def end_at_once() -> None:
    """Let this process end without Python looking through all that was loaded: a seventh of a short command."""
    atexit.register(gc.freeze)
