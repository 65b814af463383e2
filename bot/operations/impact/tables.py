"""The tables of a report, and how their figures hang together.

What hangs together is known to everybody who can read the content, so it has to be thought of when figures are hidden:
the same turns are counted by channel and by subject; a message about a subject is a turn in its flow; a service stands
only on the screens of flows that can show it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.content.model import Content
from bot.operations.impact.counters_file import Cell
from bot.operations.impact.disclosure import Name, Relation
from bot.operations.metrics.measures import INTENTS, NOT_UNDERSTOOD, OPENED, SERVICES, TURNS
from bot.operations.metrics.vocabulary import CHANNELS, OTHER, vocabulary_of

TOTAL: Final = "total"
NOT_KNOWN: Final = "not_understood"


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a figure in it is called, and what one of it is. ``total`` says what its total is called."""

    id: str
    title: str
    unit: str
    rows: tuple[tuple[str, str], ...]
    """Each row's id and what people call it."""
    total: str = ""

    def names(self) -> Iterator[Name]:
        """Its figures, the total first."""
        if self.total:
            yield (self.id, TOTAL)
        yield from ((self.id, row) for row, _ in self.rows)


TURNS_TOTAL: Final[Name] = ("channels", TOTAL)


def tables(content: Content) -> tuple[Table, ...]:
    """All tables, by the ids that the content has now; what is counted under others stands in the row *other*."""
    known = vocabulary_of(content)
    channels = (("telegram", "Telegram"), ("web", "Web chat"))
    titles = {flow.id: flow.title for flow in content.flows.values()} | {
        "leave": "Leaving the chat",
        "language": "Choosing a language",
    }
    flows = tuple((flow, titles.get(flow, flow)) for flow in sorted(known.risks))
    services = tuple((id_, service.facts.name) for id_, service in content.services.items())
    intents = tuple((label, label.replace("_", " ").capitalize()) for label in sorted(known.intents))
    other = ((OTHER, "No longer there"),)
    return (
        Table("opened", "Conversations opened", OPENED.unit, channels, "All conversations opened"),
        Table("channels", "Turns, by channel", TURNS.unit, channels, "All turns"),
        Table("subjects", "Turns, by subject", TURNS.unit, flows + other),
        Table("services", "Services shown", SERVICES.unit, services + other),
        Table(
            "typed",
            "Typed messages, by what they were about",
            f"{INTENTS.unit} Not understood: {NOT_UNDERSTOOD.unit[0].lower()}{NOT_UNDERSTOOD.unit[1:]}",
            (*intents, *other, (NOT_KNOWN, "Not understood")),
            "All typed messages",
        ),
    )


def figures(cells: Mapping[Cell, int], wanted: Iterable[Table]) -> dict[Name, int]:
    """The true figures of one period, for every row of every table."""
    found: Counter[Name] = Counter()
    known = {table.id: {row for row, _ in table.rows} for table in wanted}

    def row(table: str, id_: str) -> Name:
        return table, id_ if id_ in known[table] else OTHER

    for (measure, labels), count in cells.items():
        match measure:
            case OPENED.name if labels[0] in CHANNELS:
                found["opened", labels[0]] += count
                found["opened", TOTAL] += count
            case TURNS.name if labels[0] in CHANNELS:
                found["channels", labels[0]] += count
                found[TURNS_TOTAL] += count
                found[row("subjects", labels[1])] += count
            case SERVICES.name:
                found[row("services", labels[0])] += count
            case INTENTS.name:
                found[row("typed", labels[0])] += count
                found["typed", TOTAL] += count
            case NOT_UNDERSTOOD.name:
                found["typed", NOT_KNOWN] += count
                found["typed", TOTAL] += count
    return {name: found[name] for table in wanted for name in table.names()}


def relations(content: Content, wanted: Iterable[Table]) -> tuple[Relation, ...]:
    """Everything about the figures that follows from what they are."""
    by_id = {table.id: tuple((table.id, row) for row, _ in table.rows) for table in wanted}
    found = [
        Relation(by_id["opened"], (("opened", TOTAL),)),
        Relation(by_id["channels"], (TURNS_TOTAL,)),
        Relation(by_id["subjects"], (TURNS_TOTAL,)),
        Relation(by_id["typed"], (("typed", TOTAL),)),
        Relation((("typed", TOTAL),), (TURNS_TOTAL,), exact=False),
        Relation((("opened", TOTAL),), (TURNS_TOTAL,), exact=False),
        *(Relation((("opened", one),), (("channels", one),), exact=False) for one in CHANNELS),
        *_of_messages(content),
        *_of_services(content),
    ]
    return tuple(found)


def _of_messages(content: Content) -> Iterator[Relation]:
    """A message about something is a turn in the flow that answers it. A label may lead to several flows."""
    leads: dict[str, set[str]] = {}
    for intents in content.intents.values():
        for intent in intents:
            leads.setdefault(intent.label, set()).add(intent.target.flow)
    for flows in {frozenset(flows) for flows in leads.values()}:
        labels = tuple(("typed", label) for label, those in sorted(leads.items()) if those <= flows)
        yield Relation(labels, tuple(("subjects", flow) for flow in sorted(flows)), exact=False)


def _of_services(content: Content) -> Iterator[Relation]:
    """A service stands on the screens of the flows that can show it."""
    for id_, service in content.services.items():
        flows = {
            step.id.flow
            for step in content.steps.values()
            if (signpost := step.signpost) is not None
            and (
                id_ in {*signpost.services, *signpost.always, *content.when_nobody_answers}
                or signpost.topic in service.facts.topics
            )
        }
        if flows:
            whole = tuple(("subjects", flow) for flow in sorted(flows))
            yield Relation((("services", id_),), whole, exact=False)
