"""WP414: there is something to hold the words against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.checks.translations import offered_whole
from bot.content.languages import english_name
from bot.content.model import Content
from bot.content.words_file import WordList

_NEEDED: Final = (
    WordList.TERMS,
    WordList.PROMISES,
    WordList.PERSONAL_DATA,
    WordList.URGENCY,
    WordList.METHODS,
    WordList.BLAME,
)
"""What a translation is held to at least."""


def look(subject: Subject) -> Iterator[Violation]:
    """Each list in each language of the YAML files, and what matters most in each that is offered whole besides."""
    content = subject.content
    for language in content.languages.values():
        if missing := _missing(content, language.code, tuple(WordList)):
            message = f"there are no words for {language.name} in the lists: {missing}"
            yield Violation(next(iter(language.places.values())), message)
    for translation in offered_whole(content):
        code = translation.language
        if code not in content.languages and (missing := _missing(content, code, _NEEDED)):
            message = f"{english_name(code)}: there are no words in the lists: {missing}"
            yield Violation(translation.place, message, f"{code}:words")


def _missing(content: Content, language: str, wanted: Sequence[WordList]) -> str:
    lists = content.words.get(language, {})
    return ", ".join(list_.value for list_ in wanted if not lists.get(list_))


RULE = Rule(
    code="WP414",
    severity=Severity.ERROR,
    title="Every language has its lists of words that do harm",
    why="Without them nobody notices a promise, a blame or a method in a language that the checker does not read.",
    fix="Write flows/shared/words/<language>.yaml with somebody who speaks it, or load the lists from `base`.",
    part=Part.CONTENT,
    look=look,
    breaks={"flows/shared/words/en.yaml": ("language: en\n", "language: nl\n")},
    mends={"flows/shared/words/en.yaml": ("because: It is an insult.", "because: It insults somebody.")},
)
