"""WP301: every fact is exactly what somebody held against its source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.service_facts import assure_command, service_facts, today
from bot.checks.subject import Subject
from bot.content.passport import ServiceFact, covered

_SHOWN: Final = 60


def look(subject: Subject) -> Iterator[Violation]:
    """Every fact, also of services that are paused: they come back one day."""
    for service, item in service_facts(subject):
        if item.fits:
            continue
        date = item.fact.assured_date
        what = f"was changed since it was assured on {date}" if item.fact.passport else "has no passport"
        yield Violation(
            service.at(*item.path, "passport") if item.fact.passport else service.at(*item.path, key=True),
            f"`{item.name}` {what}. One would vouch for {_contents(item)}",
            service.id,
            hint=f"Hold every part of it against the source, then run: {assure_command(item, today(subject))}",
        )


def _contents(item: ServiceFact) -> str:
    parts = []
    for key, value in (*covered(item.fact).items(), *((("serves", list(item.serves)),) if item.serves else ())):
        words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        parts.append(f"{key}: {words if len(words) <= _SHOWN else f'{words[: _SHOWN - 1]}…'}")
    return "; ".join(parts)


RULE = Rule(
    code="WP301",
    severity=Severity.ERROR,
    title="Every number, address and hour is as it was assured",
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
