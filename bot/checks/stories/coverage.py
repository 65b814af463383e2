"""Which steps no story comes through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.checks.stories.running import Outcome
from bot.content.model import Content, Step


@dataclass(frozen=True, slots=True)
class Coverage:
    """The content's steps that no story came through, in the order of the files, and how many there are in all."""

    missing: tuple[Step, ...]
    steps: int

    def __str__(self) -> str:
        if not self.missing:
            return f"Every one of {self.steps} steps is in one of these stories."
        verb = "is" if len(self.missing) == 1 else "are"
        return f"{len(self.missing)} of {self.steps} steps {verb} in none of these stories."


def coverage(content: Content, outcomes: Iterable[Outcome]) -> Coverage:
    """How much of ``content`` the stories came through, the failed ones up to where they failed."""
    visited = frozenset[object]().union(*(outcome.visited for outcome in outcomes))
    return Coverage(tuple(step for id_, step in content.steps.items() if id_ not in visited), len(content.steps))
