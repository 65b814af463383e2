"""What do the words of a message speak for, taken together? Asked where no phrase says an emergency.

Every word, its stem, its parts and every two words that stand together have points for the intents they speak for, and
against others: tables that anyone can read (flows/phrases/*_points_*.yaml) and that `python -m
tests.understanding.points` works out from labelled messages. The sums become shares of one (softmax), and what has too
small a share is not answered at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, sqrt
from typing import Final, TypeAlias

from bot.content.model import Intent, PhraseBook
from bot.content.schema import Risk
from bot.content.word_stems import stem
from bot.understanding.everyday import EVERYDAY
from bot.understanding.reading import FOREMOST, GRAVITY, Match

HUNDRED: Final = 100
"""Points are hundredths."""

_MOST_WORDS: Final = 120
"""So many words of a message are weighed, first and last: a long one is more than any table can judge."""
ENGLISH: Final = "en"
_LEAST: Final = 0.1
"""The least share of an intent that is answered."""
_LEAST_OF_ONE_WORD: Final = 0.4
"""The same where fewer words speak than the next figure. They never speak for an emergency: phrases do that."""
_FEWEST_WORDS: Final = 2
_LEAST_EMERGENCY: Final = 0.5
"""The least share at which an emergency is answered at once."""
_LEAST_EMERGENCY_OFFERED: Final = 0.25
"""The least share at which an emergency is one of the things to choose from."""
_SECOND: Final = 0.4
"""The least share of a second intent, compared with the first, for both to be offered."""
_PHRASE: Final = 2.0
"""How much a phrase counts that was found: as much as words that make its intent seven times as likely."""
_GRAVE_PHRASE: Final = 3.0
"""How much what is less grave counts less beside a phrase that says something grave."""
_NOTHING_AT_ALL: Final = 0.8
"""The share that speaks for no need of help from which on a phrase that says an emergency is doubted."""
_LETTERS: Final = 4
_WORDS_SHOWN: Final = 6
_MOST_SIGNS_WHOLE: Final = 9
"""More signs than these are more than a greeting or a farewell, which are answered only as the whole of a message."""


Signs: TypeAlias = Mapping[str, int]
"""What the table knows of a message, and the number of each one's row."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """An intent and the share of all points that speak for it, 0 to 1. ``words`` spoke most for it."""

    intent: Intent
    share: float
    words: tuple[str, ...]


