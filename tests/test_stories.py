"""Every story of tests/stories, told to the shipped content."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.checks.stories.names import Names
from bot.checks.stories.reading import read_stories
from bot.checks.stories.report import failed
from bot.checks.stories.running import run
from bot.dialogue.engine import Engine

FOLDER = Path(__file__).parent / "stories"
FILES = sorted(FOLDER.rglob("*.yaml"))


def test_there_are_stories() -> None:
    assert FILES


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(FOLDER)))
def test_stories(engine: Engine, file: Path) -> None:
    failures = []
    for story in read_stories(file, Names(engine.content)):
        failure, _ = run(engine, story)
        if failure is not None:
            failures.append(failed(story, failure))
    if failures:
        pytest.fail("\n\n".join(failures), pytrace=False)
