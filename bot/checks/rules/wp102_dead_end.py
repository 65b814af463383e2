"""WP102: no screen leaves a person with nothing but the way back."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.dialogue.screen import ButtonRole


def look(subject: Subject) -> Iterator[Violation]:
    """Every step that is no end, for everybody who can meet it."""
    for stand, sighting, step in subject.exploration.at_steps():
        if step.end or any(button.role is ButtonRole.CHOICE for button in sighting.screen.buttons):
            continue
        yield Violation(
            step.place,
            f"every choice of `{step.id}` is hidden here, so it leads nowhere",
            str(step.id),
            subject.exploration.situation(stand),
        )


RULE = Rule(
    code="WP102",
    severity=Severity.ERROR,
    title="No screen is a dead end",
    why="Somebody who meets a screen with no way on believes that there is no help for people like them.",
    fix="Give the step a choice that is shown to everybody, or mark it `end: true` with people to talk to.",
    part=Part.SCREENS,
    look=look,
    breaks={
        "flows/topic.yaml": (
            "- {label: What comes next, go: second}",
            "- {label: What comes next, go: second, when: {nation: {not: outside_uk}}}",
        )
    },
    mends={
        "flows/topic.yaml": (
            "- {label: What comes next, go: second}",
            "- {label: What comes next, go: second, when: {nation: {not: outside_uk}}}\n"
            "      - {label: What can I do from here?, go: second, when: {nation: outside_uk}}",
        )
    },
)
