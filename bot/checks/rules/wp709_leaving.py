"""WP709: only a message that says nothing else clears the screen."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.dialogue.places import LEAVE


def look(subject: Subject) -> Iterator[Violation]:
    """Every intent that leads to the empty screen."""
    for intents in subject.content.intents.values():
        for intent in intents:
            if intent.target == LEAVE and not intent.whole:
                message = f"a phrase of `{intent.id}` within a longer message clears the screen"
                yield Violation(intent.place, message, intent.id)


RULE = Rule(
    code="WP709",
    severity=Severity.ERROR,
    title="Only a message that says nothing else clears the screen",
    why="“He won't stop” holds the word stop. Whoever writes that needs help, not an empty screen.",
    fix="Add `whole: true` to the intent.",
    part=Part.CONTENT,
    look=look,
    breaks={
        "flows/phrases/en.yaml": ("intents:\n", "intents:\n  goodbye: {go: leave, phrases: [stop, bye]}\n"),
    },
    mends={
        "flows/phrases/en.yaml": (
            "intents:\n",
            "intents:\n  goodbye: {go: leave, whole: true, phrases: [stop, bye]}\n",
        ),
    },
)
