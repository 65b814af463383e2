"""WP405: no word hurts the people it is about."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.checks.words.listed import words_of_list
from bot.content.words_file import WordList


def look(subject: Subject) -> Iterator[Violation]:
    """Every text against the list of terms."""
    return words_of_list(subject, WordList.TERMS)


RULE = Rule(
    code="WP405",
    severity=Severity.ERROR,
    title="No term is used that hurts the people it is about",
    why="Words such as “child pornography” or “commit suicide” put shame where it does not belong.",
    fix="Use the better word that the list names, or add the phrase to `except` where it is harmless.",
    part=Part.CONTENT,
    look=look,
    breaks={"flows/topic.yaml": ("One small step is enough.", "What it shows is child pornography.")},
    mends={"flows/topic.yaml": ("One small step is enough.", "What it shows is child sexual abuse.")},
)
