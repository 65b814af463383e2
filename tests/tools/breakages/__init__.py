"""Small breaks of the program, at least one for each promise of docs/promises.md."""

from __future__ import annotations

from typing import Final

from tests.tools.breakages import kept_and_shown, turned, unbroken
from tests.tools.breakages.breakage import Breakage

BREAKAGES: Final[tuple[Breakage, ...]] = (
    *kept_and_shown.BREAKAGES,
    *unbroken.BREAKAGES,
    *turned.BREAKAGES,
)

__all__ = ["BREAKAGES", "Breakage"]
