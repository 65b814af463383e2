"""WP312: no service bears the name of another."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject


def look(subject: Subject) -> Iterator[Violation]:
    """Every name; capitals, spaces and signs make no difference to somebody who looks for the one they know."""
    named: dict[str, str] = {}
    for service in subject.content.services.values():
        name = "".join(sign for sign in service.facts.name.casefold() if sign.isalnum())
        if name in named:
            message = f"`{service.id}` bears the name of `{named[name]}`: {service.facts.name}"
            yield Violation(service.at("name"), message, service.id)
        named.setdefault(name, service.id)


RULE = Rule(
    code="WP312",
    severity=Severity.ERROR,
    title="No service bears the name of another",
    why="People trust a name that they know. Under it, a wrong or made-up service would be trusted as well.",
    fix="Say in the name what sets it apart, such as the nation; or keep one entry with the contacts of both.",
    part=Part.CONTENT,
    look=look,
    breaks={"resources.yaml": ("name: Samaritans", "name: Childline")},
    mends={"resources.yaml": ("name: Samaritans", "name: Samaritans (all ages)")},
)
