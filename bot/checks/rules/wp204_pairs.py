"""WP204: two services that are each other's half for another age are shown together, or neither is."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.example import FILES
from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject


def look(subject: Subject) -> Iterator[Violation]:
    """Every pair as it is written; then every signpost, for everybody who can meet it."""
    yield from _one_sided(subject)
    signposting = subject.engine.signposting
    for asked, places in subject.signposted.items():
        first = places[0]
        shown = first.select(signposting, asked, subject.now).shown
        found = signposting.missing_half(shown, dict(first.stand.answers), first.audience)
        if found is None:
            continue
        for place in places:
            message = f"`{place.step.id}` shows `{found[0]}` without `{found[1]}`, its half for other ages"
            situation = subject.exploration.situation(place.stand)
            yield Violation(place.step.place, message, str(place.step.id), situation)


def _one_sided(subject: Subject) -> Iterator[Violation]:
    services = subject.content.services
    for service in services.values():
        half = service.facts.pair
        if half is not None and services[half].facts.pair != service.id:
            message = (
                f"`{service.id}` names `{half}` as its other half, which names {services[half].facts.pair or 'none'}"
            )
            yield Violation(service.at("pair"), message, service.id)


_RESOURCES = FILES["resources.yaml"]
_FIRST, _SECOND = "topics: {listening: 3}", "topics: {listening: 4}"
_TWO_SERVICES = f"{_FIRST}{_RESOURCES.partition(_FIRST)[2].partition(_SECOND)[0]}{_SECOND}"
_PAIRED = _TWO_SERVICES.replace(_FIRST, f"{_FIRST}\n    pair: iwf_report") + "\n    pair: report_remove"

RULE = Rule(
    code="WP204",
    severity=Severity.ERROR,
    title="The adults' and the young people's half of a pair are shown together",
    why="Who has not said their age and sees only the half for others finds a closed door.",
    fix="Name both halves, each as the other's `pair`; raise `at_most`, or set the age or role with the choice that "
    "leads here.",
    part=Part.SCREENS,
    look=look,
    breaks={
        "resources.yaml": (
            "topics: {listening: 3}",
            "topics: {listening: 3}\n    pair: samaritans",
        ),
        "flows/topic.yaml": (
            "{topic: listening, at_most: 3}\n    end",
            "{services: [report_remove], at_most: 1}\n    end",
        ),
    },
    mends={"resources.yaml": (_TWO_SERVICES, _PAIRED)},
)
