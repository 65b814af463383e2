"""WP805: a button fits on a phone in every language."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.rules.wp503_button_length import READABLE
from bot.checks.subject import Subject
from bot.checks.translations import example_file
from bot.content.translatable import TextRole

FILE = "flows/locale/fr/waypost.po"


def look(subject: Subject) -> Iterator[Violation]:
    """Every translated button: of a choice, of an answer, and of the engine's own."""
    texts = subject.translatable
    for language, translation in subject.content.translations.items():
        for id_, translated in translation.texts.items():
            text = texts[id_]
            is_button = text.role is TextRole.BUTTON or text.key.startswith("button_")
            if is_button and len(translated.text) > READABLE:
                message = f"{language}: `{id_}` has {len(translated.text)} characters; a phone shows {READABLE}"
                yield Violation(translated.place, message, f"{language}:{text.about}")


RULE = Rule(
    code="WP805",
    severity=Severity.WARNING,
    title=f"In every language, a button has at most {READABLE} characters",
    why="A small phone cuts off what is longer, and two buttons that differ only at the end look the same.",
    fix="Say it in fewer words; the note beside the text in the PO file tells how long it may be.",
    part=Part.CONTENT,
    look=look,
    breaks={FILE: example_file(("answer:age/under_13/button", "Under 13", "Je n'ai pas encore 13 ans révolus"))},
    mends={FILE: example_file()},
)
