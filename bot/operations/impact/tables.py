"""The tables of a report, and how their figures hang together.

The units are chosen so that little hangs together at all: a subject is counted once each time somebody comes to it, not
once a screen, so that neither the services on its screens nor the messages that lead to it say how often that was. What
is left is known to everybody who reads the content, and so has to be thought of where figures are hidden.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from typing import Final

from bot.content.model import AGE, NATION, OUTSIDE, Content, Step
from bot.content.schema import Risk
from bot.dialogue.signposting import Signposting
from bot.operations.impact.counters_file import Cell
from bot.operations.impact.disclosure import Cover, Name, Split
from bot.operations.metrics.measures import INTENTS, NOT_UNDERSTOOD, OPENED, SERVICES, SUBJECTS, TURNS
from bot.operations.metrics.vocabulary import CHANNELS, vocabulary_of

NOT_KNOWN: Final = "not_understood"

ALL_OPENED: Final = ("use", "opened")
ALL_TURNS: Final = ("use", "turns")

_MOMENTS: Final = tuple(datetime(2026, 11, day, hour, tzinfo=UTC) for day, hour in ((25, 12), (25, 22), (29, 3)))
"""A Wednesday's noon and late evening, and a Sunday's night: when different services answer."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table. ``rows`` are each row's id and what people call it; ``units`` say what one of something is."""

    id: str
    title: str
    heading: str
    units: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]

    @property
    def names(self) -> tuple[Name, ...]:
        """What its figures are called."""
        return tuple((self.id, row) for row, _ in self.rows)


def tables(content: Content) -> tuple[Table, ...]:
    """All tables, by the ids that the content has now.

    What is counted under other ids is left out. A row for all of it would grow by exactly what a row that the content
    loses had, hidden or not, for whoever lays the reports of before and after beside each other.
    """
    known = vocabulary_of(content)
    titles = {flow.id: flow.title for flow in content.flows.values()}
    own = {
        "leave": "Leaving the chat",
        "language": "Choosing a language",
        "menu": f"The menu: {titles.get('menu', '')}",
    }
    return (
        Table(
            "use",
            "How much it was used",
            "What",
            (OPENED.unit, TURNS.unit),
            ((ALL_OPENED[1], "Conversations opened"), (ALL_TURNS[1], "Turns")),
        ),
        Table(
            "channels",
            "Where it was used",
            "Turns, by channel",
            (TURNS.unit,),
            (("telegram", "Telegram"), ("web", "Web chat")),
        ),
        Table(
            "subjects",
            "What people came to with the buttons",
            "Subject",
            (SUBJECTS.unit,),
            (*((flow, own.get(flow) or titles.get(flow, flow)) for flow in sorted(known.risks)),),
        ),
        Table(
            "typed",
            "What people wrote about",
            "Messages about",
            (INTENTS.unit, NOT_UNDERSTOOD.unit),
            (
                *((label, label.replace("_", " ").capitalize()) for label in sorted(known.intents)),
                (NOT_KNOWN, "Not understood"),
            ),
        ),
        Table(
            "services",
            "Services shown",
            "Service",
            (SERVICES.unit,),
            (*((id_, service.facts.name) for id_, service in content.services.items()),),
        ),
    )


def figures(cells: Mapping[Cell, int], wanted: Iterable[Table]) -> dict[Name, int]:
    """The true figures of one period, for every row of every table."""
    found: Counter[Name] = Counter()
    by_id = {table.id: table for table in wanted}
    known = {table.id: {row for row, _ in table.rows} for table in by_id.values()}

    def add(table: str, id_: str, count: int) -> None:
        if id_ in known[table]:
            found[table, id_] += count

    for (measure, labels), count in cells.items():
        match measure:
            case OPENED.name if labels[0] in CHANNELS:
                found[ALL_OPENED] += count
            case TURNS.name if labels[0] in CHANNELS:
                found[ALL_TURNS] += count
                found["channels", labels[0]] += count
            case SUBJECTS.name:
                add("subjects", labels[0], count)
            case SERVICES.name:
                add("services", labels[0], count)
            case INTENTS.name:
                add("typed", labels[0], count)
            case NOT_UNDERSTOOD.name:
                found["typed", NOT_KNOWN] += count
    return {name: found[name] for table in by_id.values() for name in table.names}


def splits() -> tuple[Split, ...]:
    """All turns are those of the two channels."""
    return (Split(ALL_TURNS, tuple(("channels", channel) for channel in CHANNELS)),)


def covers(content: Content, wanted: Iterable[Table]) -> tuple[Cover, ...]:
    """Each turn opens a conversation, or comes to a subject, or answers a message, or does none of these; a message
    whose answer always shows a service is one showing of it; so is coming to a subject that always begins with it."""
    by_id = {table.id: table for table in wanted}
    turns = Cover(ALL_TURNS, (ALL_OPENED, *by_id["subjects"].names, *by_id["typed"].names))
    return (turns, *_of_services(content))


def _of_services(content: Content) -> Iterator[Cover]:
    signposting = Signposting(content)
    parts: dict[str, list[Name]] = {}
    for label, steps in _leads(content).items():
        for service in _always_shown(content, signposting, steps, [{}]):
            parts.setdefault(service, []).append(("typed", label))
    answers = list(_answers(content))
    for flow, steps in _entries(content).items():
        for service in _always_shown(content, signposting, steps, answers):
            parts.setdefault(service, []).append(("subjects", flow))
    for service, found in parts.items():
        yield Cover(("services", service), tuple(sorted(found)))


def _leads(content: Content) -> Mapping[str, set[Step]]:
    """The steps that answer each kind of message."""
    found: dict[str, set[Step]] = {}
    for intents in content.intents.values():
        for intent in intents:
            if (step := content.steps.get(intent.target)) is not None:
                found.setdefault(intent.label, set()).add(step)
    return found


def _entries(content: Content) -> Mapping[str, set[Step]]:
    """The steps that somebody may come to each flow by: its first one, and those that buttons of others lead to."""
    found = {flow.id: {content.steps[flow.start]} for flow in content.flows.values()}
    for step in content.steps.values():
        for choice in step.choices:
            if choice.target.flow != step.id.flow and choice.target in content.steps:
                found[choice.target.flow].add(content.steps[choice.target])
    return found


def _answers(content: Content) -> Iterator[Mapping[int, int]]:
    """Nothing answered, each answer alone, and each nation with each age, but for people in other countries."""
    yield {}
    within = {
        id_: [(answer.code, value.code) for value in answer.values if value.id != OUTSIDE]
        for id_, answer in content.answers.items()
    }
    for pairs in within.values():
        yield from (dict([pair]) for pair in pairs)
    yield from (dict(both) for both in product(within[NATION], within[AGE]))


def _always_shown(
    content: Content, signposting: Signposting, steps: Iterable[Step], answers: Sequence[Mapping[int, int]]
) -> frozenset[str]:
    """The services that all of the steps show whatever was answered, at each of `_MOMENTS`.

    What is always shown is among them. Something else may be too, where a moment that was not tried would make a
    difference; then a total is hidden that need not have been.
    """
    shown: frozenset[str] | None = None
    for step in steps:
        if step.signpost is None:
            return frozenset()
        audience = content.flows[step.id.flow].audience
        urgent = step.risk is Risk.IMMEDIATE
        for moment, known in product(_MOMENTS, answers):
            selection = signposting.select(step.signpost, known, audience, moment, urgent=urgent)
            here = frozenset(standing.service.id for standing in selection.shown)
            shown = here if shown is None else shown & here
    return shown or frozenset()
