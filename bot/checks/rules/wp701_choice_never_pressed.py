"""WP701: every choice can be pressed by somebody."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.checks.written_choice import written_choice
from bot.content.errors import Place
from bot.content.model import StepId, holds


def look(subject: Subject) -> Iterator[Violation]:
    """Every choice of every step that is shown to anybody."""
    if subject.quick:  # only every combination of answers tells that somebody never comes
        return
    waiting: dict[Place, tuple[StepId, str]] = {}
    met: set[StepId] = set()
    allowed: set[Place] = set()
    for stand, sighting, step in subject.exploration.at_steps():
        if step.id not in met:
            met.add(step.id)
            waiting |= {choice.place: (step.id, choice.label) for choice in step.choices}
        if not any(choice.place in waiting for choice in step.choices):
            continue
        answers = dict(stand.answers)
        allowed |= {choice.place for choice in step.choices if holds(choice.when, answers)}
        for move in sighting.moves:
            choice = written_choice(step, move, stand.answers)
            if choice is not None:
                waiting.pop(choice.place, None)
    for place, (step_id, label) in waiting.items():
        reason = "its step is hidden from everybody who would see it" if place in allowed else "its `when` never holds"
        yield Violation(place, f"nobody can ever press `{label}`: {reason}", str(step_id))


RULE = Rule(
    code="WP701",
    severity=Severity.ERROR,
    title="Every choice can be pressed by somebody",
    why="A button that nobody sees was written for somebody, who now does not find the way that was meant for them.",
    fix="Mend the choice's `when`, or that of the step it leads to, or take the choice out.",
    part=Part.SCREENS,
    look=look,
    breaks={
        "flows/topic.yaml": (
            "- {label: That is all, go: last}\n",
            "- {label: That is all, go: last}\n"
            "      - {label: Choose something else, go: menu, when: {who: professional}}\n",
        )
    },
    mends={
        "flows/topic.yaml": (
            "- {label: That is all, go: last}\n",
            "- {label: That is all, go: last}\n"
            "      - {label: Choose something else, go: menu, when: {who: young_person}}\n",
        )
    },
)
