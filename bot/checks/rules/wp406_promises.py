"""WP406: nothing is promised that nobody can keep."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.checks.words.listed import words_of_list
from bot.content.words_file import WordList


def look(subject: Subject) -> Iterator[Violation]:
    """Every text against the list of promises."""
    return words_of_list(subject, WordList.PROMISES)


RULE = Rule(
    code="WP406",
    severity=Severity.ERROR,
    title="No promise is made that the bot or a service cannot keep",
    why="Somebody may act on a promise of secrecy or of an outcome. When it is broken, they do not ask for help again.",
    fix="Say what is true: what is kept, who is told and when, and what people try to do.",
    part=Part.CONTENT,
    look=look,
    breaks={"flows/topic.yaml": ("One small step is enough.", "You will not be in trouble.")},
    mends={"flows/topic.yaml": ("One small step is enough.", "Nobody can promise that you will not be in trouble.")},
)
