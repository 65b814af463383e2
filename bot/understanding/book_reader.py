"""One language's phrases (or those of several that are written in the same way), compiled and ready to be found."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import reduce
from itertools import groupby
from operator import or_
from typing import NamedTuple

from bot.content.model import Intent, PhraseBook
from bot.content.phrase_pattern import Part, PhrasePattern
from bot.content.schema import Risk
from bot.understanding.circumstances import Circumstances, Signs, Span, lowered
from bot.understanding.compiling import RowMaker
from bot.understanding.finding import Finder, Row
from bot.understanding.normal_form import words
from bot.understanding.reading import GRAVITY, Match
from bot.understanding.sightings import Find, Sightings
from bot.understanding.spelling import Spelling
from bot.understanding.together import Stands, Together

_GRAVE = {Risk.HIGH, Risk.IMMEDIATE}

MOST_WHOLE = 40
"""A phrase that must be the whole message is never longer than so many words."""

MOST_FINDS = 24
"""In how many places of one message a pattern is looked at closely."""


class Found(NamedTuple):
    """What was found in a message, and the words that mean no harm in it (title of a film, figure of speech)."""

    matches: list[Match]
    harmless: frozenset[str]


class _Role(Enum):
    INTENT = auto()
    HARMLESS = auto()
    CHILD = auto()
    FRIEND = auto()
    PAST = auto()
    LATER = auto()


@dataclass(frozen=True, slots=True)
class _Rule:
    role: _Role
    pattern: PhrasePattern
    intent: Intent | None = None
    order: int = 0

    @property
    def gravity(self) -> tuple[int, int]:
        """How early it comes: the gravest first."""
        return (GRAVITY[self.intent.risk], -self.intent.priority) if self.intent else (len(GRAVITY), 0)


class BookReader:
    """Finds the phrases of some books in a message."""

    def __init__(self, books: Sequence[PhraseBook]) -> None:
        spellings = {
            typed: words(meant)
            for book in books
            for key, meant in book.spellings.items()
            for typed in ("".join(words(one)) or one for one in key.split("|"))
        }
        maker = RowMaker(lambda word: spellings.get(word, (word,)))
        rules: list[_Rule] = []
        rows: list[Row] = []
        joined: list[_Rule] = []
        for rule in _rules(books):
            if rule.pattern.together:
                joined.append(rule)
                continue
            for row in maker.rows(rule.pattern.parts):
                rules.append(rule)
                rows.append(row)
        self._rules = tuple(rules)
        gravities = sorted({rule.gravity for rule in rules})
        self._ranks = array("H", (gravities.index(rule.gravity) for rule in rules))
        """Row → how early its rule comes, the gravest first; signs come after all intents."""
        self._joined = tuple(joined)
        numbers: dict[tuple[Part, ...], int] = {}
        self._together = Together(
            [[numbers.setdefault(parts, len(numbers)) for parts in rule.pattern.together] for rule in joined]
        )
        number_of: list[int] = []
        for parts, number in numbers.items():
            more = [*maker.rows(parts)]
            number_of += [number] * len(more)
            rows += more
        self._number_of = array("I", number_of)
        """Row after those of the rules → number of the phrase that counts only together with others."""
        self._finder = Finder(rows)
        everyday = frozenset(word for book in books for word in maker.single_words(book.words))
        loosely = {word for book in books for word in maker.single_words(book.loosely)}
        self._grave = frozenset(loosely)
        self._spelling = Spelling(
            self._finder.vocabulary,
            stands_for=spellings,
            loosely=loosely,
            also_words=everyday,
            never=[word for book in books for word in maker.single_words(book.never)],
            is_word=self._finder.knows_beginning,
        )
        self._signs = Signs(
            denial=_single(books, maker, "denial"),
            between=_single(books, maker, "between"),
            me=_single(books, maker, "me"),
            they=_single(books, maker, "they"),
            supposing=_single(books, maker, "supposing"),
            intents={(book.language, intent.id): intent for book in books for intent in book.intents},
        )

    def words(self, found: Iterable[str]) -> list[str]:
        """The chunks of a message as words of the phrases."""
        return self._spelling.words_of(found)

    def matches(self, found: Iterable[str]) -> Found:
        """The best match of every intent, in no particular order."""
        typed = self.words(found)
        seen = self._finder.look(typed)
        likely = seen.likely
        alone = [row for row in likely if row < len(self._rules)]
        signs = seen.finds([row for row in alone if self._rules[row].intent is None])
        grave = self._gravest([row for row in alone if self._rules[row].intent is not None], seen)
        joined = self._met([row for row in likely if row >= len(self._rules)], seen, typed)
        if not signs and not grave and not joined:
            return Found([], frozenset())
        circumstances = self._circumstances(signs, joined, seen, typed)
        best: dict[tuple[str, str], Match] = {}
        for rule, span in (*((self._rules[find.row], Span(seen.where(find), typed)) for find in grave), *joined):
            if rule.intent is None:
                continue
            for match in self._match(rule, rule.intent, span, circumstances):
                key = (match.intent.language, match.intent.id)
                if key not in best or match.order < best[key].order:
                    best[key] = match
        return Found(list(best.values()), frozenset(typed[position] for position in circumstances.harmless))

    def _met(self, rows: Iterable[int], seen: Sightings, typed: list[str]) -> list[tuple[_Rule, Span]]:
        """The rules of several phrases that were found near one another, none of them made of the same words twice.

        ``rows`` are those of such phrases that may have been written.
        """
        rows_of: dict[int, list[int]] = {}
        for row in rows:
            rows_of.setdefault(self._number_of[row - len(self._rules)], []).append(row)
        known: dict[int, int] = {}

        def ends(number: int) -> int:
            if number not in known:
                known[number] = reduce(or_, map(seen.ends, rows_of.get(number, ())), 0)
            return known[number]

        met = list(self._together.met(rows_of.keys(), ends))
        if len(met) > 2 * MOST_FINDS:
            met.sort(key=lambda one: self._joined[one[0]].gravity)
            met = met[:MOST_FINDS] + [one for one in met[MOST_FINDS:] if not self._joined[one[0]].intent][:MOST_FINDS]
        spans: dict[int, Span] = {}
        for number, where in met:
            if number in spans:
                continue
            every = [position for one in where for position in self._where(one, rows_of, seen)]
            if len({*every}) == len(every):
                spans[number] = Span(tuple(sorted(every)), typed, scattered=True)
        return [(self._joined[number], span) for number, span in spans.items()]

    def _where(self, stands: Stands, rows_of: Mapping[int, Sequence[int]], seen: Sightings) -> tuple[int, ...]:
        """Where the words of one of several phrases stand, as many of them as possible."""
        ending = (row for row in rows_of[stands.number] if seen.ends(row) >> stands.end & 1)
        return max((seen.where(Find(stands.end, row)) for row in ending), key=len)

    def _gravest(self, rows: list[int], seen: Sightings) -> list[Find]:
        """The finds that a message is judged by, the gravest first; once they are enough no others are looked for."""
        found: list[Find] = []
        rows.sort(key=self._ranks.__getitem__)
        for _, equally_grave in groupby(rows, key=self._ranks.__getitem__):
            found += seen.finds(equally_grave)
            if len(found) >= MOST_FINDS:
                break
        return found[:MOST_FINDS]

    def _match(self, rule: _Rule, intent: Intent, span: Span, circumstances: Circumstances) -> Iterator[Match]:
        at, typed = span.at, span.typed
        if intent.whole and (len(typed) > MOST_WHOLE or len(at) < sum(word.isalnum() for word in typed)):
            return
        grave = [position for position in at if typed[position] in self._grave]
        if intent.risk in _GRAVE and circumstances.is_harmless(grave or at):
            return
        answer, because = circumstances.answer(intent, span)
        yield Match(
            intent=answer,
            phrase=rule.pattern.source,
            risk=lowered(intent.risk, answer.risk) if because == "denied" else answer.risk,
            first=at[0],
            last=at[-1],
            words=" ".join(typed[at[0] : at[-1] + 1]),
            weight=len(at) + len(grave),
            number=rule.order,
            listed=intent,
            because=because,
        )

    def _circumstances(
        self, signs: Sequence[Find], joined: Sequence[tuple[_Rule, Span]], seen: Sightings, typed: list[str]
    ) -> Circumstances:
        spans: dict[_Role, list[tuple[int, ...]]] = {role: [] for role in _Role}
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


def _rules(books: Sequence[PhraseBook]) -> Iterator[_Rule]:
    for book in books:
        for order, intent in enumerate(book.intents):
            for pattern in intent.patterns:
                yield _Rule(_Role.INTENT, pattern, intent, order)
        for role, patterns in (
            (_Role.HARMLESS, book.harmless),
            (_Role.CHILD, book.child),
            (_Role.FRIEND, book.friend),
            (_Role.PAST, book.past),
            (_Role.LATER, book.later),
        ):
            for pattern in patterns:
                yield _Rule(role, pattern)


def _single(books: Sequence[PhraseBook], maker: RowMaker, name: str) -> frozenset[str]:
    """The words of a sign that consists of words rather than phrases."""
    patterns: Iterable[PhrasePattern] = (pattern for book in books for pattern in getattr(book, name))
    parts = (part for pattern in patterns for part in pattern.parts)
    return frozenset(word for part in parts for word in maker.single_words(part.alternatives))
