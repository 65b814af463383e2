"""Content as the engine sees it: loaded, cross-checked, immutable. Built only by `bot.content.load`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from bot.content.errors import Place
from bot.content.schema import Risk, WrittenService
from bot.content.text import Template

WHO: Final = "who"
AGE: Final = "age"
NATION: Final = "nation"
OUTSIDE: Final = "outside_uk"
"""The value of the nation for people who are not in the United Kingdom."""


class StepId(NamedTuple):
    """A step's full name: ``flow.step``. A tuple, because every turn looks many of them up."""

    flow: str
    step: str

    def __str__(self) -> str:
        return f"{self.flow}.{self.step}"


@dataclass(frozen=True, slots=True)
class Value:
    """One value of an answer. ``assume`` narrows other answers while they are not given. Ages are whole years."""

    id: str
    code: int
    label: str
    assume: Mapping[str, frozenset[str]]
    youngest: int | None
    oldest: int | None
    place: Place


@dataclass(frozen=True, slots=True)
class Answer:
    """A closed question; ``code`` and the values' codes travel in tokens."""

    id: str
    code: int
    ask: str
    values: tuple[Value, ...]
    place: Place
    by_code: Mapping[int, Value] = field(repr=False)

    def value(self, code: int) -> Value | None:
        """The value with this code, if there (still) is one."""
        return self.by_code.get(code)


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition on one answer, by codes; 0 stands for a question not yet answered."""

    answer: int
    codes: frozenset[int]
    negated: bool = False

    def holds(self, answers: Mapping[int, int]) -> bool:
        """Whether it holds for ``answers`` (answer code → value code)."""
        return (answers.get(self.answer, 0) in self.codes) is not self.negated


When = tuple[Clause, ...]
"""All clauses must hold; an empty one always does."""


def holds(when: When, answers: Mapping[int, int]) -> bool:
    """Whether every clause holds."""
    return all(clause.holds(answers) for clause in when)


@dataclass(frozen=True, slots=True)
class Line:
    """A part of a step's text, shown when ``when`` holds."""

    template: Template
    when: When
    place: Place


@dataclass(frozen=True, slots=True)
class Choice:
    """A button the author wrote. ``answers`` are the codes it records."""

    label: str
    target: StepId
    answers: tuple[tuple[int, int], ...]
    when: When
    place: Place


@dataclass(frozen=True, slots=True)
class Signpost:
    """Which services a step shows: a topic's, or exactly ``services``; ``always`` ones included, ``at_most`` in all."""

    topic: str | None
    services: tuple[str, ...]
    always: tuple[str, ...]
    at_most: int


@dataclass(frozen=True, slots=True)
class Step:
    """One screen, as written."""

    id: StepId
    say: tuple[Line, ...]
    ask: Template | None
    ask_place: Place
    choices: tuple[Choice, ...]
    signpost: Signpost | None
    risk: Risk
    when: When
    end: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Flow:
    """A dialogue on one subject. ``audience`` holds ids of the answer *who*; empty means everyone."""

    id: str
    title: str
    title_place: Place
    audience: tuple[str, ...]
    risk: Risk
    start: StepId
    steps: tuple[StepId, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Service:
    """A service with its id and place; its facts are as written."""

    id: str
    facts: WrittenService
    place: Place
    places: Mapping[tuple[str | int, ...], Place] = field(repr=False)
    """Where each key and list item below the service stands, by its path: ``("phones", 0, "number")``."""

    def at(self, *path: str | int) -> Place:
        """Where ``path`` stands, or the nearest thing around it."""
        while path:
            if found := self.places.get(path):
                return found
            path = path[:-1]
        return self.place


@dataclass(frozen=True, slots=True)
class Intent:
    """What a typed message can be about, and where it leads."""

    id: str
    target: StepId
    risk: Risk
    phrases: tuple[str, ...]
    place: Place
    phrase_places: tuple[Place, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Language:
    """A language the shared texts exist in, by its ISO 639-1 code, named in itself."""

    code: str
    name: str
    texts: Mapping[str, str]
    places: Mapping[str, Place] = field(repr=False)
    """Key → where its text stands."""


@dataclass(frozen=True, slots=True)
class Content:
    """Everything the bot can say. ``fingerprint`` is a SHA-256 over all files, in hexadecimal."""

    flows: Mapping[str, Flow]
    steps: Mapping[StepId, Step]
    services: Mapping[str, Service]
    when_nobody_answers: tuple[str, ...]
    answers: Mapping[str, Answer]
    languages: Mapping[str, Language]
    default_language: str
    holidays: Mapping[str, frozenset[date]]
    holiday_years: tuple[int, int]
    holidays_place: Place
    intents: Mapping[str, tuple[Intent, ...]]
    fingerprint: str
    flows_by_hash: Mapping[int, str] = field(repr=False)
    steps_by_hash: Mapping[int, StepId] = field(repr=False)
    answers_by_code: Mapping[int, Answer] = field(repr=False)

    def texts(self, language: str) -> Mapping[str, str]:
        """The shared texts of ``language``, or of the default language where it is not offered."""
        return (self.languages.get(language) or self.languages[self.default_language]).texts
