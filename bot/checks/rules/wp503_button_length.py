"""WP503: buttons can be read on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.checks.words.wording import Role

READABLE: Final = 30
"""Characters. More than 60 in a choice are refused when it is loaded."""


def look(subject: Subject) -> Iterator[Violation]:
    """Every label: of choices, of answers and of the engine's own buttons. WP805 looks at translations."""
    for label in subject.wordings:
        if label.role is Role.LABEL and not label.translated and len(label.text) > READABLE:
            message = f"the button `{label.text}` has {len(label.text)} characters; a phone shows {READABLE}"
            yield Violation(label.place, message, label.about)


RULE = Rule(
    code="WP503",
    severity=Severity.WARNING,
    title=f"Buttons have at most {READABLE} characters",
    why="A small phone cuts a longer button off, and people cannot tell what it is that they agree to.",
    fix="Say it shorter. What needs more words belongs into the question above the buttons.",
    part=Part.CONTENT,
    look=look,
    breaks={
        "flows/topic.yaml": (
            "label: That is all,",
            "label: That is all that I wanted to know today,",
        )
    },
    mends={"flows/topic.yaml": ("label: That is all,", "label: That is all for today,")},
)
