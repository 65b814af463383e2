"""Content as the engine sees it: loaded, cross-checked, immutable. Built only by `bot.content.load`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.content.document import Document
from bot.content.errors import Place
from bot.content.languages import Direction
from bot.content.phrase_pattern import Alternative, PhrasePattern
from bot.content.points_table import PointsTable
from bot.content.schema import Risk
from bot.content.service_schema import WrittenService
from bot.content.text import Template

if TYPE_CHECKING:  # only what checks ask for is made of these
    from bot.content.word_pattern import WordPattern
    from bot.content.words_file import WordList

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
    retired: frozenset[str] = frozenset()
    """Values that are given up: what depends on one of them alone is left out, as if it were not written."""

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
    document: Document = field(repr=False, compare=False)
    left_out: bool = False
    """Whether a later pack took it away, itself or with everybody it serves. Earlier packs may go on naming it."""

    def at(self, *path: str | int, key: bool = False) -> Place:
        """Where a part of it stands, such as ``("phones", 0, "number")``, or the nearest thing around it."""
        return self.document.place("services", self.id, *path, key=key)


@dataclass(frozen=True, slots=True)
class Intent:
    """What a typed message can be about, and where it leads."""

    id: str
    target: StepId
    risk: Risk
    whole: bool
    """Whether a phrase must be the whole message, so that "stop" leaves and "he won't stop" does not."""
    faint: bool
    """Whether it answers only where nothing clearer was understood, so that its phrases may be wide."""
    phrases: tuple[str, ...]
    """For each pattern the shortest thing to type that fits it; none where content is loaded to be served alone."""
    place: Place
    phrase_places: tuple[Place, ...] = field(repr=False)
    """For each pattern where it stands; none where ``phrases`` are none."""
    language: str
    label: str
    """What messages of this kind are called where they are counted; several intents may share one."""
    priority: int
    """Among matches of the same risk, the highest comes first."""
    sources: tuple[str, ...] = field(repr=False)
    """Each pattern as it is written."""
    denied: str
    """The intent that answers it when somebody says that it is not so; empty for this one, at a lower risk."""
    past: str
    """The intent that answers it when it was long ago; empty for this one."""
    about: Mapping[str, str]
    """``friend``, ``child`` or ``other`` → the intent that answers it when it is about them."""


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """Everything about how people write in one language."""

    language: str
    intents: tuple[Intent, ...]
    patterns: Mapping[str, tuple[PhrasePattern, ...]] = field(repr=False)
    """Intent → its phrases."""
    spellings: Mapping[str, str]
    misspellings: Mapping[str, str]
    """Spellings that count only as whole words as they stand: nothing is taken for one of them."""
    harmless: tuple[PhrasePattern, ...]
    """Figures of speech, titles and the like, in which grave words mean nothing grave."""
    asides: tuple[PhrasePattern, ...]
    """Greetings and the like, which say nothing before or after what is told."""
    child: tuple[PhrasePattern, ...]
    friend: tuple[PhrasePattern, ...]
    past: tuple[PhrasePattern, ...]
    later: tuple[PhrasePattern, ...]
    denial: tuple[PhrasePattern, ...]
    between: tuple[PhrasePattern, ...]
    me: tuple[PhrasePattern, ...]
    they: tuple[PhrasePattern, ...]
    supposing: tuple[PhrasePattern, ...]
    loosely: tuple[Alternative, ...]
    never: tuple[Alternative, ...]
    words: tuple[Alternative, ...]
    point_columns: tuple[Intent | None, ...] = ()
    """What words can speak for: intents, and None for nothing at all."""
    points: PointsTable = field(default_factory=PointsTable)
    """How much each word, part of a word and two words in a row speak for each of these."""
    families: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Word, or stem with a star → the families it belongs to, as signs (`<kin>`)."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language the shared texts are written in, by its ISO 639-1 code, named in itself."""

    code: str
    name: str
    texts: Mapping[str, str]
    places: Mapping[str, Place] = field(repr=False)
    """Key → where its text stands."""


