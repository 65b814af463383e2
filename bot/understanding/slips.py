"""Words with one slip of the finger: a letter too many, too few, wrong, or two swapped.

An index of what is left of each word when one letter is taken away, so that a look-up costs a few steps per letter
however many words there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

SHORTEST = 5
"""Shorter words are never corrected: too many other words are one letter away."""

_FEW = 2
_LONG = 7
"""So many letters at the beginning, or else at the end, are as they should be; in words of so many one more."""


def without_one_letter(word: str) -> Iterable[str]:
    """``word`` in every way with one letter taken away."""
    return {word[:index] + word[index + 1 :] for index in range(len(word))}


def one_slip_apart(one: str, other: str) -> bool:
    """Whether at most one slip turns one word into the other."""
    if one == other:
        return True
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    start = next((index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) < len(other):
        return one[start:] == other[start + 1 :]
    if one[start + 1 :] == other[start + 1 :]:
        return True
    return one[start : start + 2] == other[start : start + 2][::-1] and one[start + 2 :] == other[start + 2 :]


class Slips:
    """Words that are recognised with one slip."""

    def __init__(self, words: Iterable[str], never: AbstractSet[str]) -> None:
        """``never`` are real words, which are never taken for one of ``words``."""
        self._never = never
        self._index: dict[str, tuple[str, ...]] = {}
        long_enough = sorted({word for word in words if len(word) >= SHORTEST})
        for word in long_enough:
            for key in (word, *without_one_letter(word)):
                self._index[key] = (*self._index.get(key, ()), word)
        self._starts = frozenset(word[:letters] for word in long_enough for letters in (_FEW, _FEW + 1))
        self._ends = frozenset(word[-letters:] for word in long_enough for letters in (_FEW, _FEW + 1))

    def meant(self, typed: str) -> str | None:
        """The word that was meant, if ``typed`` is no word itself and only one word is a slip away."""
        if len(typed) < SHORTEST - 1 or typed in self._never:
            return None
        same = _FEW if len(typed) < _LONG else _FEW + 1
        if typed[:same] not in self._starts and typed[-same:] not in self._ends:
            return None  # one slip leaves the beginning or the end as it is
        found: set[str] = set()
        index = self._index
        for key in (typed, *without_one_letter(typed)):
            for word in index.get(key, ()):
                if one_slip_apart(typed, word) and _credible(typed, word):
                    found.add(word)
        if len(found) <= 1:
            return found.pop() if found else None

        def distance(word: str) -> tuple[bool, bool, bool, str]:
            return word[0] != typed[0], len(word) < len(typed), sorted(word) != sorted(typed), word

        return min(found, key=distance)


def _credible(typed: str, word: str) -> bool:
    """Short words keep their first letter, and none becomes a word of four letters by guessing a vowel."""
    return len(word) > SHORTEST + 1 or typed[0] == word[0]
