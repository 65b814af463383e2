"""WP409: no screen tells how harm is done."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.checks.words.listed import words_of_list
from bot.content.words_file import WordList


def look(subject: Subject) -> Iterator[Violation]:
    """Every text against the list of methods."""
    return words_of_list(subject, WordList.METHODS)


RULE = Rule(
    code="WP409",
    severity=Severity.ERROR,
    title="No text tells how to harm oneself, or how to find or make abuse material",
    why="A detail can cost a life, or show the way to abuse. Nobody needs it to find help.",
    fix="Leave the detail out. Say who helps, and where to report.",
    part=Part.CONTENT,
    look=look,
    breaks={"flows/topic.yaml": ("One small step is enough.", "An overdose of tablets can kill.")},
    mends={"flows/topic.yaml": ("One small step is enough.", "If you have taken something, ring now.")},
)
