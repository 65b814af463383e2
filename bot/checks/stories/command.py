"""The work of `test`: find the stories, run them, say how they went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from bot.checks.stories import report
from bot.checks.stories.coverage import coverage
from bot.checks.stories.files import NoStoriesError, story_files
from bot.checks.stories.junit import junit
from bot.checks.stories.names import Names
from bot.checks.stories.reading import read_stories
from bot.checks.stories.running import run_all
from bot.checks.stories.story import Story
from bot.content.errors import ContentError, Problem
from bot.dialogue.engine import Engine

PASSED, FAILED, COULD_NOT_RUN = 0, 1, 2


def run_stories(
    engine: Engine,
    paths: Sequence[Path],
    say: Callable[[str], None],
    seconds: Callable[[], float],
    *,
    junit_file: Path | None = None,
    missing: bool = False,
) -> int:
    """Run all stories in ``paths`` (none: the usual folder) and return the exit status.

    ``say`` prints a line or a paragraph; ``seconds`` is a clock that only goes forward. A file with mistakes does not
    keep the others from running, but the status is then `COULD_NOT_RUN`.
    """
    _ = engine.reader  # made ready before the clock starts: it is the same for one story and for a thousand
    begun = seconds()
    try:
        files = story_files(paths)
    except NoStoriesError as error:
        say(str(error))
        return COULD_NOT_RUN
    stories, unreadable = _read(files, Names(engine.content))
    outcomes = run_all(engine, stories, seconds)
    for problems in unreadable.values():
        say("\n".join(str(problem) for problem in problems))
        say("")
    for outcome in outcomes:
        if outcome.failure is not None:
            say(report.failed(outcome.story, outcome.failure))
            say("")
    say(report.summary(outcomes, seconds() - begun))
    say(report.uncovered(coverage(engine.content, outcomes), listed=missing))
    if unreadable:
        say(f"Not run, because of the mistakes above: {', '.join(unreadable)}.")
    if junit_file is not None:
        try:
            junit_file.write_text(junit(outcomes, unreadable), encoding="utf-8")
        except OSError as error:
            say(f"{junit_file} could not be written: {error.strerror or type(error).__name__}.")
            return COULD_NOT_RUN
    if unreadable:
        return COULD_NOT_RUN
    return FAILED if any(outcome.failure is not None for outcome in outcomes) else PASSED


def _read(files: Sequence[Path], names: Names) -> tuple[tuple[Story, ...], dict[str, tuple[Problem, ...]]]:
    stories: list[Story] = []
    unreadable: dict[str, tuple[Problem, ...]] = {}
    for file in files:
        try:
            stories.extend(read_stories(file, names))
        except ContentError as error:
            unreadable[str(file)] = error.problems
    return tuple(stories), unreadable
