"""Whether what a hazard log names is there and works: checks by their codes, tests and stories by their names."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from bot.checks.properties import Property
from bot.checks.stories.running import run
from bot.checks.stories.story import Story
from bot.content.document import Document
from bot.content.errors import Problem, nearest
from bot.dialogue.engine import Engine
from tests.tools.safety_case.hazards import Control, HazardLog

_NEVER_RUN: Final = {"skip", "xfail"}
"""Marks under which a test can no longer fail. `skipif` depends on the machine and is allowed."""


class Evidence:
    """Everything that a control may name."""

    def __init__(
        self, properties: Sequence[Property], repository: Path, engine: Engine, stories: Sequence[Story]
    ) -> None:
        self._codes = {found.code for found in properties}
        self._repository = repository
        self._engine = engine
        self.stories = {story.name: story for story in stories}

    def problems(self, log: HazardLog, document: Document) -> list[Problem]:
        """Every control that names something which does not exist, cannot fail or fails now."""
        found = []
        for number, hazard in enumerate(log.hazards):
            for index, control in enumerate(hazard.controls):
                for key, position, message, hint in self._complaints(control):
                    path = ("hazards", number, "controls", index, key, position)
                    found.append(document.problem(f"{hazard.id}: {message}", *path, hint=hint))
        return found

    def _complaints(self, control: Control) -> Iterator[tuple[str, int, str, str]]:
        for position, code in enumerate(control.checks):
            if code not in self._codes:
                yield "checks", position, f"there is no check {code}", "docs/checks.md has them all."
        for position, name in enumerate(control.tests):
            if complaint := self._test(name):
                yield "tests", position, *complaint
        for position, name in enumerate(control.stories):
            if complaint := self._story(name):
                yield "stories", position, *complaint

    def _test(self, name: str) -> tuple[str, str] | None:
        path, _, function = name.partition("::")
        file = self._repository / path
        if not file.is_file():
            return f"there is no file {path}", "Name a test as tests/folder/test_file.py::test_name."
        tests = _tests(file)
        if function not in tests:
            return f"{path} has no test {function}", nearest(function, tests) or "Find what holds this control now."
        if not tests[function]:
            return f"{function} in {path} is skipped", "A test that never runs holds nothing: mend it, or name another."
        return None

    def _story(self, name: str) -> tuple[str, str] | None:
        story = self.stories.get(name)
        if story is None:
            return f"there is no story `{name}`", nearest(name, self.stories)
        failure, _ = run(self._engine, story)
        if failure is not None:
            return f"the story `{name}` fails", f"See it: python -m bot test {story.place.path}"
        return None


@cache
def _tests(file: Path) -> dict[str, bool]:
    """The tests of a file, and whether they run."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    whole_file_runs = not any(
        isinstance(node, ast.Assign)
        and any(isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets)
        and _names(node.value) & _NEVER_RUN
        for node in tree.body
    )
    return {
        node.name: whole_file_runs and not any(_names(mark) & _NEVER_RUN for mark in node.decorator_list)
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    }


def _names(node: ast.expr) -> set[str]:
    return {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
