"""What a person reads after `test`: each failure with its screen, then how many passed and what no story covers."""

from __future__ import annotations

import shlex
import textwrap
from collections.abc import Iterator, Sequence

from bot.checks.stories.coverage import Coverage
from bot.checks.stories.difference import difference
from bot.checks.stories.expecting import Miss
from bot.checks.stories.moments import in_words
from bot.checks.stories.running import Failure, Outcome
from bot.checks.stories.story import Deed, Story
from bot.content.model import Step


def failed(story: Story, failure: Failure) -> str:
    """One failure: the story, the turn's place, what is not as expected, the screen, and how to see it oneself."""
    place = failure.turn.place
    pressed = failure.reason and failure.turn.deed is Deed.PRESS
    marked = (Miss("buttons", failure.turn.words, ""),) if pressed else failure.misses
    return "\n".join(
        [
            f"FAILED  {story.name}",
            f"{place}: turn {failure.number} of {len(story.turns)}, {failure.turn}",
            *_reasons(failure),
            f"  {failure.screen.state.step}, {in_words(story.setting.at)} (- is missing, + should not be there):",
            "",
            difference(failure.screen, marked),
            "",
            f"  See it: python -m bot chat --replay {shlex.quote(f'{place.path}:{place.line}')}",
        ]
    )


def _reasons(failure: Failure) -> Iterator[str]:
    if failure.reason:
        yield textwrap.fill(failure.reason, 80, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
    for miss in failure.misses:
        wanted = f'"{miss.wanted}"' if miss.key in {"says", "not_says", "buttons", "not_buttons"} else miss.wanted
        said = f"{miss.key}: expected {wanted}, but {miss.found}"
        if miss.key.startswith("not_"):
            said = f"{miss.key}: {wanted}, but {miss.found}"
        yield textwrap.fill(said, 80, initial_indent="  ", subsequent_indent="      ", break_on_hyphens=False)


def summary(outcomes: Sequence[Outcome], seconds: float) -> str:
    """How many stories passed and failed, and how long they took together."""
    count = len(outcomes)
    failures = sum(outcome.failure is not None for outcome in outcomes)
    turns = sum(len(outcome.story.turns) for outcome in outcomes)
    told = f"{_counted(count, 'story', 'stories')}, {_counted(turns, 'turn', 'turns')}, {seconds:.2f} s"
    return f"{told}: {failures} failed, {count - failures} passed." if failures else f"{told}: all passed."


def uncovered(found: Coverage, *, listed: bool) -> str:
    """What no story covers: one line, or the line and each step with its place."""
    lines = [str(found)]
    if found.missing and not listed:
        lines[0] += " --missing lists them."
    if listed:
        lines.extend(f"  {_named(step)}" for step in found.missing)
    return "\n".join(lines)


def _named(step: Step) -> str:
    return f"{step.place}: {step.id}"


def _counted(count: int, one: str, many: str) -> str:
    return f"1 {one}" if count == 1 else f"{count} {many}"
