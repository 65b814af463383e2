"""The lines that findings stand on, and a caret below the place."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bot.content.errors import Place

WIDTH: Final = 96
"""Characters of a line that are shown; of a longer one, those around the place."""


class SourceLines:
    """Reads each content file at most once. A file that cannot be read (any more) has no lines."""

    def __init__(self) -> None:
        self._files: dict[Path, list[str]] = {}

    def excerpt(self, place: Place) -> tuple[str, str]:
        """The line at a place and, below it, the caret; both empty if there is no such line."""
        if place.path not in self._files:
            self._files[place.path] = _lines(place.path)
        lines = self._files[place.path]
        if not 0 < place.line <= len(lines):
            return "", ""
        line, caret = lines[place.line - 1].replace("\t", " "), place.column - 1
        indent = min(len(line) - len(line.lstrip()), max(caret, 0))
        start = indent if caret - indent < WIDTH else caret - WIDTH // 2
        cut = line[start : start + WIDTH].rstrip()
        return cut, " " * max(caret - start, 0) + "^"


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError:
        return []
