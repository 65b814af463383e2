"""WP110: where a flow ends, there is somebody to talk to."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.model import NATION, OUTSIDE, Service
from bot.content.service_schema import Kind
from bot.dialogue.signposting import has_people

_LISTS_OF_HELPLINES = frozenset({Kind.INFORMATION, Kind.EMERGENCY})
"""What counts abroad, where we know few helplines by name."""


def look(subject: Subject) -> Iterator[Violation]:
    """Every end, for everybody who can come to it."""
    content = subject.content
    nation = content.answers[NATION]
    for stand, sighting, step in subject.exploration.at_steps():
        if not step.end:
            continue
        value = nation.value(dict(stand.answers).get(nation.code, 0))
        elsewhere = value is not None and value.id == OUTSIDE
        services = [content.services[card.service] for card in sighting.screen.cards]
        if not any(_listens(service) or (elsewhere and _lists(service)) for service in services):
            yield Violation(
                step.place,
                f"`{step.id}` ends without a service where a person listens",
                str(step.id),
                subject.exploration.situation(stand),
            )


def _listens(service: Service) -> bool:
    return has_people(service) and service.facts.kind is not Kind.EMERGENCY


def _lists(service: Service) -> bool:
    return service.facts.kind in _LISTS_OF_HELPLINES


RULE = Rule(
    code="WP110",
    severity=Severity.ERROR,
    title="Every end offers somebody to talk to",
    why="A form takes a report and a page gives advice, but only a person can stay with somebody who is afraid.",
    fix="Give the end a signpost with a helpline, text line or chat for everybody who can come to it.",
    part=Part.SCREENS,
    look=look,
    breaks={
        "flows/topic.yaml": ("    signpost: {topic: listening, at_most: 3}\n    end: true", "    end: true"),
    },
    mends={
        "flows/topic.yaml": (
            "    signpost: {topic: listening, at_most: 3}\n    end: true",
            "    signpost: {services: [childline, samaritans]}\n    end: true",
        ),
    },
)
