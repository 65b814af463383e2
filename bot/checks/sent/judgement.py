"""Whether a step still means what it meant when its buttons were sent.

A step keeps its meaning while either its words or its purpose is kept:

- its words, if old and new text share at least a fifth of their telling words. Words count by how rare they are in
  all the content, so that "the" and "you" prove nothing. Of 35,000 pairs of different steps of the shipped content
  99 in 100 share less, and a text of which somebody rewrites two words in five still shares more.
- its purpose, if risk and signpost are as before and people still come the same way: a button that led there still
  does, or the flow of the same title still begins there.

Neither counts if the words that stand there now are those of another step of old, which no longer says them itself:
then two ids were swapped.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from bot.checks.sent.meaning import Meaning
from bot.checks.sent.memory import Codes, SentAnswer
from bot.content.model import StepId

KINDRED: Final = 0.2
"""The share of telling words from which two texts count as the same text, changed."""

TAKEN_OVER: Final = 0.5
"""The share from which a text counts as another step's."""


class Judge:
    """Knows how telling each word is, in old and new content together."""

    def __init__(self, old: Mapping[StepId, Meaning], new: Mapping[StepId, Meaning]) -> None:
        self._old = old
        self._new = new
        texts = [meaning.words for meaning in (*old.values(), *new.values())]
        held = Counter(word for words in texts for word in words)
        self._weights = {word: math.log(1 + len(texts) / count) - math.log(2) for word, count in held.items()}

    def complaint(self, id_: StepId, before: Meaning, after: Meaning) -> str:
        """Why a button to ``id_`` would mean something else now; empty if it does not."""
        if before.digest == after.digest or before.words == after.words:
            return ""
        shared = self._shared(before.words, after.words)
        if other := self._taken_from(id_, after, shared):
            return f"`{id_}` now says what `{other}` said"
        if shared >= KINDRED:
            return ""
        changed = [
            f"{what} (from {old or 'none'} to {new or 'none'})"
            for what, old, new in (
                ("its signpost", ", ".join(before.subject), ", ".join(after.subject)),
                ("its risk", before.risk, after.risk),
            )
            if old != new
        ]
        if changed:
            return f"`{id_}` has other words than before, and with them {' and '.join(changed)} changed"
        if before.labels & after.labels or (before.title and before.title == after.title):
            return ""
        return f"`{id_}` has other words than before, and no button that led to it still does"

    def _taken_from(self, id_: StepId, after: Meaning, shared: float) -> StepId | None:
        """The other step of old whose words these plainly are, rather than its own, if it has lost them."""
        best = max(
            ((self._shared(meaning.words, after.words), other) for other, meaning in self._old.items() if other != id_),
            default=(0.0, id_),
        )
        likeness, other = best
        if likeness < TAKEN_OVER or shared >= likeness / 2:
            return None
        kept = other in self._new and self._shared(self._old[other].words, self._new[other].words) >= TAKEN_OVER
        return None if kept else other

    def _shared(self, one: frozenset[str], other: frozenset[str]) -> float:
        """The weight of the words both have, as a share of the weight of those that either has; 0 to 1."""
        either = self._weight(one | other)
        return self._weight(one & other) / either if either else 1.0

    def _weight(self, words: Iterable[str]) -> float:
        return sum(self._weights[word] for word in words)


def answer_complaint(codes: Codes, before: SentAnswer, after: SentAnswer, old: Iterable[SentAnswer] = ()) -> str:
    """Why a pair of codes in an old button would say something else of a person now; empty if it does not.

    A new id is a mere renaming as long as people read the same words on the button and the ages are the same. ``old``
    are all the answers of then: whoever reads the words of another one says something else of themselves.
    """
    where = f"the codes {codes[0]} and {codes[1]} in buttons already sent"
    if (before.youngest, before.oldest) != (after.youngest, after.oldest):
        return f"{where} meant {before.name} ({_ages(before)}), and now mean {after.name} ({_ages(after)})"
    label = after.label.strip().casefold()
    others = {other.label.strip().casefold(): other for other in old if other.name != before.name}
    if label != before.label.strip().casefold() and label in others:
        return f"{where} meant `{before.name}`, and now mean `{others[label].name}` to whoever reads “{after.label}”"
    same_id = (before.answer, before.value) == (after.answer, after.value)
    if same_id or before.label.casefold() == after.label.casefold():
        return ""
    return f"{where} meant `{before.name}`, and now mean `{after.name}`"


def _ages(answer: SentAnswer) -> str:
    if answer.youngest is None and answer.oldest is None:
        return "any age"
    return f"{answer.youngest or 0} to {answer.oldest if answer.oldest is not None else 'any age'}"
