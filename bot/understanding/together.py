"""Phrases that count only together: which of them stand near one another.

Where a phrase stands is kept as one long integer with a bit for every word of the message, so that looking for two
phrases near one another is one operation however often they occur.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import NamedTuple

from bot.understanding.sightings import spread

WITHIN = 25
"""So many words before or after one phrase another counts as near."""

_MOST_PLACES = 3
"""In how many places a rule is looked at."""

_MOST_COMBINED = 4
"""How many ways of combining what stands before and after each place."""

_MOST_BESIDE = 2
"""How many places before, and how many after, each phrase is taken from."""


class Stands(NamedTuple):
    """One of several phrases that were found: which one, by its number, and the position of its last word."""

    number: int
    end: int


class Together:
    """Which phrases belong together."""

    def __init__(self, joined: Sequence[Sequence[int]]) -> None:
        """``joined``: for each rule the numbers of the phrases it consists of."""
        uses: dict[int, int] = {}
        for numbers in joined:
            for number in numbers:
                uses[number] = uses.get(number, 0) + 1
        self._by_rarest: dict[int, list[tuple[int, tuple[int, ...]]]] = {}
        for rule, numbers in enumerate(joined):
            rarest = min(numbers, key=lambda number: (uses[number], number))
            others = tuple(number for number in numbers if number != rarest)
            self._by_rarest.setdefault(rarest, []).append((rule, others))

    def met(self, written: AbstractSet[int], ends: Callable[[int], int]) -> Iterator[tuple[int, tuple[Stands, ...]]]:
        """Every rule whose phrases all stand near its rarest, with where they do: for each rule a few places, one of
        which may have the same words twice.

        ``written`` are phrases that may have been; ``ends`` gives the positions of the last words of one, as bits.
        """
        around: dict[int, int] = {}
        for one in sorted(written & self._by_rarest.keys()):
            if not (at_one := ends(one)):
                continue
            for rule, others in self._by_rarest[one]:
                near = at_one
                for other in others:
                    if other not in around:
                        around[other] = spread(ends(other), WITHIN, WITHIN)
                    near &= around[other]
                    if not near:
                        break
                else:
                    for _ in range(_MOST_PLACES):
                        at = (near & -near).bit_length() - 1
                        sides = [[Stands(other, end) for end in _beside(ends(other), at)] for other in others]
                        for way in islice(_apart(sides, (Stands(one, at),)), _MOST_COMBINED):
                            yield rule, way
                        near &= near - 1
                        if not near:
                            break


def _apart(sides: Sequence[Sequence[Stands]], taken: tuple[Stands, ...]) -> Iterator[tuple[Stands, ...]]:
    """Every way to take one of each side after ``taken`` so that no two of them end on the same word: `brother` and
    `mum` are two people even where each could be either.
    """
    if not sides:
        yield taken
        return
    for one in sides[0]:
        if all(one.end != other.end for other in taken):
            yield from _apart(sides[1:], (*taken, one))


def _beside(bits: int, at: int) -> list[int]:
    """The positions among ``bits`` next to ``at``, a few before and a few after it, the nearest first."""
    bits = bits & ~(1 << at) or bits
    found = []
    after, before = bits >> at, bits & ((1 << at) - 1)
    for _ in range(_MOST_BESIDE):
        if after:
            found.append(at + (after & -after).bit_length() - 1)
            after &= after - 1
        if before:
            found.append(before.bit_length() - 1)
            before &= ~(1 << found[-1])
    return sorted(found, key=lambda position: abs(position - at))
