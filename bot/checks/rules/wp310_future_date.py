"""WP310: nobody has assured anything tomorrow."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.service_facts import assure_command, service_facts, today
from bot.checks.subject import Subject


def look(subject: Subject) -> Iterator[Violation]:
    """Every fact with a date that has not come."""
    for service, item in service_facts(subject):
        if item.fact.assured_date > today(subject):
            yield Violation(
                service.at(*item.path, "assured_date"),
                f"`{item.name}` says that it was assured on {item.fact.assured_date}, a day that has not come",
                service.id,
                hint=f"Hold it against its source, then run: {assure_command(item, today(subject))}",
            )


RULE = Rule(
    code="WP310",
    severity=Severity.ERROR,
    title="No fact was assured on a day that has not come",
    why="A date in the future would keep a fact from ever growing old, and shows that somebody guessed.",
    fix="Hold the fact against its source, then run `python -m bot services assure` with the day on which you did.",
    part=Part.CONTENT,
    look=look,
    breaks={"resources.yaml": ("assured_date: 2026-11-01", "assured_date: 2027-11-01")},
    mends={"resources.yaml": ("assured_date: 2026-11-01", "assured_date: 2026-11-24")},
)
