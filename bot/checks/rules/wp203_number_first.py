"""WP203: where a life is at stake, the number to ring stands first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.checks.finding import Severity
from bot.checks.places import Answers
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.model import NATION, OUTSIDE, Content
from bot.content.schema import Risk
from bot.content.service_schema import Kind
from bot.dialogue.places import EMERGENCY
from bot.dialogue.screen import Screen

_HERE: Final = "the United Kingdom"
_DIGITS: Final = re.compile(r"(?<!\d)\d+(?!\d)")


def look(subject: Subject) -> Iterator[Violation]:
    """Every screen of a step whose risk is immediate, for people here and abroad; then what is typed in danger."""
    yield from _shown(subject)
    yield from _typed(subject.content)


def _shown(subject: Subject) -> Iterator[Violation]:
    for spoken in subject.spoken:
        for seen in spoken.at_steps():
            if seen.step.risk is Risk.IMMEDIATE:
                for stand in subject.exploration.different(seen.stand, (subject.content.answers[NATION].code,)):
                    nation = _nation(stand.answers, subject.content)
                    if not _opens_with_number(seen.screen, nation, subject.content):
                        message = f"`{seen.step.id}` does not open with the emergency number of {nation or _HERE}"
                        yield spoken.violation(seen.step.id, message, spoken.place_of(_notice(nation)), stand)
        for card in spoken.cards:
            nation = _nation(card.state.answers, subject.content)
            if not _opens_with_number(card, nation, subject.content):
                message = f"the emergency card does not open with the emergency number of {nation or _HERE}"
                yield spoken.on_card(card, message, _notice(nation))


def _nation(answers: Answers, content: Content) -> str:
    answer = content.answers[NATION]
    value = answer.value(dict(answers).get(answer.code, 0))
    return value.id if value is not None else ""


def _notice(nation: str) -> str:
    return "text:notice_immediate_outside" if nation == OUTSIDE else "text:notice_immediate"


def _opens_with_number(screen: Screen, nation: str, content: Content) -> bool:
    """Any sign may stand beside the number, in whichever script."""
    first = screen.blocks[0].plain if screen.blocks else ""
    return not _numbers(content, nation).isdisjoint(_DIGITS.findall(first))


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
