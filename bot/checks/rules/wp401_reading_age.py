"""WP401: what young people read can be read at eleven."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.checks.words.young_texts import HARD_SENTENCE, hard_sentences, measured_texts

LIMIT: Final = 11
"""Years of age."""


def look(subject: Subject) -> Iterator[Violation]:
    """Screens, services and notices as wholes; then the single sentences that are far too hard."""
    for measured, limit in chain(
        ((text, LIMIT) for text in measured_texts(subject)),
        ((sentence, HARD_SENTENCE) for sentence in hard_sentences(subject)),
    ):
        if measured.age > limit:
            message = f"{measured.what} takes a reading age of {measured.age:.1f} years; {limit} is the most"
            yield Violation(measured.place, message, measured.about)


RULE = Rule(
    code="WP401",
    severity=Severity.ERROR,
    title="What young people read takes a reading age of eleven at most",
    why="Fear makes reading harder. A child who does not understand the screen does not find the help. "
    "The measure is made for English; in other languages the words of each sentence and screen are counted instead.",
    fix="Make the sentences shorter, and use everyday words with fewer syllables.",
    part=Part.CONTENT,
    look=look,
    breaks={
        "flows/topic.yaml": (
            "One small step is enough.",
            "Notwithstanding considerable uncertainty, immediate communication with appropriate safeguarding "
            "professionals significantly facilitates protective intervention.",
        )
    },
    mends={"flows/topic.yaml": ("One small step is enough.", "Talk to someone who can help to keep you safe.")},
)
