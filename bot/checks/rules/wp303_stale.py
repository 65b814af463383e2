"""WP303: facts are looked at again before they grow old."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.service_facts import assure_command, service_facts, today
from bot.checks.subject import Subject


def look(subject: Subject) -> Iterator[Violation]:
    """Every fact that is shown and was last assured too long ago; what WP304 finds is not said twice."""
    limits = subject.limits
    for service, item in service_facts(subject, only_shown=True):
        age = (today(subject) - item.fact.assured_date).days
        if limits.stale_days < age <= limits.expired_days:
            yield Violation(
                service.at(*item.path, "assured_date"),
                f"`{item.name}` was last assured {age} days ago; look at it again within {limits.stale_days}",
                service.id,
                hint=f"Hold it against its source, then run: {assure_command(item, today(subject))}",
            )


RULE = Rule(
    code="WP303",
    severity=Severity.WARNING,
    title="Every fact was assured within half a year",
    why="Helplines change their hours and numbers, and nobody tells us.",
    fix="Hold the fact against its source again, then run `python -m bot services assure`.",
    part=Part.CONTENT,
    look=look,
    breaks={"resources.yaml": ("assured_date: 2026-11-01", "assured_date: 2026-03-01")},
    mends={"resources.yaml": ("assured_date: 2026-11-01", "assured_date: 2026-10-01")},
    ageing=True,
)
