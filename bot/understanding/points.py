"""What do the words of a message speak for, taken together? Asked where no phrase says an emergency.

Every word, its stem and every two words that stand together, and of unknown words every few letters, have points for
the intents they speak for, and against others: tables that anyone can read (flows/phrases/*_points_*.yaml) and that
`python -m tests.understanding.points` works out from labelled messages. The sums become shares of one (softmax), and
what has too small a share is not answered at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain, filterfalse, islice
from math import exp, sqrt
from typing import Final, TypeAlias

from bot.content.model import Intent, PhraseBook
from bot.content.schema import Risk
from bot.understanding.asides import Asides
from bot.understanding.everyday import EVERYDAY
from bot.understanding.reading import FOREMOST, GRAVITY, Match
from bot.understanding.signs import letters, signs_in_order

HUNDRED: Final = 100
"""Points are hundredths."""

_MOST_WORDS: Final = 120
"""So many words of a message are weighed together, first and last: a long one is more than any table can judge."""
_LONG: Final = 22
"""A message of so many words is weighed place by place as well."""
_PLACE: Final = 16
"""Words of a place."""
_NEXT_PLACE: Final = 4
"""How many words after a place the next one begins."""
_LEAST_EMERGENCY_OF_PLACE: Final = 0.7
"""The least share of a place at which an emergency is answered."""
_LEAST_HARM_OF_PLACE: Final = 0.7
"""The least share at which a place tells of any harm, where the message as a whole speaks for nothing."""
_STRETCH: Final = 60
"""Of longer messages only the stretch of so many words that speaks most for an emergency is weighed place by place."""
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
_LIKELIER: Final = 1.1
"""How many times as likely as anything else it has to be for that."""
_SECOND: Final = 0.4
"""The least share of a second intent, compared with the first, for both to be offered."""
_PHRASE: Final = 2.0
"""How much a phrase counts that was found: as much as words that make its intent seven times as likely."""
_GRAVE_PHRASE: Final = 3.0
"""How much what is less grave counts less beside a phrase that says something grave."""
_NOTHING_AT_ALL: Final = 0.75
"""The share that speaks for no need of help from which on a phrase that says an emergency is doubted."""
_WORDS_SHOWN: Final = 6
_MOST_SIGNS_WHOLE: Final = 9
"""More signs than these are more than a greeting or a farewell, which are answered only as the whole of a message."""

Known: TypeAlias = Mapping[str, int]
"""The signs of a message that the table knows, and the number of each one's row."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """An intent and the share of all points that speak for it, 0 to 1."""

    intent: Intent
    share: float
    column: int
    """Its column in the table."""
    known: Known
    """The signs that were weighed."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A few words in a row, and the shares that speak for an emergency, and for any harm; 0 to 1."""

    words: Sequence[str]
    emergency: float
    harm: float


