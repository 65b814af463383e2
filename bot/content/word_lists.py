"""The lists of words that do harm, with their patterns read. Later packs add entries, or override them by id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.content.document import Document
from bot.content.errors import Problem
from bot.content.model import Harm
from bot.content.word_pattern import Groups, WordPattern, WordPatternError, parse_group, parse_pattern
from bot.content.words_file import WordList, WordsFile, WrittenHarm


@dataclass(slots=True)
class WrittenWords:
    """What the files of all packs hold for one language, by id, later packs overriding earlier ones."""

    groups: dict[str, tuple[str, Document]] = field(default_factory=dict)
    lists: dict[WordList, dict[str, tuple[WrittenHarm, Document]]] = field(default_factory=dict)

    def add(self, model: WordsFile, document: Document) -> None:
        """Add one file."""
        self.groups |= {id_: (words, document) for id_, words in model.groups.items()}
        for list_ in WordList:
            entries = self.lists.setdefault(list_, {})
            entries |= {id_: (harm, document) for id_, harm in model.entries(list_).items()}


def words_that_harm(
    written: Mapping[str, WrittenWords], problems: list[Problem]
) -> Mapping[str, Mapping[WordList, tuple[Harm, ...]]]:
    """Compile the lists of all languages. Patterns that cannot be read are added to ``problems``."""
    return MappingProxyType({language: _of_language(words, problems) for language, words in written.items()})


def _of_language(written: WrittenWords, problems: list[Problem]) -> Mapping[WordList, tuple[Harm, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    for id_, (words, document) in written.groups.items():
        try:
            groups[id_] = parse_group(words)
        except WordPatternError as error:
            groups[id_] = ()
            problems.append(document.problem(str(error), "groups", id_, hint="Expected words: `one|other|third`."))
    return MappingProxyType(
        {
            list_: tuple(_harm(list_, id_, harm, document, groups, problems) for id_, (harm, document) in harms.items())
            for list_, harms in written.lists.items()
        }
    )


def _harm(
    list_: WordList, id_: str, written: WrittenHarm, document: Document, groups: Groups, problems: list[Problem]
) -> Harm:
    path = (list_.value, id_)

    def patterns(key: str, phrases: tuple[str, ...]) -> Iterator[WordPattern]:
        for index, phrase in enumerate(phrases):
            try:
                yield parse_pattern(phrase, groups)
            except WordPatternError as error:
                problems.append(document.problem(str(error), *path, key, index, hint=error.hint))

    return Harm(
        id=id_,
        find=tuple(patterns("find", written.find)),
        allow=tuple(patterns("except", written.allow)),
        because=written.because,
        instead=written.instead,
        place=document.place(*path, key=True),
    )
