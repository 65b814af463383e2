"""Progress on a terminal: one line that is written over, and gone in the end. Elsewhere nothing."""

from __future__ import annotations

import shutil
from typing import TextIO


class Progress:
    """Call it with what is being done."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._shown = stream.isatty()

    def __call__(self, what: str) -> None:
        """Show ``what`` in place of what was shown before."""
        if self._shown:
            width = shutil.get_terminal_size().columns - 1
            self._stream.write(f"\r\x1b[K{what[:width]}")
            self._stream.flush()

    def done(self) -> None:
        """Clear the line."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