class Points:
    """The table of one language, ready to weigh. Keeps nothing of what it weighs."""

    def __init__(self, book: PhraseBook) -> None:
        self._language = book.language
        self._table = book.points
        self._families = book.families
        self._known = {column: one for column, one in enumerate(book.point_columns) if one is not None}
        self._nothing = [column for column, intent in enumerate(book.point_columns) if intent is None]
        self._emergencies = [column for column, one in self._known.items() if is_emergency(one)]
        self._calmer = [column for column in self._known if column not in self._emergencies]
        self._harms = [column for column in self._calmer if GRAVITY[self._known[column].risk] <= GRAVITY[Risk.HIGH]]
        grave = (*self._emergencies, *self._harms)
        self._less_grave = [column for column in range(len(book.point_columns)) if column not in grave]
        self._flows = frozenset(intent.target.flow for intent in self._known.values())
        self._targets = {intent.target: column for column, intent in self._known.items()}

    def names(self, flow: str) -> bool:
        """Whether any intent that can be spoken for leads to ``flow``."""
        return flow in self._flows

    def judges(self, intent: Intent) -> bool:
        """Whether words can speak for just what ``intent`` answers; if not, a phrase of it is better than they are."""
        column = self._targets.get(intent.target)
        return column is not None and self._known[column].label == intent.label

    def known(self, words: Sequence[str]) -> float:
        """The share of a message's words that this language knows, 0 to 1."""
        spoken = _spoken(words)
        asked = [word for word in spoken if word not in EVERYDAY] if self._language == ENGLISH else spoken
        found = self._table.find(asked)
        unknown = sum([word not in found for word in asked])
        return (len(spoken) - unknown) / len(spoken) if spoken else 0.0

    def weigh(self, words: Sequence[str], *, calm: bool, said: Intent | None = None) -> list[Weighed]:
        """What a message's words speak for, most likely first; empty where they speak for nothing in particular.

        Two where the second is nearly as likely as the first. ``calm``: the message holds a figure of speech or the
        like, so that it is taken for no emergency. ``said`` is what a phrase in it says, which counts for a good deal.
        """
        spoken = _spoken(words)
        signs = self._signs(spoken)
        if signs.keys() <= EVERYDAY:
            return []
        alone = len({word for word in spoken if word in signs and word not in EVERYDAY}) < _FEWEST_WORDS
        return self._likely(self._shares(signs, said), signs, alone=alone, calm=calm)

    def speak_for_nothing(self, words: Sequence[str]) -> bool:
        """Whether words speak so strongly for no need of help that a grave phrase among them is to be doubted."""
        signs = self._signs(_spoken(words))
        return bool(signs) and _sum(self._shares(signs), self._nothing) >= _NOTHING_AT_ALL

    def _signs(self, spoken: Sequence[str]) -> Signs:
        """What the table knows of a message."""
        return self._table.find(features(spoken, self._families))

    def _shares(self, signs: Signs, said: Intent | None = None) -> list[float]:
        """The share of each column, 0 to 1: the softmax of all points, less each of them the more signs there are."""
        scale = HUNDRED * sqrt(len(signs))
        sums = [points / scale for points in self._table.sums([*signs.values()])]
        if said is not None:
            sums[self._targets[said.target]] += _PHRASE
            if GRAVITY[said.risk] <= GRAVITY[Risk.HIGH]:
                for column in self._less_grave:
                    sums[column] -= _GRAVE_PHRASE
        highest = max(sums)
        powers = [exp(one - highest) for one in sums]
        total = sum(powers)
        return [power / total for power in powers]

    def _likely(self, shares: list[float], signs: Signs, *, alone: bool, calm: bool) -> list[Weighed]:
        """What is likely enough to be answered or asked. ``alone``: too few words speak for it to be an emergency."""
        grave = 0.0 if calm or alone else _sum(shares, self._emergencies)
        others = max(_sum(shares, self._nothing), *map(shares.__getitem__, self._calmer), 0)
        if grave >= max(_LEAST_EMERGENCY_OFFERED, others):
            worst = max(self._emergencies, key=shares.__getitem__)
            first = Weighed(self._known[worst], grave, self._loudest(worst, signs))
            return [first] if grave >= _LEAST_EMERGENCY else [first, *self._calm(shares, signs, 0)[:1]]
        return self._calm(shares, signs, _LEAST_OF_ONE_WORD if alone else _LEAST)

    def _calm(self, shares: list[float], signs: Signs, least: float) -> list[Weighed]:
        """The likeliest that is no emergency, and the next where it is nearly as likely."""
        likeliest = sorted(self._calmer, key=shares.__getitem__, reverse=True)[:2]
        most = max((shares[column] for column in likeliest), default=0.0)
        if _sum(shares, self._nothing) > max(most, _sum(shares, self._harms)):
            return []
        found: list[Weighed] = []
        for column, enough in zip(likeliest, (least, _SECOND * most), strict=False):
            intent = self._known[column]
            if shares[column] < enough or (intent.whole and len(signs) > _MOST_SIGNS_WHOLE):
                break
            found.append(Weighed(intent, shares[column], self._loudest(column, signs)))
        return found

    def _loudest(self, column: int, signs: Signs) -> tuple[str, ...]:
        points = self._table.points(signs.values(), column)
        loud = sorted((-one, sign) for sign, one in zip(signs, points, strict=True) if one > 0)
        return tuple([sign for _, sign in loud[:_WORDS_SHOWN]])


def _sum(shares: Sequence[float], columns: Iterable[int]) -> float:
    return sum(map(shares.__getitem__, columns))


def _spoken(words: Sequence[str]) -> Sequence[str]:
    spoken = [word for word in words if word.isalnum()]
    return spoken if len(spoken) <= _MOST_WORDS else spoken[: _MOST_WORDS // 2] + spoken[-_MOST_WORDS // 2 :]


def is_emergency(intent: Intent) -> bool:
    """Whether it is answered before all else: danger now, or suicide and self-harm."""
    return intent.risk is Risk.IMMEDIATE or intent.priority == FOREMOST


def features(spoken: Sequence[str], families: Mapping[str, Sequence[str]]) -> set[str]:
    """What is weighed of a message: its words, their stems (`gift*`), every four letters in a row (`~gift`, with `_`
    where a word begins or ends), every two words that stand together, and the same of families of words (`<kin>`,
    `<kin> <blow>`). A word is of a family if it or its stem is (`bot.content.model.PhraseBook.families`).
    """
    found = {*spoken}
    own: list[Sequence[str]] = []
    for word in spoken:
        stemmed = stem(word)
        own.append(families.get(word) or families.get(stemmed, ()))
        if word not in EVERYDAY:
            found.add(stemmed)
            bordered = f"_{word}_"
            found.update([f"~{bordered[at : at + _LETTERS]}" for at in range(len(bordered) - _LETTERS + 1)])
    for one, other in pairwise(spoken):
        if one not in EVERYDAY or other not in EVERYDAY:
            found.add(f"{one} {other}")
    for some in own:
        found.update(some)
    for some, others in pairwise(own):
        if some and others:
            found.update([f"{family} {other}" for family in some for other in others])
    return found


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
