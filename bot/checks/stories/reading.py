"""Story files in, checked stories out. A file holds one story, or a list of them under `stories`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.checks.stories.moments import MomentError, moment
from bot.checks.stories.names import Names, Position
from bot.checks.stories.story import Deed, Setting, Story, Turn
from bot.checks.stories.written import Channel, WrittenStories, WrittenStory, WrittenTurn
from bot.content.document import Document
from bot.content.errors import ContentError, Problem
from bot.content.validation import validated
from bot.content.yaml_document import read


def read_stories(path: Path, names: Names) -> tuple[Story, ...]:
    """The stories of one file. Raises `ContentError` with every mistake in it."""
    document = read(path)
    problems: list[Problem] = []
    stories = []
    seen: dict[str, int] = {}
    for at, story in _written(document):
        problems.extend(names.complaints(story, document, at))
        line = document.place(*at, "story", key=True).line
        if story.story in seen:
            message = f"this name stands twice; the first is on line {seen[story.story]}"
            problems.append(document.problem(message, *at, "story", hint="Give each story a name of its own."))
        seen.setdefault(story.story, line)
        try:
            stories.append(_story(document, at, story))
        except MomentError as error:
            problems.append(document.problem(f"`{story.at}` is no moment", *at, "at", hint=str(error)))
    if problems:
        raise ContentError(problems)
    return tuple(stories)


def _written(document: Document) -> Iterator[tuple[Position, WrittenStory]]:
    if isinstance(document.value, dict) and "stories" in document.value:
        for number, story in enumerate(validated(document, WrittenStories).stories):
            yield ("stories", number), story
    else:
        yield (), validated(document, WrittenStory)


def _story(document: Document, at: Position, written: WrittenStory) -> Story:
    setting = Setting(moment(written.at), written.language or "", remembers=written.channel is not Channel.TELEGRAM)
    turns = tuple(_turn(document, (*at, "turns", number), turn) for number, turn in enumerate(written.turns))
    return Story(written.story, setting, written.start or "", turns, document.place(*at, "story", key=True))


def _turn(document: Document, here: Position, written: WrittenTurn) -> Turn:
    done = ((Deed.TYPE, written.type), (Deed.PRESS, written.press), (Deed.OPEN, written.open))
    deed, words = next(((deed, words) for deed, words in done if words is not None), (Deed.TYPE, ""))
    return Turn(deed, words, document.place(*here), written.expect)
