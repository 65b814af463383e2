"""WP106: every active service is shown to somebody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.model import Content, StepId
from bot.content.schema import Status
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
    listed: dict[StepId, frozenset[str]] = {}
    moments: dict[StepId, tuple[datetime, ...]] = {}
    for stand, _, step in subject.exploration.at_steps():
        if step.signpost is None:
            continue
        if step.id not in listed:
            candidates = signposting.candidates(step.signpost, subject.now)
            listed[step.id] = frozenset(standing.service.id for standing in candidates)
        answers = dict(stand.answers)
        audience = subject.content.flows[step.id.flow].audience
        hoped = {id_ for id_ in listed[step.id] & (waiting - found) if signposting.serves(id_, answers, audience)}
        if hoped and step.id not in moments:
            moments[step.id] = tuple(moment for moment, _ in subject.calendar.situations(listed[step.id]))
        for moment in moments[step.id] if hoped else ():
            shown = signposting.select(step.signpost, answers, audience, moment).shown
            found |= {standing.service.id for standing in shown}
            if hoped <= found:
                break
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
