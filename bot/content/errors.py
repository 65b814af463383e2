"""What is wrong with content, where, and what to do about it.

ContentError
    problems: every `Problem` of one load, in the order of the files' lines
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a content file. ``line`` and ``column`` count from 1; 0 means the file as a whole."""

    path: Path
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else str(self.path)


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where it is, what was found, and what to write instead. ``snippet`` is the line itself."""

    place: Place
    message: str
    hint: str = ""
    snippet: str = ""

    def __str__(self) -> str:
        lines = [f"{self.place}: {self.message}"]
        if self.snippet:
            shown = self.snippet.replace("\t", " ")[:100]
            lines += [f"    {shown}", f"    {' ' * (self.place.column - 1)}^"] if self.place.column <= 100 else []
        if self.hint:
            lines.append(f"    {self.hint}")
        return "\n".join(lines)


class ContentError(Exception):
    """Content that cannot be used. Its text lists every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: _order(problem.place)))
        count = len(self.problems)
        summary = "1 problem in the content" if count == 1 else f"{count} problems in the content"
        super().__init__("\n".join([*(str(problem) for problem in self.problems), summary]))


def _order(place: Place) -> tuple[str, int, int]:
    return (str(place.path), place.line, place.column)


def nearest(found: str, allowed: Iterable[str]) -> str:
    """A closing ``did you mean …`` for a name that does not exist, or the names there are when few."""
    names = sorted(allowed)
    close = difflib.get_close_matches(found, names, n=1, cutoff=0.6)
    if close:
        return f"Did you mean `{close[0]}`?"
    if names and len(names) <= 12:
        return f"Expected one of: {', '.join(names)}."
    return ""
