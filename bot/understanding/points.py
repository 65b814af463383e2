"""The last net for a message in which no phrase is found: what do its words speak for, taken together?

Every word, its stem, and every two words that stand together have points for the intents they speak for, and against
others: a table that anyone can read (flows/phrases/en_points.yaml) and that `python -m tests.understanding.points`
works out from labelled messages. The sums become shares of one (softmax), and what has too small a share is not
answered at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, sqrt
from typing import Final

from bot.content.model import Intent, PhraseBook
from bot.content.schema import Risk
from bot.understanding.everyday import EVERYDAY
from bot.understanding.reading import FOREMOST, Match

HUNDRED: Final = 100
"""Points are hundredths."""

_MOST_WORDS: Final = 120
"""So many words of a message are weighed, first and last: a long one is more than any table can judge."""
_FEWEST_KNOWN: Final = 0.51
"""The least share of a message's words that the table knows: one in another language says nothing."""
_LEAST: Final = 0.14
"""The least share of an intent that is answered."""
_LEAST_OF_ONE_WORD: Final = 0.4
"""The same where fewer words speak than the next figure. They never speak for an emergency: phrases do that."""
_FEWEST_WORDS: Final = 3
_LEAST_EMERGENCY: Final = 0.55
"""The least share at which an emergency is answered at once."""
_LEAST_EMERGENCY_OFFERED: Final = 0.3
"""The least share at which an emergency is one of the things to choose from."""
_SECOND: Final = 0.4
"""The least share of a second intent, compared with the first, for both to be offered."""
_WORDS_SHOWN: Final = 6
_MOST_SIGNS_WHOLE: Final = 9
"""More signs than these are more than a greeting or a farewell, which are answered only as the whole of a message."""

_ENDINGS: Final = ("ing", "ed", "es", "s")
_SHORTEST_STEM: Final = 3


@dataclass(frozen=True, slots=True)
class Weighed:
    """An intent and the share of all points that speak for it, 0 to 1. ``words`` spoke most for it."""

    intent: Intent
    share: float
    words: tuple[str, ...]


class Points:
    """The table of one language, ready to weigh. Keeps nothing of what it weighs."""

    def __init__(self, book: PhraseBook) -> None:
        self._columns = book.point_columns
        self._points = book.points

    def weigh(self, words: Sequence[str], *, calm: bool) -> list[Weighed]:
        """What a message's words speak for, most likely first; empty where they speak for nothing in particular.

        Two where the second is nearly as likely as the first. ``calm``: the message holds a figure of speech or the
        like, so that it is taken for no emergency.
        """
        spoken = [word for word in words if word.isalnum()]
        if len(spoken) > _MOST_WORDS:
            spoken = spoken[: _MOST_WORDS // 2] + spoken[-_MOST_WORDS // 2 :]
        known = sum(word in EVERYDAY or word in self._points for word in spoken)
        signs = [sign for sign in {*features(spoken)} if sign in self._points]
        if not signs or known < _FEWEST_KNOWN * len(spoken):
            return []
        sums = [0] * len(self._columns)
        for sign in signs:
            for column, points in self._points[sign]:
                sums[column] += points
        scale = HUNDRED * sqrt(len(signs))
        highest = max(sums)
        powers = [exp((one - highest) / scale) for one in sums]
        total = sum(powers)
        alone = len({word for word in spoken if word in self._points}) < _FEWEST_WORDS
        return self._likely([power / total for power in powers], sorted(signs), alone=alone, calm=calm)

    def _likely(self, shares: list[float], signs: list[str], *, alone: bool, calm: bool) -> list[Weighed]:
        first, second = sorted(range(len(shares)), key=lambda column: -shares[column])[:2]
        found: list[Weighed] = []
        for column, enough in ((first, _LEAST_OF_ONE_WORD if alone else _LEAST), (second, _SECOND * shares[first])):
            intent = self._columns[column]
            if intent is None or shares[column] < enough or (intent.whole and len(signs) > _MOST_SIGNS_WHOLE):
                break
            found.append(Weighed(intent, shares[column], self._loudest(column, signs)))
        if not found or not _is_emergency(found[0].intent):
            return found
        if calm or alone or found[0].share < _LEAST_EMERGENCY_OFFERED:
            return []
        return found[:1] if found[0].share >= _LEAST_EMERGENCY else found[:2] if len(found) > 1 else []

    def _loudest(self, column: int, signs: list[str]) -> tuple[str, ...]:
        points = {sign: dict(self._points[sign]).get(column, 0) for sign in signs}
        return tuple(
            sorted((sign for sign in signs if points[sign] > 0), key=lambda sign: -points[sign])[:_WORDS_SHOWN]
        )


def _is_emergency(intent: Intent) -> bool:
    return intent.risk is Risk.IMMEDIATE or intent.priority == FOREMOST


def features(spoken: Sequence[str]) -> Iterator[str]:
    """What is weighed of a message: its words, their stems (`gift*`), and every two words that stand together."""
    for word in spoken:
        if word not in EVERYDAY:
            yield word
            yield f"{_stem(word)}*"
    for one, other in pairwise(spoken):
        if one not in EVERYDAY or other not in EVERYDAY:
            yield f"{one} {other}"


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def as_matches(weighed: Sequence[Weighed], length: int) -> tuple[Match, ...]:
    """What was weighed as matches, in that order, of a message of ``length`` words."""
    return tuple(
        Match(
            intent=one.intent,
            phrase=", ".join(one.words),
            risk=one.intent.risk,
            first=0,
            last=max(length - 1, 0),
            words=" ".join(one.words),
            weight=round(one.share * HUNDRED),
            number=0,
            listed=one.intent,
            because="points",
        )
        for one in weighed
    )
