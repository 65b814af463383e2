"""What a process holds for the length of a turn stays in it: no core dump, and no other program reads its memory."""

from __future__ import annotations

import contextlib
import ctypes
import resource
from typing import Final

_SET_DUMPABLE: Final = 4
"""``PR_SET_DUMPABLE`` of Linux: https://man7.org/linux/man-pages/man2/prctl.2.html."""


def keep_memory_to_itself() -> None:
    """Forbid core dumps of this process and of those forked from it, and reading its memory to everybody but root.

    The limit alone would not do: the system ignores it where dumps are handed to a program. Elsewhere than on Linux
    only the limit is set.
    """
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)
