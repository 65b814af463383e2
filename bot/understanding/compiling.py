"""Patterns as rows to be found: words in their normal form, groups spread out, endings written out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import product
from sys import intern

from bot.content.phrase_pattern import Alternative, Part, Word, spelled
from bot.understanding.endings import with_endings
from bot.understanding.finding import Place, Row
from bot.understanding.normal_form import words

MOST_ROWS = 400
"""One pattern is never written out into more rows than this: the alternatives of several words multiply."""

Expand = Callable[[str], tuple[str, ...]]
"""A word of the normal form → the words that stand for it."""

_ANY = Place(frozenset(), optional=True)


class RowMaker:
    """Writes patterns out. ``expand`` undoes short forms, so that `i'm` and `i am` are the same to authors as well."""

    def __init__(self, expand: Expand) -> None:
        self._expand = expand
        self._known: dict[tuple[Alternative, ...], tuple[Place | None, tuple[Row, ...]]] = {}
        self._row_of: dict[Alternative, Row] = {}

    def rows(self, parts: Iterable[Part]) -> Iterator[Row]:
        """Every row that a phrase of these parts stands for."""
        ways = [self._ways(part) for part in parts]
        for number, way in enumerate(product(*ways)):
            if number == MOST_ROWS:
                return
            row = tuple(place for places in way for place in places)
            if not all(place.optional for place in row):
                yield row

    def single_words(self, alternatives: Iterable[Alternative]) -> Iterator[str]:
        """The words of alternatives that are one word each, endings written out."""
        for place, _ in [self._spread(tuple(alternatives))]:
            if place is not None:
                yield from place.words

    def _ways(self, part: Part) -> tuple[Row, ...]:
        if part.is_gap:
            return ((_ANY,) * part.gap,)
        single, several = self._spread(part.alternatives)
        ways: list[Row] = []
        if single is not None:
            ways.append((Place(single.words, single.prefixes, optional=part.optional),))
        elif part.optional:
            ways.append(())
        ways += several
        return tuple(ways)

    def _spread(self, alternatives: tuple[Alternative, ...]) -> tuple[Place | None, tuple[Row, ...]]:
        """All alternatives of one word in one place, and those of several words as rows."""
        if alternatives in self._known:
            return self._known[alternatives]
        exact: set[str] = set()
        prefixes: set[str] = set()
        several: dict[Row, None] = {}
        for alternative in alternatives:
            row = self._row(alternative)
            if len(row) == 1:
                exact |= row[0].words
                prefixes |= row[0].prefixes
            elif row:
                several[row] = None
        single = Place(frozenset(exact), frozenset(prefixes)) if exact or prefixes else None
        self._known[alternatives] = single, tuple(several)
        return self._known[alternatives]

    def _row(self, alternative: Alternative) -> Row:
        if alternative not in self._row_of:
            words_ = spelled(alternative)
            self._row_of[alternative] = tuple(place for word in words_ for place in self._written_out(word))
        return self._row_of[alternative]

    def _written_out(self, written: Word) -> Iterator[Place]:
        for word in map(intern, words(written.text)):  # one string for each word, wherever it stands
            if written.ending == "*":
                yield Place(frozenset(), frozenset({word}))
            elif written.ending == "+":
                yield Place(frozenset(with_endings(word)))
            else:
                yield from (Place(frozenset({meant})) for meant in self._expand(word))
