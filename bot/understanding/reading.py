"""What a message is about, as far as rules can tell, and which rule said so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from bot.content.model import Intent
from bot.content.schema import Risk

GRAVITY = {Risk.IMMEDIATE: 0, Risk.HIGH: 1, Risk.CONCERN: 2, Risk.NONE: 3}
"""How early each risk comes: 0 is the gravest."""

_SURE = 50
"""The weight, in hundredths, of a guess that is answered without asking."""

_AS_LIKELY = 90
"""The length of what was said second, in hundredths of the first, from which on either is what was meant about as
often: of the messages that the phrases were tuned on (tests/understanding) neither came out ahead."""

FOREMOST = 9
"""Grave intents of this priority come before all others, even graver ones: suicide before a child who is missing."""

_AFTER_FOREMOST = 2


class Match(NamedTuple):
    """A rule that fired. For authors: ``words`` are what was typed, so a match is never logged or kept."""

    intent: Intent
    """The intent that answers, after looking at who, when and whether."""
    phrase: str
    """The author's pattern that was found."""
    risk: Risk
    first: int
    last: int
    """The positions, in the message's words, of the first and the last word that fit."""
    words: str
    weight: int
    number: int
    """How late its intent is listed."""
    listed: Intent
    """The intent that the pattern stands under."""
    because: str = ""
    """Why another intent answers than the one listed: `denied`, `past`, `friend`, `child` or `other`;
    or `points`, where no phrase was found and its words were weighed."""

    @property
    def order(self) -> tuple[int, int, int, int, int]:
        """The gravest sorts first, then what has the highest priority, then what was said at greatest length, then what
        is listed last, so that a pack's own phrases come before those it is laid over.
        """
        foremost = self.intent.priority == FOREMOST and GRAVITY[self.risk] <= GRAVITY[Risk.HIGH]
        gravity = GRAVITY[self.risk] + (0 if foremost else _AFTER_FOREMOST)
        return gravity, -self.intent.priority, self.because == "denied", -self.weight, -self.number


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message is about: ``matches`` in order of gravity, one for each intent, never empty."""

    matches: tuple[Match, ...]
    guessed: bool = False
    """Whether no phrase was found, and the words were weighed instead: the person is then asked which it is."""
    doubted: bool = False
    """Whether an emergency was said, but in words that most likely need no help: the person is asked."""

    @property
    def intent(self) -> Intent:
        """What to answer."""
        return self.matches[0].intent

    @property
    def risk(self) -> Risk:
        """How much is at stake: less than its intent's where somebody said that it is not so."""
        return self.matches[0].risk

    @property
    def phrase(self) -> str:
        """The author's pattern that decided."""
        return self.matches[0].phrase

    @property
    def language(self) -> str:
        """The language of that pattern."""
        return self.intent.language

    @property
    def unsure(self) -> bool:
        """Whether it is but a guess, and none that is more likely than all others together."""
        return self.doubted or (self.guessed and self.matches[0].weight < _SURE)

    @property
    def torn(self) -> Intent | None:
        """What a serious message may be about just as well, so that the person is asked which it is; None where one
        meaning comes first. Danger now and suicide are never asked about: they are answered.
        """
        best = self.matches[0]
        if self.guessed or not _may_wait(best):
            return None
        for match in self.matches[1:]:
            as_likely = match.order[:3] == best.order[:3] and match.weight * 100 >= best.weight * _AS_LIKELY
            if (
                as_likely
                and not _is_within(match, best)
                and _may_wait(match)
                and match.intent.target.flow != best.intent.target.flow
            ):
                return match.intent
        return None

    @property
    def alternatives(self) -> tuple[Intent, ...]:
        """Other intents just as grave that lead elsewhere and were said at nearly as great a length, at most two."""
        best = self.matches[0]
        if self.guessed:
            return tuple(match.intent for match in self.matches[1:])
        found: dict[object, Intent] = {}
        for match in self.matches[1:]:
            near = match.order[:3] == best.order[:3] and match.weight * 3 >= best.weight * 2
            if near and match.intent.target != best.intent.target:
                found.setdefault(match.intent.target, match.intent)
        return tuple(found.values())[:2]


def _may_wait(match: Match) -> bool:
    """Whether it is serious, and one question may stand before its answer: no danger now, and no suicide."""
    return match.risk is Risk.HIGH and match.intent.risk is Risk.HIGH and match.intent.priority != FOREMOST


def _is_within(match: Match, best: Match) -> bool:
    """Whether its words are but a part of what was said at greater length (*my nudes* in *he wants my nudes*)."""
    return best.first <= match.first and match.last <= best.last and match.last - match.first < best.last - best.first
