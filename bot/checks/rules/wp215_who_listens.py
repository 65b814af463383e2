"""WP215: who stands in where nobody answers is somebody who listens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.service_schema import Kind

_LISTENING: Final = frozenset({Kind.HELPLINE, Kind.TEXTLINE, Kind.WEBCHAT, Kind.INFORMATION})
"""A list of helplines counts as well: abroad there is nothing else to show."""


def look(subject: Subject) -> Iterator[Violation]:
    """Every service listed under `when_nobody_answers`."""
    for id_ in subject.content.when_nobody_answers:
        service = subject.content.services[id_]
        if service.facts.kind not in _LISTENING:
            message = f"`{id_}` stands in where nobody answers, and is of the kind {service.facts.kind}"
            yield Violation(service.at("kind"), message, id_)


RULE = Rule(
    code="WP215",
    severity=Severity.ERROR,
    title="Where nobody answers, somebody who listens stands in",
    why="At night the one open line is what somebody gets. The police or a form is not what they came for.",
    fix="Take this service out of `when_nobody_answers` in resources.yaml, or correct its `kind`.",
    part=Part.CONTENT,
    look=look,
    breaks={"resources.yaml": ("[childline, samaritans]", "[childline, samaritans, report_remove]")},
    mends={"resources.yaml": ("[childline, samaritans]", "[samaritans, childline]")},
)
