"""WP414: there is something to hold the words against."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.words_file import WordList


def look(subject: Subject) -> Iterator[Violation]:
    """Each list, in each language that is offered."""
    for language in subject.content.languages.values():
        lists = subject.content.words.get(language.code, {})
        if missing := [list_.value for list_ in WordList if not lists.get(list_)]:
            message = f"there are no words for {language.name} in the lists: {', '.join(missing)}"
            yield Violation(next(iter(language.places.values())), message)


RULE = Rule(
    code="WP414",
    severity=Severity.ERROR,
    title="Every language has its lists of words that do harm",
    why="Without them nobody notices a promise, a blame or a method in a language that the checker does not read.",
    fix="Write flows/shared/words/<language>.yaml with somebody who speaks it, or load the lists from `base`.",
    part=Part.CONTENT,
    look=look,
    breaks={"flows/shared/words/en.yaml": ("language: en\n", "language: cy\n")},
    mends={"flows/shared/words/en.yaml": ("because: It is an insult.", "because: It insults somebody.")},
)
