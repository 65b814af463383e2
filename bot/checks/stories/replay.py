"""A way walked again, so that one can go on from where it ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.checks.stories import shorthand
from bot.checks.stories.names import Names
from bot.checks.stories.playing import NoButtonError, opening, take
from bot.checks.stories.reading import read_stories
from bot.checks.stories.story import Deed, Setting, Story, Turn
from bot.content.editions import offering
from bot.content.model import Content
from bot.dialogue.engine import Engine
from bot.dialogue.screen import Screen

_FILE = re.compile(r"(?P<path>.+\.ya?ml)(?::(?P<line>\d{1,9}))?(?::\d{1,9})?")


class ReplayError(ValueError):
    """What was asked for cannot be played. Its text says what to write."""


def find_story(asked: str, content: Content, now: datetime, *, at: datetime | None, language: str) -> Story:
    """The story that ``asked`` names: a line as in `shorthand`, a file with one story, or `file:line`.

    With a line the story ends at the turn that stands there. ``at`` and ``language`` outrank what the story says; a
    line of shorthand says neither and happens ``now``. Raises `ReplayError`, or `ContentError` with a file's mistakes.
    """
    form = _FILE.fullmatch(asked)
    if form is None:
        try:
            return shorthand.read(asked, content, Setting(at or now, language))
        except shorthand.ShorthandError as error:
            raise ReplayError(str(error)) from None
    stories = read_stories(Path(form["path"]), Names(content))
    story = _at_line(stories, int(form["line"])) if form["line"] else _only(stories, form["path"])
    setting = story.setting
    chosen = replace(setting, at=at or setting.at, language=language or setting.language)
    return replace(story, setting=chosen)


def replayed(engine: Engine, story: Story) -> Iterator[tuple[str, Screen]]:
    """What was done, in words (empty at the beginning), and the screen it led to; ends where a button is missing."""
    if _is_a_way(story) and story.setting.language:
        yield from _replayed_in_language(engine, story)
        return
    screen = None
    if story.start is not None:
        screen = opening(engine, story)
        yield "", screen
    for turn in story.turns:
        try:
            screen = take(engine, turn, screen, story.setting)
        except NoButtonError as error:
            if screen is not None:
                yield f"> {turn}\n\n{error} The replay ends here.", screen
            return
        except Exception as error:  # whoever replays a failure of the engine wants to see where it happened
            told = f"> {turn}\n\nThe engine failed: {type(error).__name__}: {error}. The replay ends here."
            yield told, screen or engine.start(story.setting.at, language=story.setting.language)
            return
        yield f"> {turn}", screen


def offered_whole(engine: Engine, language: str) -> Engine:
    """The engine as it would be if this language were offered whole, so that its screens can be looked at."""
    content = engine.content
    known = language in content.editions and not content.editions[language].whole
    return Engine(offering(content, [language]), engine.deployment) if known else engine


def _is_a_way(story: Story) -> bool:
    return story.place.path == Path("--replay")


def _replayed_in_language(engine: Engine, story: Story) -> Iterator[tuple[str, Screen]]:
    """A way whose labels are in the default language, as findings name them, or in the one that it is shown in."""
    setting = story.setting
    default = replace(setting, language="")
    plain = shown = None
    for turn in story.turns:
        try:
            plain, shown = _taken_in_both(engine, turn, plain, shown, default, setting)
        except NoButtonError as error:
            if shown is not None:
                yield f"> {turn}\n\n{error} The replay ends here.", shown
            return
        yield f"> {turn}", shown


def _taken_in_both(
    engine: Engine, turn: Turn, plain: Screen | None, shown: Screen | None, default: Setting, setting: Setting
) -> tuple[Screen, Screen]:
    """What a turn leads to, in the default language and in the one to show. Raises `NoButtonError`."""
    try:
        there = take(engine, turn, plain, default)
    except NoButtonError:
        reached = take(engine, turn, shown, setting)
        return engine.draw(reached.state._replace(language=""), setting.at), reached
    if turn.deed is Deed.TAKEN:  # what words may mean as well stands on the screen, and not in its state
        return there, take(engine, turn, shown, setting)
    return there, engine.draw(there.state._replace(language=setting.language), setting.at)


def _only(stories: tuple[Story, ...], path: str) -> Story:
    if len(stories) == 1:
        return stories[0]
    several = "\n".join(f"  {path}:{story.place.line}  {story.name}" for story in stories)
    raise ReplayError(f"{path} holds {len(stories)} stories. Name one by its line:\n{several}")


def _at_line(stories: tuple[Story, ...], line: int) -> Story:
    """The last story that begins at or before the line, up to the turn that stands there."""
    before = [story for story in stories if story.place.line <= line]
    if not before:
        return stories[0]
    story = before[-1]
    turns = tuple(turn for turn in story.turns if turn.place.line <= line)
    return replace(story, turns=turns) if turns else story
