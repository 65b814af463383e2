"""Which figures may be published so that no small one is given away, neither by itself nor by all the others together.

Counts below ten are hidden, the rest is rounded to five. That alone is not enough: a single hidden figure beside a
total is found by subtraction. So everything that can be known about the figures is written down as `Relation`, then we
try what somebody can try who has the whole publication, knows which figures were hidden for being small, and knows the
content: narrow each hidden figure from all sides until nothing more follows. Where too little uncertainty is left, one
more figure is held back, the smallest that helped, and so on until every hidden figure is safe.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

SMALLEST: Final = 10
"""Counts below are hidden."""

BASE: Final = 5
"""What is shown is a multiple of this."""

ROOM: Final = 5
"""For every hidden small figure there must be at least so many whole numbers above the least that it could be."""

Name = tuple[str, ...]
"""What a figure is called; totals have names too."""


@dataclass(frozen=True, slots=True)
class Relation:
    """``parts`` together are ``whole`` (``exact``), or at most as much as ``whole`` together. Known to everybody."""

    parts: tuple[Name, ...]
    whole: tuple[Name, ...]
    exact: bool = True


class Range(NamedTuple):
    """The least and the most that a figure can be."""

    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Publication:
    """What is published: a rounded count, or None where it is hidden.

    ``small`` were hidden for being small, which is not published; ``empty`` are known to be 0.
    """

    shown: Mapping[Name, int | None]
    small: frozenset[Name]
    empty: frozenset[Name] = frozenset()


def protect(
    counts: Mapping[Name, int], relations: Iterable[Relation], empty: frozenset[Name] = frozenset()
) -> Publication:
    """Decide what of ``counts`` is published. What the relations name must be among them.

    ``empty`` are figures that anybody can tell to be 0, such as a channel that is not there: nothing can hide behind
    them. A relation that the counts do not keep to is nobody's knowledge, and left out.
    """
    kept = [relation for relation in relations if _holds(relation, counts)]
    small = frozenset(name for name, count in counts.items() if count < SMALLEST) - empty
    hidden = {*small, *empty}
    while True:
        shown = {name: None if name in hidden else rounded(count) for name, count in counts.items()}
        publication = Publication(shown, small, empty)
        ranges = known_ranges(publication, kept)
        exposed = [name for name in sorted(small) if ranges[name].most - ranges[name].least < ROOM]
        if not exposed:
            return publication
        more = _one_more(exposed, counts, hidden, kept)
        if more is None:
            return publication
        hidden.add(more)


def _holds(relation: Relation, counts: Mapping[Name, int]) -> bool:
    parts = sum(counts[name] for name in relation.parts)
    whole = sum(counts[name] for name in relation.whole)
    return parts == whole if relation.exact else parts <= whole


def rounded(count: int) -> int:
    """To the nearest multiple of `BASE`."""
    return (count + BASE // 2) // BASE * BASE


def known_ranges(publication: Publication, relations: Iterable[Relation]) -> dict[Name, Range]:
    """What follows for each figure from everything published and every relation."""
    ranges = {name: _first_range(publication, name) for name in publication.shown}
    known = [*relations]
    changed = True
    while changed:
        changed = False
        for relation in known:
            changed |= _narrow(relation.parts, relation.whole, ranges)
            if relation.exact:
                changed |= _narrow(relation.whole, relation.parts, ranges)
    return ranges


def _first_range(publication: Publication, name: Name) -> Range:
    shown = publication.shown[name]
    if name in publication.empty:
        return Range(0, 0)
    if shown is None:
        return Range(0, SMALLEST - 1) if name in publication.small else Range(SMALLEST, math.inf)
    return Range(max(SMALLEST, shown - BASE // 2), shown + BASE // 2)


def _narrow(parts: tuple[Name, ...], whole: tuple[Name, ...], ranges: dict[Name, Range]) -> bool:
    """Use that ``parts`` together are at most ``whole`` together; whether anything followed."""
    changed = False
    least = sum(ranges[name].least for name in parts)
    most = sum(ranges[name].most for name in whole)
    for name in parts:
        room = most - (least - ranges[name].least)
        if room < ranges[name].most:
            ranges[name] = ranges[name]._replace(most=room)
            changed = True
    for name in whole:
        need = least - (most - ranges[name].most) if most < math.inf else _need(least, name, whole, ranges)
        if need > ranges[name].least:
            ranges[name] = ranges[name]._replace(least=need)
            changed = True
    return changed


def _need(least: float, name: Name, whole: tuple[Name, ...], ranges: Mapping[Name, Range]) -> float:
    others = sum(ranges[other].most for other in whole if other != name)
    return least - others if others < math.inf else 0


def _one_more(
    exposed: Sequence[Name], counts: Mapping[Name, int], hidden: set[Name], relations: Sequence[Relation]
) -> Name | None:
    """The smallest figure still shown that stands in a relation with an exposed one; any, if there is none."""
    near = {
        name
        for relation in relations
        if set(exposed) & {*relation.parts, *relation.whole}
        for name in (*relation.parts, *relation.whole)
    }
    everywhere = {name for relation in relations for name in (*relation.parts, *relation.whole)}
    for candidates in (near - hidden, everywhere - hidden):
        if candidates:
            return min(candidates, key=lambda name: (counts[name], name))
    return None
