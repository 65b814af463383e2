"""What people type, of all packs: patterns read, names resolved. Later packs override intents and groups by id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.content.compile_flow import Names
from bot.content.document import Document
from bot.content.errors import Problem, nearest
from bot.content.model import Intent, PhraseBook
from bot.content.phrase_pattern import Alternative, BrokenGroupError, Part, PhrasePattern, parse_group, parse_phrase
from bot.content.phrases_file import PhrasesFile, WrittenIntent
from bot.content.points_table import MOST_POINTS, Column, PointsTable, TableMaker
from bot.content.word_pattern import WordPatternError
from bot.content.word_stems import stem

NOTHING = "nothing"
"""In the table of points, what speaks for no intent at all."""

Path_ = tuple[str | int, ...]


@dataclass(slots=True)
class WrittenPhrases:
    """What the files of all packs hold for one language. Lists of words add up; what has an id is replaced."""

    intents: dict[str, tuple[WrittenIntent, Document]] = field(default_factory=dict)
    groups: dict[str, tuple[str, Document]] = field(default_factory=dict)
    spellings: dict[str, str] = field(default_factory=dict)
    misspellings: dict[str, str] = field(default_factory=dict)
    families: dict[str, str] = field(default_factory=dict)
    signs: TableMaker = field(default_factory=TableMaker)
    points: dict[str, tuple[Column, tuple[int, ...], Document]] = field(default_factory=dict)
    """Intent → its column of points, and what points stand in it."""
    lists: dict[str, list[tuple[str, Document, Path_]]] = field(default_factory=dict)
    """Patterns of ``harmless``, ``asides`` and the signs, and the words of ``loosely``, ``never`` and ``words``."""

    def add(self, model: PhrasesFile, document: Document) -> None:
        """Add one file."""
        self.intents |= {id_: (intent, document) for id_, intent in model.intents.items()}
        self.groups |= {id_: (words, document) for id_, words in model.groups.items()}
        self.spellings |= model.spellings
        self.misspellings |= model.misspellings
        self.families |= model.families
        self.points |= {id_: (self.signs.column(words), (*words,), document) for id_, words in model.points.items()}
        for name, patterns in model.signs.by_name.items():
            self._extend(name, patterns, document, "signs", name)
        self._extend("harmless", model.harmless, document, "harmless")
        self._extend("asides", model.asides, document, "asides")
        for name, words in (("loosely", model.loosely), ("never", model.never), ("words", model.words)):
            if words:
                self.lists.setdefault(name, []).append((words, document, (name,)))

    def _extend(self, name: str, patterns: Iterable[str], document: Document, *path: str | int) -> None:
        listed = self.lists.setdefault(name, [])
        listed += [(pattern, document, (*path, index)) for index, pattern in enumerate(patterns)]


def phrase_books(
    written: Mapping[str, WrittenPhrases], names: Names, problems: list[Problem], *, only_shown: bool
) -> Mapping[str, PhraseBook]:
    """Read the phrases of every language. What is wrong with them is added to ``problems``.

    ``only_shown`` leaves out what only checks ask of an intent: examples of its phrases, and where these stand.
    """
    return MappingProxyType(
        {
            language: _Compiler(language, phrases, names, problems, only_shown=only_shown).book()
            for language, phrases in written.items()
        }
    )


class _Compiler:
    def __init__(
        self, language: str, written: WrittenPhrases, names: Names, problems: list[Problem], *, only_shown: bool
    ) -> None:
        self._language = language
        self._written = written
        self._names = names
        self._problems = problems
        self._only_shown = only_shown
        self._of_intents: dict[str, tuple[PhrasePattern, ...]] = {}
        self._groups: dict[str, tuple[Alternative, ...]] = {}
        self._known: dict[str, Part] = {}

    def book(self) -> PhraseBook:
        for id_, (words, document) in self._written.groups.items():
            self._groups[id_] = self._group(words, document, ("groups", id_))
        intents = tuple(
            intent
            for id_, (one, document) in self._written.intents.items()
            for intent in self._intent(id_, one, document)
        )
        columns, points = self._points({intent.id: intent for intent in intents})
        return PhraseBook(
            language=self._language,
            intents=intents,
            patterns=MappingProxyType(self._of_intents),
            spellings=MappingProxyType(self._written.spellings),
            misspellings=MappingProxyType(self._written.misspellings),
            harmless=tuple(self._patterns("harmless")),
            asides=(*self._patterns("asides"), *self._said_beside()),
            child=tuple(self._patterns("child")),
            friend=tuple(self._patterns("friend")),
            past=tuple(self._patterns("past")),
            later=tuple(self._patterns("later")),
            denial=tuple(self._patterns("denial")),
            between=tuple(self._patterns("between")),
            me=tuple(self._patterns("me")),
            they=tuple(self._patterns("they")),
            supposing=tuple(self._patterns("supposing")),
            loosely=self._words("loosely"),
            never=self._words("never"),
            words=self._words("words"),
            point_columns=columns,
            points=points,
            families=_families(self._written.families),
        )

    def _said_beside(self) -> Iterator[PhrasePattern]:
        """The phrases of intents that are asides beside anything else."""
        for id_, (written, _) in self._written.intents.items():
            if written.aside:
                yield from self._of_intents[id_]

    def _points(self, intents: Mapping[str, Intent]) -> tuple[tuple[Intent | None, ...], PointsTable]:
        columns: list[Intent | None] = []
        found: list[Column] = []
        for id_, (column, every, document) in self._written.points.items():
            if id_ != NOTHING and id_ not in intents:
                hint = nearest(id_, [*intents, NOTHING])
                self._problems.append(
                    document.problem(f"there is no intent `{id_}`", "points", id_, hint=hint, key=True)
                )
                continue
            for points in every:
                if abs(points) > MOST_POINTS:
                    hint = f"Write a whole number from {-MOST_POINTS} to {MOST_POINTS}, and the words under it."
                    self._problems.append(document.problem(f"{points} points are too many", "points", id_, hint=hint))
            columns.append(intents.get(id_))
            found.append(column)
        return tuple(columns), self._written.signs.table(found)

    def _group(self, words: str, document: Document, path: Path_) -> tuple[Alternative, ...]:
        try:
            return parse_group(words, self._groups)
        except BrokenGroupError:
            return ()  # the mistake is reported where it was made
        except WordPatternError as error:
            self._problems.append(document.problem(str(error), *path, hint=error.hint))
            return ()

    def _words(self, name: str) -> tuple[Alternative, ...]:
        listed = self._written.lists.get(name, ())
        return tuple(one for words, document, path in listed for one in self._group(words, document, path))

    def _patterns(self, name: str) -> Iterator[PhrasePattern]:
        for pattern, document, path in self._written.lists.get(name, ()):
            yield from self._pattern(pattern, document, path)

    def _pattern(self, pattern: str, document: Document, path: Path_) -> Iterator[PhrasePattern]:
        try:
            yield parse_phrase(pattern, self._groups, self._known)
        except BrokenGroupError:
            return
        except WordPatternError as error:
            self._problems.append(document.problem(str(error), *path, hint=error.hint))

    def _intent(self, id_: str, written: WrittenIntent, document: Document) -> Iterator[Intent]:
        path = ("intents", id_)
        target = self._names.target(written.go, None)
        if target is None:
            hint = self._names.target_hint(written.go, None)
            self._problems.append(document.problem(f"`{written.go}` leads nowhere", *path, "go", hint=hint))
            return
        others = {"denied": written.denied, "past": written.past, **written.about.by_name}
        for key, other in others.items():
            if other and other not in self._written.intents:
                hint = nearest(other, self._written.intents)
                where = (*path, key) if key in {"denied", "past"} else (*path, "about", key)
                self._problems.append(document.problem(f"there is no intent `{other}`", *where, hint=hint))
        patterns, places = [], []
        for index, phrase in enumerate(written.phrases):
            for pattern in self._pattern(phrase, document, (*path, "phrases", index)):
                patterns.append(pattern)
                if not self._only_shown:
                    places.append(document.place(*path, "phrases", index))
        self._of_intents[id_] = tuple(patterns)
        yield Intent(
            id=id_,
            target=target,
            risk=written.risk,
            whole=written.whole,
            faint=written.faint,
            phrases=() if self._only_shown else tuple(pattern.example for pattern in patterns),
            place=document.place(*path, key=True),
            phrase_places=tuple(places),
            language=self._language,
            label=written.label or id_,
            priority=written.priority,
            sources=tuple(pattern.source for pattern in patterns),
            denied=written.denied or "",
            past=written.past or "",
            about=MappingProxyType({who: other for who, other in written.about.by_name.items() if other}),
        )


def _families(written: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """Every word and its stem with the signs of the families that it is listed in."""
    found: dict[str, dict[str, None]] = {}
    for family, words in written.items():
        for word in words.replace("|", " ").split():
            for key in (word, stem(word)):
                found.setdefault(key, {})[f"<{family}>"] = None
    return MappingProxyType({key: tuple(families) for key, families in found.items()})
