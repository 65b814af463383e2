"""What the rules of the word lists have in common: every text held against one list, each in its own language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.checks.rule import Violation
from bot.checks.words.matching import Found, HarmfulWords, Phrases
from bot.checks.words.plain_words import STOP, plain_words, quoted
from bot.checks.words.pointing import point
from bot.content.model import Content
from bot.content.word_pattern import Part, WordPattern
from bot.content.words_file import WordList

if TYPE_CHECKING:
    from bot.checks.subject import Subject

_FEWEST_WORDS_OF_A_NAME = 2
"""A name of one word ("Police") is a word like any other."""


def words_of_list(subject: Subject, list_: WordList) -> Iterator[Violation]:
    """Every text that holds words of a list, at the line of the words."""
    languages = {wording.language for wording in subject.wordings}
    lists = {
        language: HarmfulWords(words[list_], subject.names_of_services)
        for language, words in subject.content.words.items()
        if language in languages
    }
    for wording in subject.wordings:
        harmful = lists.get(wording.language)
        if harmful is None:
            continue
        told: set[str] = set()
        for words in wording.readings:
            for found in harmful.look(words):
                if found.harm.id not in told:
                    told.add(found.harm.id)
                    yield wording.violation(
                        message(found), point(wording.place, found.words), hint=f"Better: {found.harm.instead}"
                    )


def message(found: Found) -> str:
    """What a rule says of words it found: which they are, and why they do harm."""
    return f"“{quoted(found.words)}”: {_begun_small(found.harm.because)}"


def harmful_words(content: Content, language: str, list_: WordList) -> HarmfulWords:
    """A list, ready to look for."""
    return HarmfulWords(content.words[language][list_], names_of_services(content))


def names_of_services(content: Content) -> Phrases:
    """The names of services, with what stands in brackets and without, ready to look for."""
    return Phrases(_names(content))


def _names(content: Content) -> Iterator[WordPattern]:
    for service in content.services.values():
        name = service.facts.name
        for form in {name, name.partition(" (")[0]}:
            words = [word.plain for word in plain_words(form) if word.plain != STOP]
            if len(words) >= _FEWEST_WORDS_OF_A_NAME:
                yield WordPattern(form, tuple(Part((word,)) for word in words))


def _begun_small(sentence: str) -> str:
    """A sentence that goes on after a colon. Its first word keeps its capital where it is more than a beginning."""
    first, _, rest = sentence.partition(" ")
    small = first[:1].lower() + first[1:]
    return f"{small} {rest}".removesuffix(".") if first[1:].islower() or len(first) == 1 else sentence.removesuffix(".")
