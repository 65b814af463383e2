"""WP707: a question has answers to press, and a signpost shows services of its own."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.places import Answers
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.model import AGE, NATION, OUTSIDE, WHO, Content, Step, StepId
from bot.dialogue.screen import ButtonRole

_PERSON = (WHO, AGE, NATION)


def look(subject: Subject) -> Iterator[Violation]:
    """Every step with a question or a signpost, for everybody who can meet it.

    Those who listen at any hour stand in where none of a signpost's services answers. That will do abroad, and for
    people whom the flow does not speak to; for those it does, the signpost has to show services of its own.
    """
    listed: dict[StepId, set[str]] = {}
    person = tuple(subject.content.answers[id_].code for id_ in _PERSON)
    for stand, sighting, step in subject.exploration.at_steps():
        screen = sighting.screen
        about = str(step.id)
        if step.ask is not None and not any(button.role is ButtonRole.CHOICE for button in screen.buttons):
            message = f"`{step.id}` asks a question, and every choice below it is hidden"
            yield Violation(step.ask_place, message, about, subject.exploration.situation(stand))
        if step.signpost is None:
            continue
        if step.id not in listed:
            candidates = subject.engine.signposting.candidates(step.signpost, subject.now)
            listed[step.id] = {standing.service.id for standing in candidates}
        if any(card.service in listed[step.id] for card in screen.cards):
            continue
        for one in subject.exploration.different(stand, person):
            if not screen.cards or _meant(one.answers, step, subject.content):
                message = f"the signpost of `{step.id}` shows none of its services here"
                yield Violation(step.place, message, about, subject.exploration.situation(one))
                break


def _meant(given: Answers, step: Step, content: Content) -> bool:
    """Whether the flow speaks to somebody with these answers, here in the United Kingdom."""
    answers = dict(given)
    who, age, nation = (content.answers[id_].value(answers.get(content.answers[id_].code, 0)) for id_ in _PERSON)
    audience = content.flows[step.id.flow].audience
    roles = [role for role in content.answers[WHO].values if not audience or role.id in audience]
    role = roles[0] if who is None else who  # the engine too takes somebody who has not said for the first of them
    own_age = age is None or AGE not in role.assume or age.id in role.assume[AGE]
    return role in roles and own_age and (nation is None or nation.id != OUTSIDE)


_END = "signpost: {topic: listening, at_most: 3}\n    end: true"

RULE = Rule(
    code="WP707",
    severity=Severity.ERROR,
    title="Every question can be answered, and every signpost shows something",
    why="Words that announce help above an empty place tell somebody that there is none for people like them.",
    fix="Add a service for these people to the signpost (abroad, a page that lists helplines will do), "
    "or a choice that is shown to everybody.",
    part=Part.SCREENS,
    look=look,
    breaks={"flows/topic.yaml": (_END, "signpost: {services: [european_numbers]}\n    end: true")},
    mends={"flows/topic.yaml": (_END, "signpost: {services: [european_numbers, samaritans]}\n    end: true")},
)
