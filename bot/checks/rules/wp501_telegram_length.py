"""WP501: every screen fits into one Telegram message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.dialogue.rendering.telegram_html import MAXIMUM_CHARACTERS, render

ROOM: Final = 300
"""Left for a notice above the screen and for longer opening times at another hour."""

LIMIT: Final = MAXIMUM_CHARACTERS - ROOM
"""The most characters that a screen may have."""

_TAG: Final = re.compile(r"<[^>]*>")


def look(subject: Subject) -> Iterator[Violation]:
    """Every screen, as it is sent."""
    for stand, sighting, step in subject.exploration.at_views():
        sent = render(sighting.screen)
        if len(sent.encode()) <= LIMIT:  # never fewer bytes than characters
            continue
        length = characters(sent)
        if length > LIMIT:
            yield Violation(
                step.place,
                f"`{step.id}` has {length:,} characters; {LIMIT:,} leave room for a notice above it",
                str(step.id),
                subject.exploration.situation(stand),
            )


def characters(sent: str) -> int:
    """How long a message is, as Telegram counts: UTF-16 units of the text after its tags are read."""
    return len(unescape(_TAG.sub("", sent)).encode("utf-16-le")) // 2


_ENDLESS = "Take your time, there is no hurry. " * 110

RULE = Rule(
    code="WP501",
    severity=Severity.ERROR,
    title=f"Every screen fits into one Telegram message, with {ROOM} characters to spare",
    why="Telegram refuses a message that is too long: the person would press a button and get no answer at all.",
    fix="Divide the step in two, or show fewer services on it.",
    part=Part.SCREENS,
    look=look,
    breaks={"flows/topic.yaml": ("One small step is enough.", f"One small step is enough. {_ENDLESS.strip()}")},
    mends={"flows/topic.yaml": ("One small step is enough.", "One small step is enough. Take your time.")},
    silenceable=False,
)
