"""What stands around a phrase: is it denied, was it long ago, whom is it about, is it a figure of speech?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.content.model import Intent
from bot.content.schema import Risk
from bot.understanding.reading import GRAVITY

DENIED_WITHIN = 5
"""How many words may stand between a denial and what is denied."""

SUPPOSED_WITHIN = 4
"""How many words before a denial an `if` takes it back: `if i don't come down` denies nothing."""

LATER_WITHIN = 8
PAST_WITHIN = 12
ABOUT_AFTER_WITHIN = 12

_LOWER = {Risk.IMMEDIATE: Risk.HIGH, Risk.HIGH: Risk.CONCERN, Risk.CONCERN: Risk.CONCERN, Risk.NONE: Risk.NONE}

Where = tuple[int, ...]
"""Positions of the words of a phrase within a message."""


@dataclass(frozen=True, slots=True)
class Signs:
    """The words that tell, and the intents that answer instead."""

    denial: frozenset[str]
    between: frozenset[str]
    me: frozenset[str]
    they: frozenset[str]
    supposing: frozenset[str]
    """Words such as `if`: what follows them is not said to be so, or not so."""
    intents: Mapping[tuple[str, str], Intent]
    """Language and id → intent."""
    people: frozenset[str] = field(init=False)
    """The words for the writer and for others."""
    passed_over: frozenset[str] = field(init=False)
    """The words that may stand between a denial within a phrase and what it denies."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "people", self.me | self.they)
        object.__setattr__(self, "passed_over", self.between | self.people)


class Span(NamedTuple):
    """Where a phrase stands in a message."""

    at: Where
    typed: Sequence[str]
    scattered: bool = False
    """Whether it consists of phrases that stand apart: what is between them is about something else."""

    @property
    def gaps(self) -> list[int]:
        """The positions between its words."""
        if self.scattered or self.at[-1] - self.at[0] < len(self.at):
            return []
        own = set(self.at)
        return [position for position in range(self.at[0], self.at[-1]) if position not in own]


def lowered(listed: Risk, answer: Risk) -> Risk:
    """The risk of something denied: a step lower than listed, and never more than that of what answers."""
    return max(_LOWER[listed], answer, key=GRAVITY.__getitem__)


class Circumstances(NamedTuple):
    """Everything around, found in the message."""

    signs: Signs
    typed: Sequence[str]
    harmless: frozenset[int]
    child: Sequence[Where]
    friend: Sequence[Where]
    past: Sequence[Where]
    later: Sequence[Where]

    def is_harmless(self, positions: Iterable[int]) -> bool:
        """Whether all these words belong to figures of speech and the like."""
        return bool(self.harmless) and self.harmless.issuperset(positions)

    def answer(self, intent: Intent, span: Span) -> tuple[Intent, str]:
        """The intent that answers ``intent`` found at ``span``, and why if it is another one."""
        if self._denied(span) and not self._put_off(span):
            return self._instead(intent, intent.denied), "denied"
        if intent.past and self._near(self.past, span, PAST_WITHIN):
            return self._instead(intent, intent.past), "past"
        if intent.about and (who := self._who(span)) in intent.about:
            return self._instead(intent, intent.about[who]), who
        return intent, ""

    def _near(self, found: Sequence[Where], span: Span, within: int) -> bool:
        """Whether one of ``found`` stands inside the span, or at most ``within`` words before or after it."""
        start, end = span.at[0] - within, span.at[-1] + within
        return any(start <= at[-1] and at[0] <= end for at in found)

    def _instead(self, intent: Intent, id_: str) -> Intent:
        return self.signs.intents.get((intent.language, id_), intent)

    def _denied(self, span: Span) -> bool:
        denial = self.signs.denial
        if any(self.typed[position] in denial and self._reaches(position, span) for position in span.gaps):
            return True
        if self.typed[span.at[0]] in self.signs.people:
            return False
        for position in range(span.at[0] - 1, max(-1, span.at[0] - 1 - DENIED_WITHIN), -1):
            if self.typed[position] in denial:
                return not self._supposed(position)
            if self.typed[position] not in self.signs.between:
                return False
        return False

    def _reaches(self, denial: int, span: Span) -> bool:
        """Whether a denial within a phrase speaks of the phrase, and not of something else said in between."""
        after = min(position for position in span.at if position > denial)
        near = not self.signs.between or self.signs.passed_over.issuperset(self.typed[denial + 1 : after])
        return near and not self._supposed(denial)

    def _supposed(self, denial: int) -> bool:
        words = self.typed[max(0, denial - SUPPOSED_WITHIN) : denial]
        return not self.signs.supposing.isdisjoint(words)

    def _put_off(self, span: Span) -> bool:
        return any(span.at[0] <= at[0] <= span.at[-1] + LATER_WITHIN for at in self.later)

    def _who(self, span: Span) -> str:
        """``friend``, ``child``, ``other``, or nothing where it is about the writer."""
        start, end = span.at[0], span.at[-1]
        marked = [(at, "child") for at in self.child] + [(at, "friend") for at in self.friend]
        inside = [(at, who) for at, who in marked if start <= at[0] and at[-1] <= end]
        if inside:
            return inside[-1][1]
        if any(self.typed[position] in self.signs.me for position in span.at):
            return ""
        before = [(at[-1], who) for at, who in marked if at[-1] < end and at[0] < start]
        if before:
            return max(before)[1]
        after = [(at[0], who) for at, who in marked if end < at[0] <= end + ABOUT_AFTER_WITHIN]
        if after:
            return min(after)[1]
        return "other" if any(self.typed[position] in self.signs.they for position in span.at) else ""
