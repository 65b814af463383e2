"""WP412: nobody is blamed or doubted."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.checks.words.listed import words_of_list
from bot.content.words_file import WordList


def look(subject: Subject) -> Iterator[Violation]:
    """Every text against the list of blame."""
    return words_of_list(subject, WordList.BLAME)


RULE = Rule(
    code="WP412",
    severity=Severity.ERROR,
    title="Nobody is blamed or doubted",
    why="Being blamed is the main fear that keeps young people from telling, and one sentence can confirm it.",
    fix="Say that it is not their fault, and what can be done now.",
    part=Part.CONTENT,
    look=look,
    breaks={"flows/topic.yaml": ("One small step is enough.", "Why did you send it?")},
    mends={"flows/topic.yaml": ("One small step is enough.", "Thank you for telling me. It is not your fault.")},
)
