"""WP203: where a life is at stake, the number to ring stands first."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.model import NATION, OUTSIDE, Content
from bot.content.schema import Risk
from bot.content.service_schema import Kind
from bot.dialogue.places import EMERGENCY


def look(subject: Subject) -> Iterator[Violation]:
    """Every screen of a step whose risk is immediate, for people here and abroad; then what is typed in danger."""
    yield from _shown(subject)
    yield from _typed(subject.content)


def _shown(subject: Subject) -> Iterator[Violation]:
    content = subject.content
    spoken = content.languages[content.default_language]
    answer = content.answers[NATION]
    for group, sighting, step in subject.exploration.at_steps():
        if step.risk is not Risk.IMMEDIATE:
            continue
        first = sighting.screen.blocks[0].plain if sighting.screen.blocks else ""
        for stand in subject.exploration.different(group, (answer.code,)):
            value = answer.value(dict(stand.answers).get(answer.code, 0))
            nation = value.id if value is not None else ""
            if not any(number in first.replace(".", " ").split() for number in _numbers(content, nation)):
                message = f"`{step.id}` does not open with the emergency number of {nation or 'the United Kingdom'}"
                notice = "notice_immediate_outside" if nation == OUTSIDE else "notice_immediate"
                yield Violation(spoken.places[notice], message, str(step.id), subject.exploration.situation(stand))


def _typed(content: Content) -> Iterator[Violation]:
    for intents in content.intents.values():
        for intent in intents:
            target = content.steps.get(intent.target)
            if intent.risk is Risk.IMMEDIATE and (target is None or target.risk is not Risk.IMMEDIATE):
                message = f"what is typed as `{intent.id}` leads to `{intent.target}`, which opens with no number"
                yield Violation(intent.place, message, intent.id)
            if intent.target.flow == EMERGENCY and not intent.whole and intent.risk in {Risk.NONE, Risk.CONCERN}:
                message = f"`{intent.id}` leads to help in danger, but its risk is {intent.risk}"
                yield Violation(intent.place, message, intent.id)


def _numbers(content: Content, nation: str) -> set[str]:
    """The numbers of the emergency services there; all but those for other countries where it is not known."""
    return {
        phone.number
        for service in content.services.values()
        if service.facts.kind is Kind.EMERGENCY
        and (nation in service.facts.nations if nation else service.facts.nations != (OUTSIDE,))
        for phone in service.facts.phones
    }


RULE = Rule(
    code="WP203",
    severity=Severity.ERROR,
    title="Where a life is at stake, the number to ring stands first",
    why="Somebody in danger reads one line, if that.",
    fix="Keep the emergency number in the shared texts `notice_immediate` and `notice_immediate_outside`, and lead "
    "what is typed in danger to a step whose risk is `immediate`.",
    part=Part.SCREENS,
    look=look,
    breaks={
        "flows/shared/texts.yaml": ("Ring {emergency_999.phone}.** It is free, and", "Ring them.** It is free, and")
    },
    mends={"flows/shared/texts.yaml": ("It is free, and someone", "Someone")},
    silenceable=False,
)
