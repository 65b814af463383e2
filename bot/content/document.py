"""What was read from a file, and where everything in it stands. Reading is up to `bot.content.yaml_document`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.content.errors import Place, Problem

Path_ = tuple[str | int, ...]
"""Where a value stands in its document: keys and list positions from the root."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file's content as plain Python values, and where each key and value stands."""

    path: Path
    value: Any
    lines: tuple[str, ...]
    keys: dict[Path_, Place] = field(default_factory=dict)
    values: dict[Path_, Place] = field(default_factory=dict)
    further: dict[Path, tuple[str, ...]] = field(default_factory=dict)
    """The lines of other files that parts of this one come from (see `bot.content.changes`)."""

    def bare(self) -> Document:
        """Without what it says, for whoever has that in another form. Places stay, as far as they were noted."""
        return replace(self, value=None, lines=(), further={})

    def place(self, *path: str | int, key: bool = False) -> Place:
        """Where ``path`` stands, or the nearest thing around it. ``key`` prefers the key to its value."""
        first, second = (self.keys, self.values) if key else (self.values, self.keys)
        while path:
            if found := first.get(path) or second.get(path):
                return found
            path = path[:-1]
        return self.values.get((), Place(self.path, 1, 1))

    def problem(self, message: str, *path: str | int, hint: str = "", key: bool = False) -> Problem:
        """A `Problem` at ``path`` with the line it stands on."""
        place = self.place(*path, key=key)
        lines = self.lines if place.path == self.path else self.further.get(place.path, ())
        return Problem(place, message, hint, lines[place.line - 1] if 0 < place.line <= len(lines) else "")
