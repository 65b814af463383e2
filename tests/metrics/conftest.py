"""People who walk through the real content, and a clock that a test moves."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.observer import Turn, turn_of
from bot.dialogue.engine import Engine
from bot.dialogue.screen import ButtonRole, Screen
from bot.operations.metrics.counting import Counting, Words
from bot.operations.metrics.events import Noticing
from bot.settings import Settings

MORNING = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

FORWARDS = {ButtonRole.CHOICE, ButtonRole.ANSWER, ButtonRole.DETAILS, ButtonRole.EMERGENCY}


@dataclass
class Clock:
    """Stands still unless a test moves it."""

    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **amount: float) -> None:
        self.now += timedelta(**amount)


@dataclass
class Counted:
    """Counting as a process does it, on a clock of the test's."""

    counting: Counting
    clock: Clock
    noticing: Noticing
    turns: list[Turn] = field(default_factory=list)

    def tick(self) -> None:
        self.counting.tick()

    def samples(self) -> dict[str, float]:
        """What a scraper sees, line by line."""
        lines = self.counting.text().decode().splitlines()
        return {
            name: float(value)
            for name, _, value in (line.rpartition(" ") for line in lines if not line.startswith("#"))
        }


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def counted(engine: Engine, clock: Clock) -> Counted:
    return make_counted(engine, clock)


def make_counted(engine: Engine, clock: Clock, **settings: object) -> Counted:
    values = Settings(_env_file=None, **{"metrics_port": 0, **settings})  # type: ignore[arg-type]
    counting = Counting(values, lambda: engine.content, None, clock)
    return Counted(counting, clock, Noticing(Words(lambda: engine.content), counting.add))


def walk(engine: Engine, chance: random.Random, now: datetime, *, words: str = "") -> Iterator[Turn]:
    """One person's conversation: opened, perhaps something typed, then buttons pressed, now and then *Back*."""
    screen = engine.start(now)
    yield turn_of("telegram", screen, engine.content, chance.random() / 20, opened=True)
    if words:
        screen = engine.read(words, now, state=screen.state)
        yield turn_of("telegram", screen, engine.content, chance.random() / 20)
    for _ in range(chance.randrange(2, 9)):
        token = _pressed(screen, chance)
        if token is None:
            return
        screen = engine.press(token, now)
        yield turn_of("telegram", screen, engine.content, chance.random() / 20)


def _pressed(screen: Screen, chance: random.Random) -> str | None:
    wanted: Callable[[ButtonRole], bool] = FORWARDS.__contains__
    if chance.random() < 0.15:
        wanted = {ButtonRole.BACK, ButtonRole.START_AGAIN}.__contains__
    buttons = [button for button in screen.buttons if wanted(button.role)]
    return chance.choice(buttons).token if buttons else None
