"""WP402: what young people read can be read at nine, if it can be managed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.rules import wp401_reading_age
from bot.checks.subject import Subject
from bot.checks.words.young_texts import measured_texts

GOAL: Final = 9
"""Years of age."""


def look(subject: Subject) -> Iterator[Violation]:
    """Screens only: what a service does is said in its own terms."""
    for measured in measured_texts(subject):
        if measured.is_step and GOAL < measured.age <= wp401_reading_age.LIMIT:
            message = f"{measured.what} takes a reading age of {measured.age:.1f} years; {GOAL} is the goal"
            yield Violation(measured.place, message, measured.about)


RULE = Rule(
    code="WP402",
    severity=Severity.WARNING,
    title="What young people read takes a reading age of nine",
    why="Many who come are younger than eleven, read little, or read in a second language.",
    fix="Make the sentences shorter, and use everyday words with fewer syllables.",
    part=Part.CONTENT,
    look=look,
    breaks={
        "flows/topic.yaml": (
            "One small step is enough.",
            "Sometimes you need to tell several people before somebody understands. That is never because of anything "
            "you did. You decide who to talk to, and whether this is the moment.",
        )
    },
    mends={
        "flows/topic.yaml": (
            "One small step is enough.",
            "It can take more than one try to be heard. That is not because of you. You choose who to talk to. You "
            "can do it now, or wait until you feel ready.",
        )
    },
)
