"""Which figures may be published so that no small one is given away, by itself or by all the others together.

Counts below ten are hidden, the rest is rounded to five. That alone is not enough: a small figure beside a total is
found by subtraction. So two more rules hold, and they are such that even somebody who knows them learns nothing from
seeing them applied:

- a `Split` (all parts of a shown total) is shown only if none of its parts is small, otherwise not at all;
- a `Cover` (a figure that is at least as large as others together) is shown only if it leaves room for each small one
  of those to be anything below ten.

So a hidden figure can be anything from 0 to 9, whatever else is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

SMALLEST: Final = 10
"""Counts below are hidden."""

BASE: Final = 5
"""What is shown is a multiple of this."""

_OFF: Final = BASE // 2

Name = tuple[str, ...]
"""What a figure is called; totals have names too."""


@dataclass(frozen=True, slots=True)
class Split:
    """``parts`` together are exactly ``whole``. No figure may be in two of them."""

    whole: Name
    parts: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """``parts`` together are at most ``whole``. No figure that is the whole of one may be a part of another."""

    whole: Name
    parts: tuple[Name, ...]


def protect(
    counts: Mapping[Name, int], splits: Iterable[Split] = (), covers: Iterable[Cover] = ()
) -> dict[Name, int | None]:
    """What is published of ``counts``: a rounded figure, or None where it is hidden."""
    shown = {name: rounded(count) if count >= SMALLEST else None for name, count in counts.items()}
    for cover in covers:
        if not _leaves_room(shown, cover):
            shown[cover.whole] = None
    for split in splits:
        parts = [shown[part] for part in split.parts]
        if shown[split.whole] is None or None in parts:
            shown.update(dict.fromkeys(split.parts))
    return shown


def rounded(count: int) -> int:
    """To the nearest multiple of `BASE`."""
    return (count + _OFF) // BASE * BASE


def _leaves_room(shown: Mapping[Name, int | None], cover: Cover) -> bool:
    """Whether each hidden part could still be anything below `SMALLEST`, the rounding taken at its worst."""
    whole = shown[cover.whole]
    parts = [shown[part] for part in cover.parts]
    if whole is None or None not in parts:
        return True
    return whole - _OFF >= sum(part + _OFF for part in parts if part is not None) + SMALLEST - 1
