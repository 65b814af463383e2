"""Where the packs of content lie."""

from __future__ import annotations

from pathlib import Path
from typing import Final

BASE: Final = "base"
"""The name of the pack that travels with Waypost."""


def pack_folder(name: str) -> Path:
    """The folder of a pack: the one that travels with Waypost for ``base``, else the path itself."""
    if name != BASE:
        return Path(name)
    package = Path(__file__).parents[1]
    installed = package / BASE
    return installed if installed.is_dir() else package.parent
