"""What older content has put into buttons: its steps with their meaning, its answers' codes, the places it led to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from bot.checks.exploration import explore
from bot.checks.places import Stand
from bot.checks.sent.meaning import Meaning, meanings
from bot.checks.sent.things import Facets, Thing, things
from bot.checks.sent.translated import labels
from bot.content.model import Content, StepId
from bot.dialogue.engine import Engine
from bot.dialogue.places import LANGUAGE, LEAVE
from bot.dialogue.state import View


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """What a pair of codes (answer, value) meant: ids, label and, for an age band, its first and last year."""

    answer: str
    value: str
    label: str
    youngest: int | None = None
    oldest: int | None = None

    @property
    def name(self) -> str:
        """As an author would name it."""
        return f"{self.answer}: {self.value}"


Codes = tuple[int, int]
"""An answer's code and its value's."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Older content as its buttons remember it. ``name`` is what the report calls it.

    ``retired`` steps were gone already then, but content before it had them. ``places`` is every place that its
    buttons led to; empty where that is not known (a published proof).
    """

    name: str
    fingerprint: str
    steps: Mapping[StepId, Meaning]
    answers: Mapping[Codes, SentAnswer]
    retired: Mapping[StepId, Meaning] = field(default_factory=lambda: MappingProxyType({}))
    places: tuple[Stand, ...] = ()
    things: Mapping[Thing, Facets] = field(default_factory=lambda: MappingProxyType({}))
    """What it said of its services and the rest; empty where that is not known (a proof of an early version)."""
    moved: Mapping[int, StepId] = field(default_factory=lambda: MappingProxyType({}))
    """The hash of a step that was gone then → where its buttons led."""

    def all_places(self) -> Iterable[Stand]:
        """Every place to press for. Where they are not known: each step without answers, and with each one alone."""
        if self.places:
            yield from self.places
        else:
            for step in self.steps:
                for view in View:
                    yield Stand(step, view, ())
                    yield from (Stand(step, view, (codes,)) for codes in sorted(self.answers))
        yield from (Stand(step, View.STEP, ()) for step in self.retired)


def remember(name: str, engine: Engine, now: datetime) -> Memory:
    """Everything that the content of ``engine`` can put into buttons."""
    content = engine.content
    places = tuple(stand for stand in explore(engine, now).places if stand.step not in {LEAVE, LANGUAGE})
    return Memory(
        name,
        content.fingerprint,
        meanings(content),
        sent_answers(content),
        places=places,
        things={**things(content), **labels(content)},
        moved=content.moved_by_hash,
    )


def sent_answers(content: Content) -> dict[Codes, SentAnswer]:
    """Every pair of codes and what it means."""
    return {
        (answer.code, value.code): SentAnswer(answer.id, value.id, value.label, value.youngest, value.oldest)
        for answer in content.answers.values()
        for value in answer.values
    }
