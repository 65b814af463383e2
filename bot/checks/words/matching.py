"""Which phrases of the lists a text holds. The time it takes grows with the text, never faster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.checks.words.plain_words import STOP, PlainWord, plain_words
from bot.content.model import Harm
from bot.content.word_pattern import LONGEST_GAP, Part, WordPattern


class Span(NamedTuple):
    """Where a phrase stands: its first word, and the one after its last."""

    start: int
    end: int


class _Word(NamedTuple):
    text: str
    any_ending: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """One place of a phrase, ready to be compared: single words, beginnings of single words, and rows of words."""

    words: frozenset[str]
    beginnings: tuple[str, ...]
    rows: Mapping[str, tuple[tuple[_Word, ...], ...]]
    """First word → the rows that begin with it."""
    optional: bool
    gap: bool

    def after(self, words: Sequence[str], position: int) -> Iterator[int]:
        """Every position that this place can reach from ``position``."""
        if self.optional or self.gap:
            yield position
        if position == len(words):
            return
        word = words[position]
        if self.gap:
            for reached in range(position + 1, min(position + LONGEST_GAP, len(words)) + 1):
                if words[reached - 1] == STOP:
                    return
                yield reached
        elif word in self.words or word.startswith(self.beginnings):
            yield position + 1
        for row in self.rows.get(word, ()):
            if _stands_at(row, words, position):
                yield position + len(row)


def _stands_at(row: tuple[_Word, ...], words: Sequence[str], position: int) -> bool:
    if position + len(row) > len(words):
        return False
    for index, (text, any_ending) in enumerate(row, start=position):
        if words[index] != text and not (any_ending and words[index].startswith(text)):
            return False
    return True


class _Phrase(NamedTuple):
    number: int
    places: tuple[_Place, ...]
    needed: tuple[frozenset[str], ...]
    """Of each of these, a text that holds the phrase has a word at least. Most texts fail this at once."""


_Index = dict[str, list[_Phrase]]
"""First word → each phrase that begins with it."""


class Phrases:
    """Phrases to look for, found by their first word."""

    def __init__(self, patterns: Iterable[WordPattern]) -> None:
        self._exact: _Index = {}
        self._beginnings: _Index = {}
        for number, pattern in enumerate(patterns):
            places = tuple(_place(part) for part in pattern.parts)
            phrase = _Phrase(number, places, tuple(_needed(places)))
            for first in dict.fromkeys(row[0] for row in _rows(pattern.parts[0])):
                index = self._beginnings if first.any_ending else self._exact
                index.setdefault(first.text, []).append(phrase)
        self._lengths = sorted({len(text) for text in self._beginnings})
        self._known: dict[str, tuple[_Phrase, ...]] = {}
        """Word of a text → the phrases that may begin with it: as many as the content has words."""

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, Span]]:
        """Every place where one of them stands, with its number: the longest reading of each."""
        present = set(words)
        known = self._known
        for word in present.difference(known):
            known[word] = tuple(self._candidates(word))
        for start, word in enumerate(words):
            for phrase in known[word]:
                for needed in phrase.needed:  # no `any`: this is the innermost loop of all checks of words
                    if present.isdisjoint(needed):
                        break
                else:
                    if end := _longest(phrase.places, words, start):
                        yield phrase.number, Span(start, end)

    def _candidates(self, word: str) -> Iterator[_Phrase]:
        yield from self._exact.get(word, ())
        for length in self._lengths:
            if length > len(word):
                return
            yield from self._beginnings.get(word[:length], ())


def _needed(places: Sequence[_Place]) -> Iterator[frozenset[str]]:
    """For each place after the first that must be filled, and by whole words, those that can begin it."""
    for place in places[1:]:
        if not (place.optional or place.gap or place.beginnings or any(_open(rows) for rows in place.rows.values())):
            yield place.words | frozenset(place.rows)


def _open(rows: Iterable[tuple[_Word, ...]]) -> bool:
    return any(row[0].any_ending for row in rows)


def _longest(places: tuple[_Place, ...], words: Sequence[str], start: int) -> int:
    """Where the longest reading that begins at ``start`` ends; 0 where there is none."""
    reached = {start}
    for place in places:
        reached = {end for position in reached for end in place.after(words, position)}
        if not reached:
            return 0
    return max(reached)


def _place(part: Part) -> _Place:
    rows = list(_rows(part))
    single = [row[0] for row in rows if len(row) == 1]
    firsts = {row[0].text for row in rows if len(row) > 1}
    return _Place(
        words=frozenset(word.text for word in single if not word.any_ending),
        beginnings=tuple(word.text for word in single if word.any_ending),
        rows={first: tuple(row for row in rows if row[0].text == first and len(row) > 1) for first in firsts},
        optional=part.optional,
        gap=part.is_gap,
    )


def _rows(part: Part) -> Iterator[tuple[_Word, ...]]:
    """Each alternative as the words it stands for: "self-harm*" is two."""
    for written in part.alternatives:
        *before, last = [word.plain for word in plain_words(written.removesuffix("*"))]
        yield (*(_Word(word, any_ending=False) for word in before), _Word(last, any_ending=written.endswith("*")))


class Covered:
    """Which spans lie wholly inside one of the phrases found."""

    def __init__(self, found: Iterable[tuple[int, Span]], length: int) -> None:
        reach = [0] * (length + 1)
        for _, span in found:
            reach[span.start] = max(reach[span.start], span.end)
        for position in range(1, length + 1):
            reach[position] = max(reach[position], reach[position - 1])
        self._reach = reach

    def __contains__(self, span: object) -> bool:
        return isinstance(span, Span) and self._reach[span.start] >= span.end


@dataclass(frozen=True, slots=True)
class Found:
    """Words that do harm, in one text. ``number`` is that of ``harm`` among all that were looked for."""

    number: int
    harm: Harm
    words: tuple[PlainWord, ...]


class HarmfulWords:
    """Words that do harm. Names of services are nobody's choice of words: what lies inside one is left."""

    def __init__(self, harms: Sequence[Harm], names: Phrases) -> None:
        self._harms = harms
        self._number_of = [number for number, harm in enumerate(harms) for _ in harm.find]
        self._find = Phrases(pattern for harm in harms for pattern in harm.find)
        self._allow = [Phrases(harm.allow) for harm in harms]
        self._names = names

    def look(self, words: Sequence[PlainWord]) -> Iterator[Found]:
        """Each of them that the words break, once, where they do so first."""
        plain = [word.plain for word in words]
        covered: dict[int, tuple[Covered, ...]] = {}
        told: set[int] = set()
        for found, span in self._find.find(plain):
            number = self._number_of[found]
            if number in told:
                continue
            if number not in covered:
                covered[number] = tuple(
                    Covered(phrases.find(plain), len(plain)) for phrases in (self._allow[number], self._names)
                )
            if not any(span in phrases for phrases in covered[number]):
                told.add(number)
                yield Found(number, self._harms[number], tuple(words[span.start : span.end]))