@dataclass(frozen=True, slots=True)
class Translated:
    """One text in another language, and where it stands."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Translation:
    """What PO files say in one language: ``texts`` by their ids (see `bot.content.translatable`).

    What is not among them is shown in the content's own language: ``unsure`` ids are marked fuzzy, ``outdated`` ones
    belong to older English words, ``unknown`` ones to texts that are gone. ``reviewers`` names who read it all as a
    native speaker; empty means that a machine made it and nobody who speaks the language has looked.
    """

    language: str
    texts: Mapping[str, Translated]
    unsure: Mapping[str, Place]
    outdated: Mapping[str, Place]
    unknown: Mapping[str, Place]
    reviewers: str
    place: Place = field(repr=False)


@dataclass(frozen=True, slots=True)
class Edition:
    """The content as people read it in one language; what has no translation is in the content's own.

    ``whole``: offered in full. In any other language people get the emergency card, and the rest in the default one;
    its ``steps`` and ``answers`` are those of the content's own language, and so are ``services`` but for their names,
    unless they stand on that card.
    """

    language: str
    name: str
    direction: Direction
    whole: bool
    texts: Mapping[str, str]
    steps: Mapping[StepId, Step] = field(repr=False)
    answers: Mapping[str, Answer] = field(repr=False)
    services: Mapping[str, Service] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Harm:
    """Words that do harm, from the lists of one language. ``allow`` are phrases in which they do none."""

    id: str
    find: tuple[WordPattern, ...]
    allow: tuple[WordPattern, ...]
    because: str
    instead: str
    place: Place


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A finding of the checks that is taken as it is. ``about`` is the flow, step (``flow.step``) or service it is
    written on, as findings name it: ``cy:flow.step`` in its translation into the ``language`` cy. ``until`` is the last
    day on which it counts."""

    about: str
    code: str
    because: str
    by: str
    until: date
    place: Place
    language: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """Everything the bot can say. ``fingerprint`` is a SHA-256 over all files, in hexadecimal."""

    flows: Mapping[str, Flow]
    steps: Mapping[StepId, Step]
    services: Mapping[str, Service]
    when_nobody_answers: tuple[str, ...]
    answers: Mapping[str, Answer]
    languages: Mapping[str, Language]
    """The languages that the YAML files are written in."""
    own_language: str
    """The one of them that flows and services are written in, and that translations are made from."""
    default_language: str
    """What is shown to somebody whose language is not known or not there."""
    translations: Mapping[str, Translation]
    editions: Mapping[str, Edition]
    """Every language there is something to read in, in the order in which they are offered."""
    holidays: Mapping[str, frozenset[date]]
    holiday_years: tuple[int, int]
    holidays_place: Place
    intents: Mapping[str, tuple[Intent, ...]]
    phrase_books: Mapping[str, PhraseBook]
    """Language → its phrases. Empty once they are compiled, in content that is loaded to be served alone."""
    acceptances: tuple[Acceptance, ...]
    words: Mapping[str, Mapping[WordList, tuple[Harm, ...]]]
    """Language → the lists of words that do harm in it."""
    fingerprint: str
    packs: tuple[Path, ...]
    """The folders it was read from; what stands in a later one may take the place of what stands before."""
    flows_by_hash: Mapping[int, str] = field(repr=False)
    steps_by_hash: Mapping[int, StepId] = field(repr=False)
    moved_by_hash: Mapping[int, StepId] = field(repr=False)
    """The number of a step that is gone → the step that its buttons lead to instead."""
    answers_by_code: Mapping[int, Answer] = field(repr=False)

    def edition(self, language: str) -> Edition:
        """What somebody with ``language`` reads: the default language where there is nothing in it."""
        return self.editions.get(language) or self.editions[self.default_language]

    def pack_at(self, place: Place) -> int:
        """The index in `packs` of the innermost folder that the place lies in; -1 for none."""
        path = place.path.resolve()
        around = [index for index, folder in enumerate(self.packs) if path.is_relative_to(folder)]
        return max(around, key=lambda index: len(self.packs[index].parts), default=-1)

    def texts(self, language: str) -> Mapping[str, str]:
        """The shared texts of ``language``, or of the default language where there is nothing in it."""
        return self.edition(language).texts
