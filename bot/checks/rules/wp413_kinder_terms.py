"""WP413: the kindest word there is."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.checks.words.listed import words_of_list
from bot.content.words_file import WordList


def look(subject: Subject) -> Iterator[Violation]:
    """Every text against the list of words that have kinder ones."""
    return words_of_list(subject, WordList.KINDER_TERMS)


RULE = Rule(
    code="WP413",
    severity=Severity.WARNING,
    title="The kinder word is used where there is one",
    why="Words such as “victim” or “offender” have their place, but few people want to be called so.",
    fix="Use the kinder word that the list names, or add the phrase to `except` where it is the right one.",
    part=Part.CONTENT,
    look=look,
    breaks={"flows/topic.yaml": ("One small step is enough.", "You are a victim of a crime.")},
    mends={"flows/topic.yaml": ("One small step is enough.", "Somebody did wrong to you.")},
)
