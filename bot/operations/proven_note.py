"""What one of several processes has proven, told to the others through a page of memory that they share."""

from __future__ import annotations

import mmap
from typing import Final

_LENGTH: Final = 64
"""Characters of a content's fingerprint (SHA-256 in hexadecimal)."""


class ProvenNote:
    """The fingerprint of the content last proven. With ``shared``, for all processes forked from this one."""

    def __init__(self, *, shared: bool = False) -> None:
        self._page: mmap.mmap | bytearray = mmap.mmap(-1, _LENGTH) if shared else bytearray(_LENGTH)

    def write(self, fingerprint: str) -> None:
        """Note that this content is proven."""
        self._page[:_LENGTH] = fingerprint.encode("ascii").ljust(_LENGTH)[:_LENGTH]

    def knows(self, fingerprint: str) -> bool:
        """Whether this is the content last proven."""
        return self.read() == fingerprint != ""

    def read(self) -> str:
        """The fingerprint, empty if none was noted."""
        return bytes(self._page[:_LENGTH]).strip(b"\0 ").decode("ascii", "replace")
