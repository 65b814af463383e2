"""Stories run: each to its end, or to the first turn that does not go as told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.checks.stories.expecting import Miss, missed
from bot.checks.stories.playing import NoButtonError, opening, take
from bot.checks.stories.story import Story, Turn
from bot.content.model import StepId
from bot.dialogue.engine import Engine
from bot.dialogue.screen import Screen


@dataclass(frozen=True, slots=True)
class Failure:
    """The turn (counted from 1) that failed, and the screen there; ``reason`` where it could not be done at all."""

    number: int
    turn: Turn
    screen: Screen
    misses: tuple[Miss, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a story went, and the steps it came through. ``seconds`` is how long it took."""

    story: Story
    failure: Failure | None
    visited: frozenset[StepId]
    seconds: float = 0.0


def run(engine: Engine, story: Story) -> tuple[Failure | None, frozenset[StepId]]:
    """What failed, if anything, and the steps that were shown."""
    screen = opening(engine, story)
    visited = {screen.state.step}
    for number, turn in enumerate(story.turns, start=1):
        try:
            screen = take(engine, turn, screen, story.setting)
        except NoButtonError as error:
            return Failure(number, turn, screen, reason=str(error)), frozenset(visited)
        except Exception as error:  # a story that breaks the engine is a finding and not the end of the others
            reason = f"The engine failed: {type(error).__name__}: {error}"
            return Failure(number, turn, screen, reason=reason), frozenset(visited)
        visited.add(screen.state.step)
        if misses := missed(turn.expected, screen, engine.content):
            return Failure(number, turn, screen, misses), frozenset(visited)
    return None, frozenset(visited)


def run_all(engine: Engine, stories: tuple[Story, ...], seconds: Callable[[], float]) -> tuple[Outcome, ...]:
    """Every story. ``seconds`` is a clock that only goes forward, for telling how long each took."""
    outcomes = []
    for story in stories:
        before = seconds()
        failure, visited = run(engine, story)
        outcomes.append(Outcome(story, failure, visited, seconds() - before))
    return tuple(outcomes)