class Points:
    """The table of one language, ready to weigh. Keeps nothing of what it weighs."""

    def __init__(self, book: PhraseBook, asides: Asides) -> None:
        self._language = book.language
        self._asides = asides
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
        written = _first_and_last(words)
        asked = [*filterfalse(EVERYDAY.__contains__, written)] if self._language == ENGLISH else written
        found = self._table.find(asked)
        unknown = sum([word not in found for word in asked])
        return (len(written) - unknown) / len(written) if written else 0.0

    def weigh(
        self, words: Sequence[str], *, harmless: AbstractSet[str] = frozenset(), said: Intent | None = None
    ) -> list[Weighed]:
        """What a message's words speak for, most likely first; empty where they speak for nothing in particular.

        Two where the second is nearly as likely as the first. ``harmless``: words of a figure of speech or the like,
        beside which nothing is taken for an emergency. ``said`` is what a phrase says, which counts for a good deal.
        A long message is weighed place by place as well: what one sentence tells is drowned by many about other things.
        """
        told = self._asides.without([word for word in words if word.isalnum()])
        found = self._likely(_first_and_last(told), harmless, said)
        if len(told) < _LONG or (found and is_emergency(found[0].intent)):
            return found
        return self._told_in_a_place(told, harmless, harms=not found) or found

    def _told_in_a_place(self, told: Sequence[str], harmless: AbstractSet[str], *, harms: bool) -> list[Weighed]:
        """What a few words in a row speak for, if that is an emergency; or, where ``harms``, if it is any harm."""
        places = [*self._places(self._stretch(told), harmless)]
        gravest = max(places, key=lambda place: place.emergency, default=None)
        if gravest and gravest.emergency >= _LEAST_EMERGENCY_OF_PLACE:
            return self._likely(gravest.words, harmless)
        worst = max(places, key=lambda place: place.harm, default=None)
        if harms and worst and worst.harm >= _LEAST_HARM_OF_PLACE:
            return self._likely(worst.words, harmless)
        return []

    def _places(self, told: Sequence[str], harmless: AbstractSet[str]) -> Iterator[_Place]:
        """All places where so many words tell anything."""
        each = [*signs_in_order(told, self._families)]
        known = self._table.find(set[str]().union(*each))
        spelled = {word: letters(word) for word in told if word not in known}
        parts = self._table.find({*chain.from_iterable(spelled.values())})
        rows = [{known[sign] for sign in known.keys() & found} for found in each]
        for word, own in zip(told, rows, strict=True):
            own.update([parts[part] for part in spelled.get(word, ()) if part in parts])
        for start in range(0, len(told) - _PLACE + _NEXT_PLACE, _NEXT_PLACE):
            words, there = told[start : start + _PLACE], set[int]().union(*rows[start : start + _PLACE])
            if there:
                shares = self._shares([*there])
                emergency = _sum(shares, self._emergencies) if harmless.isdisjoint(words) else 0.0
                yield _Place(words, emergency, _sum(shares, self._harms) + emergency)

    def _stretch(self, told: Sequence[str]) -> Sequence[str]:
        """The words of a message that are weighed place by place: all, or those of a very long one that speak most for
        an emergency, judged by words alone.
        """
        if len(told) <= _MOST_WORDS:
            return told
        known = self._table.find({*told})

        def emergency(start: int) -> float:
            rows = [known[word] for word in {*told[start : start + _STRETCH]} & known.keys()]
            return _sum(self._shares(rows), self._emergencies) if rows else 0.0

        start = max(range(0, len(told), _STRETCH), key=emergency)
        return told[max(start - _PLACE, 0) : start + _STRETCH + _PLACE]

    def speak_for_nothing(self, words: Sequence[str]) -> bool:
        """Whether words speak so strongly for no need of help that a grave phrase among them is to be doubted."""
        rows = [*self._signs(self._asides.without(_first_and_last(words))).values()]
        return bool(rows) and _sum(self._shares(rows), self._nothing) >= _NOTHING_AT_ALL

    def _signs(self, written: Sequence[str]) -> Known:
        """What the table knows of so many words."""
        found = self._table.find(set[str]().union(*signs_in_order(written, self._families)))
        unknown = filterfalse(found.__contains__, written)
        if spelled := {*chain.from_iterable(map(letters, unknown))}:
            found.update(self._table.find(spelled))
        return found

    def _shares(self, rows: Sequence[int], said: Intent | None = None) -> list[float]:
        """The share of each column, 0 to 1: the softmax of all points, less each the more signs there are."""
        scale = HUNDRED * sqrt(len(rows))
        sums = [points / scale for points in self._table.sums(rows)]
        if said is not None:
            sums[self._targets[said.target]] += _PHRASE
            if GRAVITY[said.risk] <= GRAVITY[Risk.HIGH]:
                for column in self._less_grave:
                    sums[column] -= _GRAVE_PHRASE
        highest = max(sums)
        powers = [exp(one - highest) for one in sums]
        total = sum(powers)
        return [power / total for power in powers]

    def _likely(self, written: Sequence[str], harmless: AbstractSet[str], said: Intent | None = None) -> list[Weighed]:
        """What is likely enough to be answered or asked. Too few words never speak for an emergency."""
        found = self._signs(written)
        if found.keys() <= EVERYDAY:
            return []
        shares = self._shares([*found.values()], said)
        alone = len({word for word in written if word in found and word not in EVERYDAY}) < _FEWEST_WORDS
        calm = alone or not harmless.isdisjoint(written)
        grave = 0.0 if calm else _sum(shares, self._emergencies)
        others = max(_sum(shares, self._nothing), *map(shares.__getitem__, self._calmer), 0)
        if grave >= max(_LEAST_EMERGENCY_OFFERED, _LIKELIER * others):
            worst = max(self._emergencies, key=shares.__getitem__)
            first = Weighed(self._known[worst], grave, worst, found)
            return [first] if grave >= _LEAST_EMERGENCY else [first, *self._calm(shares, found, 0)[:1]]
        return self._calm(shares, found, _LEAST_OF_ONE_WORD if alone else _LEAST)

    def _calm(self, shares: list[float], known: Known, least: float) -> list[Weighed]:
        """The likeliest that is no emergency, and the next where it is nearly as likely."""
        likeliest = sorted(self._calmer, key=shares.__getitem__, reverse=True)[:2]
        most = max((shares[column] for column in likeliest), default=0.0)
        if _sum(shares, self._nothing) > max(most, _sum(shares, self._harms)):
            return []
        found: list[Weighed] = []
        for column, enough in zip(likeliest, (least, _SECOND * most), strict=False):
            intent = self._known[column]
            if shares[column] < enough or (intent.whole and len(known) > _MOST_SIGNS_WHOLE):
                break
            found.append(Weighed(intent, shares[column], column, known))
        return found

    def loudest(self, weighed: Weighed) -> tuple[str, ...]:
        """The signs that spoke most for it, for authors."""
        points = self._table.points(weighed.known.values(), weighed.column)
        loud = sorted((-one, sign) for sign, one in zip(weighed.known, points, strict=True) if one > 0)
        return tuple([sign for _, sign in loud[:_WORDS_SHOWN]])

    def as_matches(self, weighed: Sequence[Weighed], length: int, *, reasons: bool) -> tuple[Match, ...]:
        """What was weighed as matches, in that order, of a message of ``length`` words. Without ``reasons`` they do not
        name the words that spoke for them.
        """
        named = [self.loudest(one) if reasons else () for one in weighed]
        return tuple(
            Match(
                intent=one.intent,
                phrase=", ".join(loudest),
                risk=one.intent.risk,
                first=0,
                last=max(length - 1, 0),
                words=" ".join(loudest),
                weight=round(one.share * HUNDRED),
                number=0,
                listed=one.intent,
                because="points",
            )
            for one, loudest in zip(weighed, named, strict=True)
        )


def _sum(shares: Sequence[float], columns: Iterable[int]) -> float:
    return sum(map(shares.__getitem__, columns))


def _first_and_last(words: Sequence[str]) -> Sequence[str]:
    """As many words as are weighed together."""
    first = [*islice(filter(str.isalnum, words), _MOST_WORDS + 1)]
    if len(first) <= _MOST_WORDS:
        return first
    last = [*islice(filter(str.isalnum, reversed(words)), _MOST_WORDS // 2)]
    return [*first[: _MOST_WORDS // 2], *last[::-1]]


def is_emergency(intent: Intent) -> bool:
    """Whether it is answered before all else: danger now, or suicide and self-harm."""
    return intent.risk is Risk.IMMEDIATE or intent.priority == FOREMOST
