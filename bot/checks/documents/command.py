"""The work of `conversations` and `first-services`: which stories, which page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.checks.documents import conversations
from bot.checks.stories.files import story_files
from bot.checks.stories.names import Names
from bot.checks.stories.reading import read_stories
from bot.checks.stories.story import Story
from bot.content.errors import ContentError, Problem
from bot.dialogue.engine import Engine


def conversations_page(engine: Engine, paths: Sequence[Path], chosen: Path | None) -> str:
    """The stories in ``paths`` (none: the usual folder) as a page: those that the file ``chosen`` names, or all.

    Raises `ContentError` for stories that cannot be read or that press what is not there, and `NoStoriesError`.
    """
    names = Names(engine.content)
    problems: list[Problem] = []
    stories: list[Story] = []
    for file in story_files(paths):
        try:
            stories.extend(read_stories(file, names))
        except ContentError as error:
            problems.extend(error.problems)
    if problems:
        raise ContentError(problems)
    groups = conversations.chosen(chosen, stories) if chosen else conversations.by_file(stories)
    return conversations.page(engine, groups, _command(paths, chosen))


def _command(paths: Sequence[Path], chosen: Path | None) -> str:
    options = [f"--chosen {chosen}"] if chosen else []
    return " ".join(["python -m bot conversations", *map(str, paths), *options])
