"""What the rules of the word lists have in common: every text held against one list, each in its own language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    from bot.checks.words.wording import Wording

_FEWEST_WORDS_OF_A_NAME = 2
"""A name of one word ("Police") is a word like any other."""


def words_of_list(subject: Subject, list_: WordList) -> Iterator[Violation]:
    """Every text that holds words of a list, at the line of the words."""
    for wording, found in subject.harm[list_]:
        yield wording.violation(message(found), point(wording.place, found.words), hint=f"Better: {found.harm.instead}")


def harm(content: Content, wordings: Iterable[Wording]) -> Mapping[WordList, Sequence[tuple[Wording, Found]]]:
    """What the texts hold of each list in their language, each entry once in a text. Looks for all lists at once."""
    names = Phrases(_names(content))
    found: dict[WordList, list[tuple[Wording, Found]]] = {list_: [] for list_ in WordList}
    lists: dict[str, tuple[Sequence[WordList], HarmfulWords]] = {}
    for wording in wordings:
        if (language := wording.language) not in content.words:
            continue
        if language not in lists:
            entries = [(list_, harm) for list_, harms in content.words[language].items() for harm in harms]
            harmful = HarmfulWords([harm for _, harm in entries], names)
            lists[language] = [list_ for list_, _ in entries], harmful
        list_of, harmful = lists[language]
        told: set[int] = set()
        for words in wording.readings:
            for one in harmful.look(words):
                if one.number not in told:
                    told.add(one.number)
                    found[list_of[one.number]].append((wording, one))
    return found


def message(found: Found) -> str:
    """What a rule says of words it found: which they are, and why they do harm."""
    return f"“{quoted(found.words)}”: {_begun_small(found.harm.because)}"


def harmful_words(content: Content, language: str, list_: WordList) -> HarmfulWords:
    """A list, ready to look for."""
    return HarmfulWords(content.words[language][list_], Phrases(_names(content)))


def _names(content: Content) -> Iterator[WordPattern]:
    """The names of services, with what stands in brackets and without."""
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
