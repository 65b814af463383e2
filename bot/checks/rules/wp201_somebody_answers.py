"""WP201: whoever is sent to help finds, at any minute of the year, somebody who answers first."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.schema import Kind, Risk
from bot.dialogue.signposting import Rank


def look(subject: Subject) -> Iterator[Violation]:
    """Each signpost, for everybody who can meet it, at each moment that matters."""
    signposting = subject.engine.signposting
    for stand, _, step in subject.exploration.at_steps():
        if step.signpost is None:
            continue
        audience = subject.content.flows[step.id.flow].audience
        answers = dict(stand.answers)
        services = {standing.service.id for standing in signposting.candidates(step.signpost, subject.now)}
        for moment, _ in subject.calendar.situations(services):
            shown = signposting.select(step.signpost, answers, audience, moment).shown
            answering = [standing for standing in shown if standing.rank is Rank.OPEN]
            emergency = [standing for standing in shown if standing.service.facts.kind is Kind.EMERGENCY]
            if answering or (emergency and step.risk is Risk.IMMEDIATE):
                continue
            names = ", ".join(standing.service.id for standing in shown) or "nothing"
            yield Violation(
                step.place,
                f"`{step.id}` shows {names}, and nobody answers there then",
                str(step.id),
                subject.exploration.situation(stand, moment),
            )
            break


RULE = Rule(
    code="WP201",
    severity=Severity.ERROR,
    title="At any minute of the year, somebody answers",
    why="Somebody who has found the courage to ask at three in the morning must not meet only closed doors and forms.",
    fix="Add a service to the signpost (`always:`) that answers day and night, for these people and this nation.",
    part=Part.TIME,
    look=look,
    breaks={"resources.yaml": ('number: "116 123"', 'number: "116 123"')},
    mends={},
    silenceable=False,
)
