"""WP106: every active service is shown to somebody."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.signposted import through_time
from bot.checks.subject import Subject
from bot.content.model import Content
from bot.content.service_schema import Status
from bot.content.text import parse


def look(subject: Subject) -> Iterator[Violation]:
    """Every active service: on a card at this hour, on one at another hour, or named in a text."""
    if subject.quick:  # only every combination of answers tells that somebody never comes
        return
    seen = {card.service for sighting in subject.exploration.sightings.values() for card in sighting.screen.cards}
    seen |= _named(subject.content) | set(subject.content.when_nobody_answers)
    waiting = {
        service.id
        for service in subject.content.services.values()
        if service.facts.status is Status.ACTIVE and service.id not in seen
    }
    waiting -= _shown_at_other_hours(subject, waiting)
    for id_ in sorted(waiting):
        service = subject.content.services[id_]
        yield Violation(service.place, f"`{id_}` is active, but no signpost ever shows it", id_)


def _named(content: Content) -> set[str]:
    """Services that a text names."""
    templates = [line.template for step in content.steps.values() for line in step.say]
    templates += [parse(text) for language in content.languages.values() for text in language.texts.values()]
    return {reference.service for template in templates for reference in template.references}


def _shown_at_other_hours(subject: Subject, waiting: set[str]) -> set[str]:
    signposting = subject.engine.signposting
    found: set[str] = set()
    met = subject.signposted
    hoped = {asked: signposting.within_reach(asked.signpost, asked.everyone) & waiting for asked in met}
    for moment, asked in through_time((asked for asked in met if hoped[asked]), subject.calendar, signposting):
        if not hoped[asked] <= found:
            found |= {standing.service.id for standing in met[asked][0].select(signposting, asked, moment).shown}
    return found


RULE = Rule(
    code="WP106",
    severity=Severity.WARNING,
    title="Every active service is shown to somebody",
    why="A service that is listed but never shown costs work to keep up to date and helps nobody.",
    fix="Give it a topic that a signpost asks for, name it in a signpost, or set its `status` to `paused`.",
    part=Part.TIME,
    look=look,
    breaks={"flows/shared/texts.yaml": ("{iwf_report} takes the web", "Somebody takes the web")},
    mends={"flows/shared/texts.yaml": ("{iwf_report} takes the web", "{iwf_report} looks at the web")},
)
