"""WP807: in every language, a screen has the same buttons and services, and words on all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.spoken import Seen, Spoken
from bot.checks.subject import Subject
from bot.checks.translations import example_file
from bot.content.errors import Place
from bot.dialogue.screen import ButtonRole, Screen

FILE = "flows/locale/fr/waypost.po"

_OWN: Final = frozenset({ButtonRole.CHOICE, ButtonRole.ANSWER, ButtonRole.DETAILS})
"""What is there for the step's sake. The list of languages stands on more screens once several are offered."""


def look(subject: Subject) -> Iterator[Violation]:
    """Every screen beside the same one in the default language, and every emergency card by itself."""
    default = subject.spoken[0]
    for spoken in subject.spoken[1:]:
        for seen in spoken.at_views():
            if complaint := _wordless(seen.screen) or _missing(seen.screen, default.screens[seen.stand]):
                message = f"`{seen.step.id}` {complaint}"
                yield spoken.violation(seen.step.id, message, _place(seen, spoken), seen.stand)
        for card in spoken.cards:
            if complaint := _wordless(card):
                yield spoken.on_card(card, f"the emergency card {complaint}", "card_rest")


def _wordless(screen: Screen) -> str:
    """What of it has nothing to read; empty if nothing."""
    if not all(_has_words(button.label) for button in screen.buttons):
        return "has a button without words"
    paragraphs = (*screen.blocks, *screen.question, *(block for card in screen.cards for block in card.blocks))
    if not all(_has_words(block.plain) for block in paragraphs):
        return "has a paragraph without words"
    return "" if all(_has_words(card.name) for card in screen.cards) else "shows a service without a name"


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _missing(screen: Screen, default: Screen) -> str:
    services, wanted = [card.service for card in screen.cards], [card.service for card in default.cards]
    if services != wanted:
        return f"shows {', '.join(services) or 'no services'} instead of {', '.join(wanted) or 'none'}"
    if _roles(screen) != _roles(default):
        return "has other buttons than in the default language"
    return ""


def _roles(screen: Screen) -> Counter[ButtonRole]:
    return Counter(button.role for button in screen.buttons if button.role in _OWN)


def _place(seen: Seen, spoken: Spoken) -> Place:
    """The choice without words, if it is one; else where the step's words begin."""
    empty = next((button.label for button in seen.screen.buttons if not _has_words(button.label)), None)
    return spoken.place(seen.step) if empty is None else spoken.place_of_label(seen.step, empty)


RULE = Rule(
    code="WP807",
    severity=Severity.ERROR,
    title="In every language, a screen has the same buttons and services, with words on all of them",
    why="Telegram refuses a button without words, and with it the whole screen; on the web nobody would know what it "
    "does. Whoever reads another language needs the same help as everybody else.",
    fix="Write words into the translation, or leave it empty: then people read the English ones.",
    part=Part.SCREENS,
    look=look,
    breaks={FILE: example_file(("topic/second/choice:last/button", "That is all", "…"), reviewed_by="Camille Example")},
    mends={FILE: example_file()},
    silenceable=False,
)
