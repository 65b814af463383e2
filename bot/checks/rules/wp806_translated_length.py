"""WP806: every screen fits into one Telegram message in every language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.rules.wp501_telegram_length import LIMIT, characters
from bot.checks.spoken import Seen, Spoken
from bot.checks.subject import Subject
from bot.checks.translations import example_file
from bot.content.errors import Place
from bot.content.text import written
from bot.dialogue.rendering.telegram_html import render
from bot.dialogue.screen import Screen

FILE = "flows/locale/fr/waypost.po"


_AROUND_CARD: Final = 100
"""Characters of a card besides what it says: its name, and until when it is open."""


def look(subject: Subject) -> Iterator[Violation]:
    """Every screen drawn in the language as people get it, and the emergency card of whoever gets no more."""
    for spoken in subject.spoken[1:]:
        for seen in spoken.at_views():
            if (length := _length(seen.screen)) > LIMIT:
                message = f"`{seen.step.id}` has {length:,} characters; {LIMIT:,} leave room for a notice"
                yield spoken.violation(seen.step.id, message, _longest(seen, spoken), seen.stand)
        for card in spoken.cards:
            if (length := _length(card)) > LIMIT:
                message = f"the emergency card has {length:,} characters; {LIMIT:,} leave room for a notice"
                yield spoken.on_card(card, message, "notice_immediate")


def _length(screen: Screen) -> int:
    """As `characters` counts; none where there is so little that it cannot be too much."""
    blocks = (*screen.blocks, *screen.question, *(block for card in screen.cards for block in card.blocks))
    said = sum(len(span.text) for block in blocks for line in block.lines for span in line)
    if said + _AROUND_CARD * len(screen.cards) < LIMIT // 3:  # twice as much in UTF-16, and signs for lists between
        return 0
    sent = render(screen)
    return characters(sent) if len(sent.encode()) > LIMIT else 0


def _longest(seen: Seen, spoken: Spoken) -> Place:
    """The longest line of the step: what there is to shorten."""
    words = spoken.edition.steps[seen.step.id].say
    line = max(range(len(words)), key=lambda index: len(written(words[index].template)), default=None)
    return spoken.place(seen.step) if line is None else spoken.place_of_line(seen.step, seen.step.say[line])


_ENDLESS = "Prenez tout votre temps. " * 160

RULE = Rule(
    code="WP806",
    severity=Severity.ERROR,
    title="In every language, a screen fits into one Telegram message",
    why="Telegram refuses a message that is too long: the person would press a button and get no answer at all.",
    fix="Translate in fewer words, or divide the step in two.",
    part=Part.SCREENS,
    look=look,
    breaks={
        FILE: example_file(
            (
                "topic/second/say",
                "You are doing well. One small step is enough.",
                _ENDLESS.strip(),
            ),
            reviewed_by="Camille Example",
        )
    },
    mends={FILE: example_file()},
    silenceable=False,
)
