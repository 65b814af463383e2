"""The text of a screen is written once for all who meet it in its minute, and is always what it would be anew."""

from __future__ import annotations

import gc
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.channels.telegram.remembered import Texts
from bot.dialogue.engine import Engine
from bot.dialogue.rendering.telegram_html import render
from bot.dialogue.screen import Screen

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def walked(engine: Engine, now: datetime) -> list[Screen]:
    """Two people's screens: the menu, what each of its buttons leads to, and what is a step further."""
    screens = []
    for _ in range(2):
        menu = engine.start(now)
        further = [engine.press(button.token, now) for button in menu.buttons]
        screens += [menu, *further]
        screens += [engine.press(button.token, now) for screen in further for button in screen.buttons]
    return screens


def test_every_screen_has_the_text_it_would_have_anew(engine: Engine) -> None:
    texts = Texts()
    screens = walked(engine, NOW)
    assert len([screen for screen in screens if screen.sketch is not None]) > 20
    for screen in screens * 2:
        assert texts.of(screen) == render(screen)


def test_what_is_put_before_or_behind_a_screen_is_said_and_not_remembered(engine: Engine) -> None:
    texts = Texts()
    screen = next(screen for screen in reversed(walked(engine, NOW)) if screen.sketch is not None and screen.blocks)
    for changed in (replace(screen, blocks=screen.blocks * 2), screen, replace(screen, cards=()), screen):
        assert texts.of(changed) == render(changed)


def test_nothing_outlives_its_minute(engine: Engine) -> None:
    texts = Texts()
    for screen in walked(engine, NOW):
        texts.of(screen)
    assert len(texts._known) > 0
    later = NOW + timedelta(minutes=1)
    engine.start(later)
    del screen
    gc.collect()
    assert len(texts._known) == 0
