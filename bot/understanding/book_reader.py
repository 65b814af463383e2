"""One language's phrases (or those of several that are written in the same way), compiled and ready to be found."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, auto
from itertools import chain, groupby, islice, takewhile
from typing import NamedTuple

from bot.content.model import Intent, PhraseBook, StepId
from bot.content.phrase_pattern import Part, PhrasePattern
from bot.content.schema import Risk
from bot.understanding.asides import Asides
from bot.understanding.circumstances import Circumstances, Signs, Span, lowered
from bot.understanding.compiling import RowMaker
from bot.understanding.finding import Wording, compiled
from bot.understanding.normal_form import words
from bot.understanding.reading import GRAVITY, Match
from bot.understanding.sightings import Find, Sightings
from bot.understanding.spelling import MOST_GUESSES, LookedAt, Spelling
from bot.understanding.together import Meetings, Rule, Together, Way

_GRAVE = {Risk.HIGH, Risk.IMMEDIATE}

MOST_WHOLE = 40
"""A phrase that must be the whole message is never longer than so many words."""

MOST_FINDS = 24
"""In how many places of one message a pattern is looked at closely."""


class Found(NamedTuple):
    """What was found in a message."""

    matches: list[Match]
    harmless: frozenset[str]
    """The words that mean no harm in it (title of a film, figure of speech)."""
    words: list[str]
    """All of its words, as the phrases know them."""


class _Role(IntEnum):
    INTENT = 0
    HARMLESS = auto()
    CHILD = auto()
    FRIEND = auto()
    PAST = auto()
    LATER = auto()


_ROLES = (*_Role,)


@dataclass(frozen=True, slots=True)
class _Rule:
    role: _Role
    source: str
    """The pattern as its author wrote it."""
    intent: Intent | None = None
    order: int = 0

    @property
    def gravity(self) -> tuple[int, int]:
        """How early it comes: the gravest first."""
        return (GRAVITY[self.intent.risk], -self.intent.priority) if self.intent else (len(GRAVITY), 0)


class BookReader:
    """Finds the phrases of some books in a message."""

    def __init__(self, books: Sequence[PhraseBook]) -> None:
        spellings = _as_typed(book.spellings for book in books)
        misspelt = _as_typed(book.misspellings for book in books)
        maker = RowMaker(lambda word: spellings.get(word, (word,)))
        every = [*_rules(books)]
        gravities = sorted({rule.gravity for rule, _ in every})
        alone = [(rule, pattern) for rule, pattern in every if not pattern.together]
        alone.sort(key=lambda one: one[0].gravity)
        written_out = [(rule, row) for rule, pattern in alone for row in maker.rows(pattern.parts)]
        rows = [row for _, row in written_out]
        self._alone = compiled(rows)
        self._rules = tuple(rule for rule, _ in written_out)
        """Row → its rule, the gravest first; signs come after all intents."""
        self._ranks = array("H", (gravities.index(rule.gravity) for rule in self._rules))
        """Row → how early its rule comes."""
        self._first_sign = sum(rule.intent is not None for rule in self._rules)
        self._joined = tuple(rule for rule, pattern in every if pattern.together)
        numbers: dict[tuple[Part, ...], int] = {}
        joined = [
            [numbers.setdefault(parts, len(numbers)) for parts in pattern.together]
            for _, pattern in every
            if pattern.together
        ]
        phrases = [[*maker.rows(parts)] for parts in numbers]
        self._together = Together(phrases, joined, [gravities.index(rule.gravity) for rule in self._joined])
        self._wording = Wording(chain(rows, *phrases))
        everyday = frozenset(word for book in books for word in maker.single_words(book.words))
        loosely = {word for book in books for word in maker.single_words(book.loosely)}
        self._grave = frozenset(loosely)
        self._spelling = Spelling(
            self._wording.words,
            stands_for=spellings,
            misspelt=misspelt,
            loosely=loosely,
            also_words=everyday,
            never=[word for book in books for word in maker.single_words(book.never)],
            is_word=self._wording.knows_beginning,
        )
        self.asides = {
            book.language: Asides(row for pattern in book.asides for row in maker.rows(pattern.parts)) for book in books
        }
        """By language."""
        self._signs = Signs(
            denial=_single(books, maker, "denial"),
            between=_single(books, maker, "between"),
            me=_single(books, maker, "me"),
            they=_single(books, maker, "they"),
            supposing=_single(books, maker, "supposing"),
            intents={(book.language, intent.id): intent for book in books for intent in book.intents},
        )

    def telling(self, targets: Container[StepId]) -> frozenset[str]:
        """The telling words of all phrases that say immediate danger and are answered by one of ``targets``."""
        gravest = takewhile(lambda rule: rule.intent is not None and rule.intent.risk is Risk.IMMEDIATE, self._rules)
        rows = {row for row, rule in enumerate(gravest) if rule.intent and rule.intent.target in targets}
        tables = (self._alone.by_word, self._alone.alone)
        after = max(rows, default=-1)
        return frozenset(
            word
            for table in tables
            for word, every in table.items()
            if every[0] <= after and not rows.isdisjoint(every)  # in order, so that most are passed over by their first
        )

    def words(self, found: Iterable[str]) -> list[str]:
        """The chunks of a message as words of the phrases."""
        return self._spelling.words_of(found)

    def matches(self, found: Iterable[str], looked_at: LookedAt | None = None, guesses: int = MOST_GUESSES) -> Found:
        """The best match of every intent, in no particular order. The rest as for `Spelling.words_of`."""
        typed = self._spelling.words_of(found, looked_at, guesses)
        written = self._wording.written(typed)
        seen = Sightings(self._alone, written)
        likely = seen.likely
        first_sign = bisect_left(likely, self._first_sign)
        grave = self._gravest(likely[:first_sign], seen)
        signs = seen.finds(likely[first_sign:])
        joined = self._met(self._together.look(written), typed)
        if not signs and not grave and not joined:
            return Found([], frozenset(), typed)
        circumstances = self._circumstances(signs, joined, seen, typed)
        best: dict[tuple[str, str], Match] = {}
        for rule, span in (*((self._rules[find.row], Span(seen.where(find), typed)) for find in grave), *joined):
            if rule.intent is None:
                continue
            for match in self._match(rule, rule.intent, span, circumstances):
                key = (match.intent.language, match.intent.id)
                if key not in best or match.order < best[key].order:
                    best[key] = match
        return Found(list(best.values()), frozenset(typed[position] for position in circumstances.harmless), typed)

    def _met(self, meetings: Meetings, typed: list[str]) -> list[tuple[_Rule, Span]]:
        """The rules of several phrases that were found near one another, none of them made of the same words twice."""
        rules = list(meetings.rules)
        if not rules:
            return []
        spans: dict[int, Span] = {}
        for number, way in self._first_met(rules, meetings):
            if number in spans:
                continue
            every = [position for one in way for position in meetings.where(one)]
            if len({*every}) == len(every):
                spans[number] = Span(tuple(sorted(every)), typed, scattered=True)
        return [(self._joined[number], span) for number, span in spans.items()]

    def _first_met(self, rules: Iterable[Rule], meetings: Meetings) -> list[tuple[int, Way]]:
        """The numbers of the rules that are met and the ways in which they are; of many the gravest and some signs."""

        def met(*, signs: bool) -> list[tuple[int, Way]]:
            wanted = (rule for rule in rules if (self._joined[rule.number].intent is None) is signs)
            every = ((rule.number, way) for rule in wanted for way in meetings.ways(rule))
            return list(islice(every, 2 * MOST_FINDS + 1))

        intents, signs = met(signs=False), met(signs=True)
        if len(intents) + len(signs) <= 2 * MOST_FINDS:
            return intents + signs
        few = intents[:MOST_FINDS]
        return few + signs[: 2 * MOST_FINDS - len(few)]

    def _gravest(self, rows: list[int], seen: Sightings) -> list[Find]:
        """The finds that a message is judged by, the gravest first; once they are enough no others are looked for."""
        found: list[Find] = []
        for _, equally_grave in groupby(rows, key=self._ranks.__getitem__):
            found += seen.finds(equally_grave)
            if len(found) >= MOST_FINDS:
                break
        return found[:MOST_FINDS]

    def _match(self, rule: _Rule, intent: Intent, span: Span, circumstances: Circumstances) -> Iterator[Match]:
        at, typed = span.at, span.typed
        if intent.whole and (len(typed) > MOST_WHOLE or not self._is_whole(intent.language, span)):
            return
        grave = [position for position in at if typed[position] in self._grave]
        if intent.risk in _GRAVE and circumstances.is_harmless(grave or at):
            return
        answer, because = circumstances.answer(intent, span)
        yield Match(
            intent=answer,
            phrase=rule.source,
            risk=lowered(intent.risk, answer.risk) if because == "denied" else answer.risk,
            first=at[0],
            last=at[-1],
            words=" ".join(typed[at[0] : at[-1] + 1]),
            weight=len(at) + len(grave),
            number=rule.order,
            listed=intent,
            because=because,
        )

    def _is_whole(self, language: str, span: Span) -> bool:
        """Whether a phrase names all words of a message but for greetings and the like around what is told."""
        start, end = self.asides[language].between(span.typed)
        told = {position for position in range(start, end) if span.typed[position].isalnum()}
        return told <= {*span.at}

    def _circumstances(
        self, signs: Sequence[Find], joined: Sequence[tuple[_Rule, Span]], seen: Sightings, typed: list[str]
    ) -> Circumstances:
        spans: list[list[tuple[int, ...]]] = [[] for _ in _ROLES]
        for find in signs[:MOST_FINDS]:
            spans[self._rules[find.row].role].append(seen.where(find))
        for rule, span in joined:
            spans[rule.role].append(span.at)
        return Circumstances(
            signs=self._signs,
            typed=typed,
            harmless=frozenset(position for at in spans[_Role.HARMLESS] for position in at),
            child=spans[_Role.CHILD],
            friend=spans[_Role.FRIEND],
            past=spans[_Role.PAST],
            later=spans[_Role.LATER],
        )


def _as_typed(spellings: Iterable[Mapping[str, str]]) -> dict[str, tuple[str, ...]]:
    """What is typed, and the words that it stands for."""
    return {
        typed: words(meant)
        for one in spellings
        for key, meant in one.items()
        for typed in ("".join(words(each)) or each for each in key.split("|"))
    }


def _rules(books: Sequence[PhraseBook]) -> Iterator[tuple[_Rule, PhrasePattern]]:
    """Every rule and what it looks for, which is wanted no longer once it is compiled."""
    for book in books:
        for order, intent in enumerate(book.intents):
            for pattern in book.patterns[intent.id]:
                yield _Rule(_Role.INTENT, pattern.source, intent, order), pattern
        for role, patterns in (
            (_Role.HARMLESS, book.harmless),
            (_Role.CHILD, book.child),
            (_Role.FRIEND, book.friend),
            (_Role.PAST, book.past),
            (_Role.LATER, book.later),
        ):
            for pattern in patterns:
                yield _Rule(role, pattern.source), pattern


def _single(books: Sequence[PhraseBook], maker: RowMaker, name: str) -> frozenset[str]:
    """The words of a sign that consists of words rather than phrases."""
    patterns: Iterable[PhrasePattern] = (pattern for book in books for pattern in getattr(book, name))
    parts = (part for pattern in patterns for part in pattern.parts)
    return frozenset(word for part in parts for word in maker.single_words(part.alternatives))
