"""Patterns as rows to be found: words in their normal form, groups spread out, endings written out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import product
from sys import intern

from bot.content.phrase_pattern import Alternative, Part, pieces, spelled_word
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
        self._written_out: dict[Alternative, str | Row] = {}
        """For every alternative its word, which most of them are; or its places, where that is not all."""
        self._places_of: dict[str, Row] = {}
        """The same for every word of these, as written."""
        self._places: dict[tuple[frozenset[str], frozenset[str], bool], Place] = {}
        self._place_of: dict[str, Place] = {}
        """Word → the place for it alone."""

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
            ways.append((self._place(single.words, single.prefixes, optional=part.optional),))
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
            found = self._written_out.get(alternative) or self._write_out(alternative)
            if isinstance(found, str):
                exact.add(found)
            elif len(found) == 1:
                exact |= found[0].words
                prefixes |= found[0].prefixes
            elif found:
                several[found] = None
        single = self._place(frozenset(exact), frozenset(prefixes)) if exact or prefixes else None
        self._known[alternatives] = single, tuple(several)
        return self._known[alternatives]

    def _write_out(self, alternative: Alternative) -> str | Row:
        found: str | Row
        if alternative.isascii() and alternative.isalnum():
            meant = self._expand(intern(alternative.lower()))
            found = meant[0] if len(meant) == 1 else tuple(map(self._place_for, meant))
        else:
            known = self._places_of
            found = tuple(
                place for written in pieces(alternative) for place in known.get(written) or self._word(written)
            )
        self._written_out[alternative] = found
        return found

    def _word(self, written: str) -> Row:
        """The places of a word of an alternative, as written."""
        text, ending = spelled_word(written)
        found = map(intern, words(text))  # one string for each word, wherever it stands
        if ending == "*":
            row = tuple(self._place(frozenset(), frozenset({word})) for word in found)
        elif ending == "+":
            row = tuple(self._place(frozenset(with_endings(word))) for word in found)
        else:
            row = tuple(self._place_for(meant) for word in found for meant in self._expand(word))
        self._places_of[written] = row
        return row

    def _place_for(self, word: str) -> Place:
        if word not in self._place_of:
            self._place_of[word] = self._place(frozenset({word}))
        return self._place_of[word]

    def _place(self, exact: frozenset[str], prefixes: frozenset[str] = frozenset(), *, optional: bool = False) -> Place:
        """The one place for these words."""
        key = (exact, prefixes, optional)
        if key not in self._places:
            self._places[key] = Place(exact, prefixes, optional)
        return self._places[key]
