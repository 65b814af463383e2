"""How many connections a process may take in, by the file handles that its system gives it.

Whoever opens many and says nothing would otherwise use up the handles without which nobody can be answered.
"""

from __future__ import annotations

from typing import Final

KEPT_BACK: Final = 256
"""Handles for everything but those who connect: the calls to Telegram, of which there are 200 at most, and files."""

FEWEST: Final = 16


def connections_within_handles(most: int) -> int:
    """As many of ``most`` connections as there are handles for, once this process has let itself have more of them.

    Systems begin with few (a soft limit of 1,024 is usual) and let a process take more, up to a hard limit.
    """
    try:
        import resource
    except ImportError:  # not every system has it
        return most
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = most + KEPT_BACK
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return most if soft == resource.RLIM_INFINITY else max(FEWEST, min(most, soft - KEPT_BACK))
