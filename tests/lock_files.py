"""What the lock files hold, for tests and tools."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
RUN: Final = "requirements.lock"
DEV: Final = "requirements-dev.lock"


def normalised(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(lock: str) -> dict[str, list[str]]:
    """The hashes of each ``name==version`` of a lock file."""
    requirements: dict[str, list[str]] = {}
    joined = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    for line in joined.splitlines():
        pinned = re.match(r"([A-Za-z0-9._-]+)==([^\s;]+)", line)
        assert pinned, f"{lock}: not a pinned requirement: {line[:60]}"
        requirements[f"{normalised(pinned[1])}=={pinned[2]}"] = re.findall(
            r"--hash=sha256:([0-9a-f]{64})(?:\s|$)", line
        )
    return requirements
