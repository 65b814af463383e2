"""What typed words can be taken for, wherever they are typed: every target, and every choice that they can bring up.

Which phrases somebody joins cannot be listed, but which intents can stand beside each other in one reading can: those
that come equally early (`bot.understanding.reading.Match.order`). Each such set is a way in, grouped by the flows that
it names, since the buttons differ by nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import combinations, product
from typing import Final

from bot.checks.places import Stand, Typed
from bot.content.languages import language_named
from bot.content.model import Content, Intent, StepId
from bot.content.schema import Risk
from bot.dialogue.engine import Engine
from bot.dialogue.places import NOT_MEANT, WHICH
from bot.dialogue.screen import Screen
from bot.dialogue.state import State
from bot.dialogue.travel import after, fresh
from bot.understanding.circumstances import lowered
from bot.understanding.reading import FOREMOST, GRAVITY

_GRAVE: Final = frozenset({Risk.HIGH, Risk.IMMEDIATE})
_MOST_OTHER: Final = 2
"""So many alternatives has a reading at most (`bot.understanding.reading.Reading.alternatives`)."""

_MOST_TRIED: Final = 40
"""So many phrases are joined in search of words that are taken for several things."""

_FORM: Final = re.compile(r"(?P<gravely>gravely )?taken for (?P<targets>\w+\.\w+(?: or \w+\.\w+)*)")


@dataclass(frozen=True, slots=True)
class TakenFor:
    """What words are taken for: the first target answers, or the person is asked which of all of them they mean.

    ``gravely``: the first answers at once, since much is at stake. A guess that the person is asked about stands twice.
    """

    targets: tuple[StepId, ...]
    gravely: bool

    def __str__(self) -> str:
        return f"{'gravely ' if self.gravely else ''}taken for {' or '.join(str(target) for target in self.targets)}"

    @classmethod
    def read(cls, text: str) -> TakenFor | None:
        """What `str` wrote; None for any other text."""
        form = _FORM.fullmatch(text)
        if form is None:
            return None
        targets = (StepId(*target.split(".")) for target in form["targets"].split(" or "))
        return cls(tuple(targets), form["gravely"] is not None)

    def shown(self, engine: Engine, here: State | None, now: datetime, *, language: str = "") -> Screen:
        """The screen that answers such words typed ``here`` (None: where the channel does not know the place)."""
        step, typed = self.leads_to(engine.content)
        state = after(here, step) if here is not None else fresh(step, language)
        return draw_typed(engine, state, now, typed)

    def leads_to(self, content: Content) -> tuple[StepId, Typed]:
        """The step shown, and what changes its screen."""
        first, *other = self.targets
        if other and not self.gravely and WHICH in content.steps:
            return WHICH, Typed(self.targets, gravely=False)
        return first, Typed(tuple(other[:1]), self.gravely)


def draw_typed(engine: Engine, state: State, now: datetime, typed: Typed) -> Screen:
    """The screen for somebody whose words led there."""
    return engine.draw(state, now, correctable=typed.gravely, other=typed.other)


def taken_for(engine: Engine, text: str, now: datetime) -> TakenFor | None:
    """What the engine takes ``text`` for; None for a language's name and where it understands nothing."""
    if language_named(text) in engine.content.editions:
        return None
    reading = engine.reader.read(text)
    if reading is None:
        return None
    target = reading.intent.target
    other = tuple(intent.target for intent in reading.alternatives if intent.target.flow != target.flow)
    if engine.read(text, now).state.step == WHICH != target:
        other = (reading.torn.target,) if reading.torn else other
        return TakenFor((target, *(other or (target,))), gravely=False)
    return TakenFor((target, *other), reading.intent.risk in _GRAVE)


