"""WP207: only what reaches the emergency services counts as them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.model import OUTSIDE
from bot.content.service_schema import Kind

_NUMBERS: Final = frozenset({"999", "112", "18000"})
"""What reaches them in the United Kingdom; elsewhere they have many."""


def look(subject: Subject) -> Iterator[Violation]:
    """Every number of a service of the kind `emergency` for people in the United Kingdom."""
    for service in subject.content.services.values():
        facts = service.facts
        if facts.kind is not Kind.EMERGENCY or set(facts.nations) == {OUTSIDE}:
            continue
        for phone in facts.phones:
            if phone.number.replace(" ", "") not in _NUMBERS:
                message = f"`{service.id}` is of the kind emergency, but {phone.number} is no emergency number here"
                yield Violation(service.at("kind"), message, service.id)
                break


RULE = Rule(
    code="WP207",
    severity=Severity.ERROR,
    title="Only emergency numbers count as emergency services",
    why="Services of this kind stand before all others and count as somebody who answers where a life is at stake.",
    fix="Give the service the kind that it is: a helpline, the police, a textline, and so on.",
    part=Part.CONTENT,
    look=look,
    breaks={"resources.yaml": ("name: Samaritans\n    kind: helpline", "name: Samaritans\n    kind: emergency")},
    mends={"resources.yaml": ("name: Samaritans\n    kind: helpline", "name: Samaritans\n    kind: textline")},
    silenceable=False,
)
