"""WP408: nobody is pressed or made to feel guilty."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.checks.words.listed import words_of_list
from bot.content.words_file import WordList


def look(subject: Subject) -> Iterator[Violation]:
    """Every text against the list of words that press."""
    return words_of_list(subject, WordList.URGENCY)


RULE = Rule(
    code="WP408",
    severity=Severity.ERROR,
    title="Nobody is pressed, frightened or made to feel guilty",
    why="The people who hurt them press and frighten them. Help leaves the choice and the time to them.",
    fix="Say what they can do, and that there is time.",
    part=Part.CONTENT,
    look=look,
    breaks={"flows/topic.yaml": ("One small step is enough.", "Act now, before it is too late.")},
    mends={"flows/topic.yaml": ("One small step is enough.", "You can take your time. It is never too late to ask.")},
)
