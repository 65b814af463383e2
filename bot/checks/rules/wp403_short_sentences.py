"""WP403: no sentence is longer than people can hold in mind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.checks.words.plain_words import plain_words
from bot.checks.words.pointing import point
from bot.checks.words.reading_age import sentences
from bot.checks.words.young_texts import shortened

LONGEST: Final = 25
"""Words; the limit that GOV.UK sets for itself."""


LONGEST_TRANSLATED: Final = 30
"""A fifth more. Welsh takes a tenth more words than English on the whole, and single texts take more."""


def look(subject: Subject) -> Iterator[Violation]:
    """Every sentence, facts filled in, of each language that there is a whole translation of."""
    for wording in subject.wordings:
        if wording.language not in subject.read_whole:
            continue
        longest = LONGEST_TRANSLATED if wording.translated else LONGEST
        for sentence in sentences(wording.filled):
            if len(sentence) > longest:
                message = f"the sentence “{shortened(sentence)}” has {len(sentence)} words; {longest} is the most"
                yield wording.violation(message, point(wording.place, plain_words(" ".join(sentence[:3]))))


RULE = Rule(
    code="WP403",
    severity=Severity.ERROR,
    title="No sentence has more than 25 words",
    why="People in distress lose the thread of a long sentence, and with it what they could do. A whole translation "
    f"may take {LONGEST_TRANSLATED}: Welsh needs about a tenth more words for the same, and single texts need more.",
    fix="Part it in two, or make a list of it.",
    part=Part.CONTENT,
    look=look,
    breaks={
        "flows/topic.yaml": (
            "You are doing well.",
            "You are doing well, and you can go on as fast or as slow as you like, or stop for a while and come back "
            "to this on any other day.",
        )
    },
    mends={
        "flows/topic.yaml": (
            "You are doing well.",
            "You are doing well. You can go on as fast or as slow as you like. You can also stop for a while, and "
            "come back to this on any other day.",
        )
    },
)
