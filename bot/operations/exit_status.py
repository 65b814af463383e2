"""How a process that serves says that it did not end well."""

from __future__ import annotations

from typing import Final

FAILED: Final = 1
COULD_NOT_RUN: Final = 2
"""Wrong settings, or an address that cannot be had."""
