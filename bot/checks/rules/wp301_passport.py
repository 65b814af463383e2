"""WP301: every fact, and every card, is exactly what somebody held against its source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.service_facts import assure_command, today
from bot.checks.subject import Subject
from bot.content.errors import Place
from bot.content.model import Service
from bot.content.passport import Assurable, ServiceCard, assurable
from bot.content.service_schema import WrittenService

_SHOWN: Final = 60


def look(subject: Subject) -> Iterator[Violation]:
    """Every fact, also of services that are paused: they come back one day."""
    for service in subject.content.services.values():
        for item in assurable(service.id, service.facts):
            if item.fits:
                continue
            date = item.fact.assured_date
            what = f"was changed since it was assured on {date}" if item.fact.passport else "has no passport"
            yield Violation(
                _place(service, item),
                f"`{item.name}` {what}. One would vouch for {_contents(item)}",
                service.id,
                hint=f"Hold every part of it against {_source(item)}, then run: {assure_command(item, today(subject))}",
            )


def _place(service: Service, item: Assurable) -> Place:
    """Where the passport stands; for a card that a later pack changes, what that pack says."""
    if not item.fact.passport:
        return service.at(*item.path, key=True)
    place = service.at(*item.path, "passport")
    parts = WrittenService.model_fields if isinstance(item, ServiceCard) else ()
    return next((there for key in parts if (there := service.at(key)).path not in {place.path, None}), place)


def _source(item: Assurable) -> str:
    return "what its sources say" if isinstance(item, ServiceCard) else "the source"


def _contents(item: Assurable) -> str:
    parts = []
    for key, value in item.vouched.items():
        words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        parts.append(f"{key}: {words if len(words) <= _SHOWN else f'{words[: _SHOWN - 1]}…'}")
    return "; ".join(parts)


RULE = Rule(
    code="WP301",
    severity=Severity.ERROR,
    title="Every number, address, hour and card is as it was assured",
    why="One slip of a key sends somebody in distress to a stranger. A passport covers each fact as it was held "
    "against its source, so a change that nobody has checked cannot go live.",
    fix="Hold the fact against its source again, then run `python -m bot services assure`.",
    part=Part.CONTENT,
    look=look,
    breaks={
        "resources.yaml": ('number: "0800 1111", type', 'number: "0800 1112", passport: "xqnaii4e", type'),
    },
    mends={
        "resources.yaml": ('number: "0800 1111", type', 'number: "0800 1111", passport: "xqnaii4e", type'),
    },
    silenceable=False,
)
