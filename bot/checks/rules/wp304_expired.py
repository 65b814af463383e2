"""WP304: nothing is shown that nobody has looked at for a year."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.service_facts import assure_command, service_facts, today
from bot.checks.subject import Subject


def look(subject: Subject) -> Iterator[Violation]:
    """Every fact that is shown and was last assured far too long ago."""
    limit = subject.limits.expired_days
    for service, item in service_facts(subject, only_shown=True):
        age = (today(subject) - item.fact.assured_date).days
        if age > limit:
            yield Violation(
                service.at(*item.path, "assured_date"),
                f"`{item.name}` was last assured {age} days ago; after {limit} it counts as unknown",
                service.id,
                hint=f"Hold it against its source, then run: {assure_command(item, today(subject))}",
            )


RULE = Rule(
    code="WP304",
    severity=Severity.ERROR,
    title="No fact is older than a year",
    why="A number that nobody has looked at for a year may belong to somebody else by now.",
    fix="Hold the fact against its source again, then run `python -m bot services assure`; or pause the service.",
    part=Part.CONTENT,
    look=look,
    breaks={"resources.yaml": ("assured_date: 2026-11-01", "assured_date: 2025-11-01")},
    mends={"resources.yaml": ("assured_date: 2026-11-01", "assured_date: 2026-11-20")},
    ageing=True,
)