class Meanings:
    """All that words typed to one engine can be taken for."""

    def __init__(self, engine: Engine, *, quick: bool = False) -> None:
        """``quick`` leaves out choices whose flows are all offered in others too."""
        self._engine = engine
        self._quick = quick
        self._content = engine.content

    @cached_property
    def alone(self) -> Mapping[StepId, TakenFor]:
        """Every target of an intent, as words lead to it that are about nothing else."""
        return {target: TakenFor((target,), target in self._answers_gravely) for target in self._intents}

    @cached_property
    def offers(self) -> Sequence[TakenFor]:
        """Every set of flows that somebody can be asked to choose between, each with some targets in them."""
        found: dict[frozenset[str], TakenFor] = {}
        for together in self._together:
            by_flow = {target.flow: target for target, _ in together}
            for best in (target for target, risk in together if risk not in _GRAVE):
                others = [target for flow, target in by_flow.items() if flow != best.flow]
                for count in range(1, _MOST_OTHER + 1):
                    for other in combinations(others, count):
                        flows = frozenset({best.flow, *(target.flow for target in other)})
                        found.setdefault(flows, TakenFor((best, *other), gravely=False))
            serious = {target.flow: target for target, risk in together if risk is Risk.HIGH}
            for torn in combinations(serious.values(), 2):  # see `bot.understanding.reading.Reading.torn`
                found.setdefault(frozenset(target.flow for target in torn), TakenFor(torn, gravely=False))
        for guess in self._guesses:
            found.setdefault(frozenset(target.flow for target in guess.targets), guess)
        return tuple(_covering(found.values()) if self._quick else found.values())

    @cached_property
    def beside(self) -> Mapping[StepId, Sequence[StepId]]:
        """Target that answers gravely → one step of each other flow that may be offered beside it."""
        found: dict[StepId, dict[str, StepId]] = {}
        for together in self._together:
            for best in (target for target, risk in together if risk in _GRAVE):
                for other, _ in together:
                    if other.flow != best.flow:
                        found.setdefault(best, {}).setdefault(other.flow, other)
        for guess in self._guesses:  # one that is likely enough answers at once, however grave
            best, other = guess.targets
            if best in self._answers_gravely and best.flow != other.flow:
                found.setdefault(best, {}).setdefault(other.flow, other)
        return {best: tuple(others.values()) for best, others in found.items()}

    def ways_in(self) -> Iterator[tuple[StepId, TakenFor]]:
        """Every step that typed words bring up, with what they are taken for."""
        yield from self.alone.items()
        if self.offers and WHICH in self._content.steps:
            yield WHICH, self.offers[0]

    def screens(self, step: StepId, groups: Sequence[Stand]) -> Iterator[tuple[Stand, Typed, TakenFor]]:
        """The screens that only typed words bring up at ``step``, for each of the groups of people who come there.

        The first group meets each choice that can be offered. What else tells groups apart changes nothing about these
        buttons but whether there is room for them, so that each other group meets one of the choices in turn.
        """
        ways = self._ways(step)
        for number, group in enumerate(groups if ways else ()):
            for taken in ways if number == 0 else ways[number % len(ways) :][:1]:
                yield group, taken.leads_to(self._content)[1], taken

    def _ways(self, step: StepId) -> Sequence[TakenFor]:
        if step == WHICH:
            return self.offers
        if step in self._answers_gravely:
            others = (TakenFor((step, other), gravely=True) for other in self.beside.get(step, ()))
            ways = (*others, TakenFor((step,), gravely=True))
            return ways[-2:] if self._quick else ways
        return ()

    def correction(self) -> TakenFor | None:
        """Words whose answer offers to say that they were not meant so; None where there are none."""
        if NOT_MEANT not in self._content.steps:
            return None
        return next((taken for taken in self.alone.values() if taken.gravely), None)

    def words(self, taken: TakenFor, now: datetime) -> str | None:
        """Something to type that is taken for just this, if joining the phrases of authors finds it."""
        language = self._content.default_language  # words of another would change the buttons' labels
        phrases = (
            [phrase for intent in self._intents[target] if intent.language == language for phrase in intent.phrases[:3]]
            for target in taken.targets
        )
        for tried, several in enumerate(product(*phrases)):
            if tried >= _MOST_TRIED:
                return None
            text = ". ".join(several)
            if '"' not in text and taken_for(self._engine, text, now) == taken:
                return text
        return None

    @cached_property
    def _guesses(self) -> Sequence[TakenFor]:
        """What words can be guessed to be about where no phrase is found: any one or two intents that are weighed."""
        columns = (book.point_columns for book in self._content.phrase_books.values())
        targets = {intent.target.flow: intent.target for intents in columns for intent in intents if intent is not None}
        pairs = product(targets.values(), targets.values())
        return tuple(TakenFor(pair, gravely=False) for pair in pairs)

    @cached_property
    def _intents(self) -> Mapping[StepId, Sequence[Intent]]:
        found: dict[StepId, list[Intent]] = {}
        for intents in self._content.intents.values():
            for intent in intents:
                found.setdefault(intent.target, []).append(intent)
        return found

    @cached_property
    def _answers_gravely(self) -> frozenset[StepId]:
        return frozenset(
            target for target, intents in self._intents.items() if any(intent.risk in _GRAVE for intent in intents)
        )

    @cached_property
    def _together(self) -> Sequence[Sequence[tuple[StepId, Risk]]]:
        """Targets, with the risk of an intent that leads there, that can be equally near to somebody's words."""
        found: dict[tuple[int, int, bool], dict[tuple[StepId, Risk], None]] = {}
        for intents in self._content.intents.values():
            for intent, risk, denied in _answering(intents):
                foremost = intent.priority == FOREMOST and risk in _GRAVE
                place = GRAVITY[risk] - (len(GRAVITY) if foremost else 0), -intent.priority, denied
                found.setdefault(place, {})[intent.target, intent.risk] = None
        return tuple(tuple(together) for together in found.values())


def _covering(offers: Iterable[TakenFor]) -> Iterator[TakenFor]:
    """Enough of these, the longest first, to name each flow that any of them names."""
    named: set[str] = set()
    for offer in sorted(offers, key=lambda offer: len(offer.targets), reverse=True):
        flows = {target.flow for target in offer.targets}
        if not flows <= named:
            named |= flows
            yield offer


def _answering(intents: Iterable[Intent]) -> Iterator[tuple[Intent, Risk, bool]]:
    """Each intent that answers one of these, at which risk, and whether that is for words that were denied."""
    by_id = {intent.id: intent for intent in intents}
    for intent in by_id.values():
        instead = [by_id[id_] for id_ in (intent.past, *intent.about.values()) if id_ in by_id]
        for answer in (intent, *instead):
            yield answer, answer.risk, False
        denied = by_id.get(intent.denied, intent)
        yield denied, lowered(intent.risk, denied.risk), True
