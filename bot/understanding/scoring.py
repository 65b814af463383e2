"""How well labelled messages are understood: what was found, what was missed, and which rule was to blame."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bot.understanding.classifying import EMERGENCY_FLOWS, NOT_UNDERSTOOD, Classified

CRISIS_LABELS = frozenset({"immediate_danger", "suicide_self_harm"})
"""Labels whose messages must be answered by an emergency flow."""

HARMLESS_KINDS = frozenset({"idiom", "mention"})
"""Kinds of message that look grave and are not."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message somebody labelled. ``acceptable`` are labels that would do as well."""

    text: str
    expected: str
    acceptable: frozenset[str] = frozenset()
    language: str = "en"
    kinds: tuple[str, ...] = ("plain",)
    risk: str = ""
    flow: str = ""
    """Where several flows answer what is labelled alike, the one that does."""

    @property
    def is_crisis(self) -> bool:
        """Whether an emergency flow must answer."""
        return self.expected in CRISIS_LABELS

    @property
    def must_stay_calm(self) -> bool:
        """Whether an emergency flow would be a false alarm."""
        return not ({self.expected, *self.acceptable} & CRISIS_LABELS)


@dataclass(frozen=True, slots=True)
class Judged:
    """A message with the answer it got. ``rule`` and ``words`` are what decided."""

    message: Labelled
    answer: Classified
    rule: str = ""
    words: str = ""

    @property
    def fine(self) -> bool:
        """Whether the label is the expected one or acceptable."""
        return self.answer.intent == self.message.expected or self.answer.intent in self.message.acceptable

    @property
    def alarmed(self) -> bool:
        """Whether an emergency flow answered."""
        return self.answer.flow in EMERGENCY_FLOWS

    @property
    def missed(self) -> bool:
        """Whether somebody in danger got no emergency flow."""
        return self.message.is_crisis and not self.alarmed

    @property
    def false_alarm(self) -> bool:
        """Whether an emergency flow answered where none was wanted."""
        return self.message.must_stay_calm and self.alarmed


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    found: int
    of: int

    def __str__(self) -> str:
        return f"{self.found}/{self.of}" + (f" ({100 * self.found / self.of:.1f} %)" if self.of else "")


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of one set of messages."""

    judged: list[Judged] = field(default_factory=list)

    def share(self, of: Callable[[Judged], bool], found: Callable[[Judged], bool]) -> Share:
        """How many of those for which ``of`` holds are ``found``."""
        chosen = [one for one in self.judged if of(one)]
        return Share(sum(found(one) for one in chosen), len(chosen))

    @property
    def crisis_recall(self) -> Share:
        """Danger and suicide or self-harm answered by an emergency flow."""
        return self.share(lambda one: one.message.is_crisis, lambda one: one.alarmed)

    @property
    def high_risk_lost(self) -> Share:
        """Messages of high risk treated as not understood."""
        return self.share(
            lambda one: one.message.risk in {"high", "immediate"} or one.message.is_crisis,
            lambda one: one.answer.intent == NOT_UNDERSTOOD,
        )

    @property
    def idiom_alarms(self) -> Share:
        """Figures of speech and mentions answered as an emergency."""
        return self.share(
            lambda one: bool(HARMLESS_KINDS & {*one.message.kinds}) and one.message.must_stay_calm,
            lambda one: one.alarmed,
        )

    @property
    def false_alarms(self) -> Share:
        """All messages answered as an emergency where nothing of the kind was wanted."""
        return self.share(lambda one: one.message.must_stay_calm, lambda one: one.alarmed)

    @property
    def fine(self) -> Share:
        """Right or acceptable."""
        return self.share(lambda _: True, lambda one: one.fine)

    @property
    def macro_f1(self) -> float:
        """The mean over expected labels of the harmonic mean of precision and recall; acceptable counts as right."""
        expected: Counter[str] = Counter()
        given: Counter[str] = Counter()
        right: Counter[str] = Counter()
        for one in self.judged:
            label = one.message.expected
            expected[label] += 1
            given[label if one.fine else one.answer.intent] += 1
            right[label] += one.fine
        scores = [2 * right[label] / (expected[label] + given[label]) for label in expected]
        return sum(scores) / len(scores) if scores else 0.0

    @property
    def confusions(self) -> list[tuple[tuple[str, str], int]]:
        """Expected and given labels that differ, the most frequent first."""
        return Counter((one.message.expected, one.answer.intent) for one in self.judged if not one.fine).most_common()

    def by(self, key: Callable[[Labelled], Iterable[str]]) -> dict[str, Score]:
        """The same for each group of messages."""
        groups: dict[str, Score] = {}
        for one in self.judged:
            for name in key(one.message):
                groups.setdefault(name, Score()).judged.append(one)
        return dict(sorted(groups.items()))
