"""WP407: nobody is asked who they are, or to send a picture."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.checks.words.listed import words_of_list
from bot.content.words_file import WordList


def look(subject: Subject) -> Iterator[Violation]:
    """Every text against the list of requests."""
    return words_of_list(subject, WordList.PERSONAL_DATA)


RULE = Rule(
    code="WP407",
    severity=Severity.ERROR,
    title="Nobody is asked for personal details, for pictures, or to tell what happened",
    why="The bot needs none of it. What is typed stays on the phone, and such a picture is a crime to send.",
    fix="Leave the question out, and say that nobody has to tell.",
    part=Part.CONTENT,
    look=look,
    breaks={"flows/topic.yaml": ("One small step is enough.", "Please tell us your name.")},
    mends={"flows/topic.yaml": ("One small step is enough.", "You don't have to tell us your name.")},
)
