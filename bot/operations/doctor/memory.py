"""Checks that what people type, which is in memory for the length of a turn, reaches no disk from there."""

from __future__ import annotations

import ctypes
import resource
from pathlib import Path
from typing import Final

from bot.operations.doctor.finding import Finding, look, ok, wrong

_GET_DUMPABLE: Final = 3
"""``PR_GET_DUMPABLE`` of Linux: https://man7.org/linux/man-pages/man2/prctl.2.html."""

_IN_MEMORY: Final = "/dev/zram"
"""Devices that compress memory in memory, and reach no disk."""

_NO_SWAP: Final = (
    "Run `sudo swapoff -a`, and take the line with `swap` out of /etc/fstab. It may stay where it is encrypted, or "
    "where the bot runs as a service that may not use it: MemorySwapMax=0, or memswap_limit."
)


def swap(root: Path = Path("/")) -> Finding:
    """Whether the system may write memory to a disk. ``root`` is where the system's own files are."""
    try:
        lines = (root / "proc/swaps").read_text(encoding="utf-8").splitlines()[1:]
    except OSError:
        return ok("swap", "This system does not tell whether it writes memory to a disk.")
    on_disk = [line.split()[0] for line in lines if line.strip() and not line.startswith(_IN_MEMORY)]
    if not on_disk:
        return ok("swap", "This machine writes no memory to a disk.")
    if _forbidden_here(root):
        return ok("swap", "This machine has swap, but what runs here may not use it.")
    said = f"This machine may write memory to {', '.join(on_disk)}, and with it what somebody just typed."
    return look("swap", said, _NO_SWAP)


def _forbidden_here(root: Path) -> bool:
    groups = root / "sys/fs/cgroup"
    own = next(
        (line[3:].strip().lstrip("/") for line in _read(root / "proc/self/cgroup").splitlines() if line[:3] == "0::"),
        "",
    )
    if "0" in {_read(groups / own / "memory.swap.max"), _read(groups / "memory.swap.max")}:
        return True
    together = _read(groups / "memory/memory.memsw.limit_in_bytes")  # the older kind of control group
    return together != "" and together == _read(groups / "memory/memory.limit_in_bytes")


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def core_dumps() -> Finding:
    """Whether the system lets a program keep its memory to itself; `keep_memory_to_itself` has to come before."""
    return core_dumps_by(resource.getrlimit(resource.RLIMIT_CORE)[0], _dumpable())


def core_dumps_by(limit: int, dumpable: bool | None) -> Finding:
    """The verdict on the limit in bytes, and on whether the process may be dumped (None: the system does not tell)."""
    if limit == 0 and not dumpable:
        return ok("core dumps", "The bot forbids them to itself, and this system obeys.")
    remedy = "Turn them off: LimitCORE=0 in the service's unit, `ulimits: {core: 0}` in a compose file."
    return wrong("core dumps", "If the bot crashed, this system would write its memory to a file.", remedy)


def _dumpable() -> bool | None:
    try:
        return bool(ctypes.CDLL(None).prctl(_GET_DUMPABLE, 0, 0, 0, 0))
    except (OSError, AttributeError):
        return None
