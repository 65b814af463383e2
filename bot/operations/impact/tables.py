"""The tables of a report, and how their figures hang together.

The units are chosen so that little hangs together at all: a subject is counted once each time somebody comes to it, not
once a screen, so that neither the services on its screens nor the messages that lead to it say how often that was. What
is left is known to everybody who reads the content, and so has to be thought of where figures are hidden.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.content.model import Content, Step
from bot.dialogue.signposting import Signposting
from bot.operations.impact.counters_file import Cell
from bot.operations.impact.disclosure import Cover, Name, Split
from bot.operations.metrics.measures import INTENTS, NOT_UNDERSTOOD, OPENED, SERVICES, SUBJECTS, TURNS
from bot.operations.metrics.vocabulary import CHANNELS, OTHER, vocabulary_of

NOT_KNOWN: Final = "not_understood"

ALL_OPENED: Final = ("use", "opened")
ALL_TURNS: Final = ("use", "turns")


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
    """All tables, by the ids that the content has now; what is counted under others stands in the row *other*."""
    known = vocabulary_of(content)
    titles = {flow.id: flow.title for flow in content.flows.values()}
    own = {
        "leave": "Leaving the chat",
        "language": "Choosing a language",
        "menu": f"The menu: {titles.get('menu', '')}",
    }
    other = ((OTHER, "What is no longer in the bot"),)
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
            (*((flow, own.get(flow) or titles.get(flow, flow)) for flow in sorted(known.risks)), *other),
        ),
        Table(
            "typed",
            "What people wrote about",
            "Messages about",
            (INTENTS.unit, NOT_UNDERSTOOD.unit),
            (
                *((label, label.replace("_", " ").capitalize()) for label in sorted(known.intents)),
                *other,
                (NOT_KNOWN, "Not understood"),
            ),
        ),
        Table(
            "services",
            "Services shown",
            "Service",
            (SERVICES.unit,),
            (*((id_, service.facts.name) for id_, service in content.services.items()), *other),
        ),
    )


def figures(cells: Mapping[Cell, int], wanted: Iterable[Table]) -> dict[Name, int]:
    """The true figures of one period, for every row of every table."""
    found: Counter[Name] = Counter()
    by_id = {table.id: table for table in wanted}
    known = {table.id: {row for row, _ in table.rows} for table in by_id.values()}

    def row(table: str, id_: str) -> Name:
        return table, id_ if id_ in known[table] else OTHER

    for (measure, labels), count in cells.items():
        match measure:
            case OPENED.name if labels[0] in CHANNELS:
                found[ALL_OPENED] += count
            case TURNS.name if labels[0] in CHANNELS:
                found[ALL_TURNS] += count
                found["channels", labels[0]] += count
            case SUBJECTS.name:
                found[row("subjects", labels[0])] += count
            case SERVICES.name:
                found[row("services", labels[0])] += count
            case INTENTS.name:
                found[row("typed", labels[0])] += count
            case NOT_UNDERSTOOD.name:
                found["typed", NOT_KNOWN] += count
    return {name: found[name] for table in by_id.values() for name in table.names}


def splits() -> tuple[Split, ...]:
    """All turns are those of the two channels."""
    return (Split(ALL_TURNS, tuple(("channels", channel) for channel in CHANNELS)),)


def covers(content: Content, wanted: Iterable[Table]) -> tuple[Cover, ...]:
    """Each turn opens a conversation, or comes to a subject, or answers a message, or does none of these; a message
    whose answer always shows a service is one showing of it; so is coming to a subject all of whose screens show it."""
    by_id = {table.id: table for table in wanted}
    turns = Cover(ALL_TURNS, (ALL_OPENED, *by_id["subjects"].names, *by_id["typed"].names))
    return (turns, *_of_services(content))


def _of_services(content: Content) -> Iterator[Cover]:
    leads: dict[str, set[Step]] = {}
    for intents in content.intents.values():
        for intent in intents:
            if (step := content.steps.get(intent.target)) is not None:
                leads.setdefault(intent.label, set()).add(step)
    flows = {
        flow.id: {step for step in content.steps.values() if step.id.flow == flow.id} for flow in content.flows.values()
    }
    signposting = Signposting(content)
    for service in content.services:
        if not signposting.serves(service, {}, ()):
            continue  # whether it is shown depends on what somebody has answered
        parts = (
            *(("typed", label) for label, steps in sorted(leads.items()) if _all_show(steps, service)),
            *(("subjects", flow) for flow, steps in sorted(flows.items()) if _all_show(steps, service)),
        )
        if parts:
            yield Cover(("services", service), parts)


def _all_show(steps: Iterable[Step], service: str) -> bool:
    return all(
        step.signpost is not None and service in {*step.signpost.services, *step.signpost.always} for step in steps
    )
