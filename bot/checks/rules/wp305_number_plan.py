"""WP305: every number is one that there can be."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.number_plan import complaint
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject


def look(subject: Subject) -> Iterator[Violation]:
    """Every number against the numbering plan."""
    for service in subject.content.services.values():
        for index, phone in enumerate(service.facts.phones):
            if why := complaint(phone.number, phone.type):
                message = f"`{phone.number}` ({phone.type}) {why}"
                yield Violation(service.at("phones", index, "number"), message, service.id)


RULE = Rule(
    code="WP305",
    severity=Severity.ERROR,
    title="Every number is one that there can be",
    why="A digit too few, or a number nobody has, is a door that does not open.",
    fix="Look the number up at its source; if it is right, give it the type that fits it.",
    part=Part.CONTENT,
    look=look,
    breaks={"resources.yaml": ('number: "116 123"', 'number: "116 124"')},
    mends={"resources.yaml": ('number: "116 123", type: short_code', 'number: "0800 132 737", type: national')},
)
