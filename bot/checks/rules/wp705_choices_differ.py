"""WP705: no two choices of a screen do the same."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.places import Stand
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.checks.written_choice import written_choice
from bot.content.model import Choice


def look(subject: Subject) -> Iterator[Violation]:
    """Every screen, as the first of those who can meet it presses its choices: no two alike, and none for nothing."""
    for stand, sighting, step in subject.exploration.at_steps():
        before: dict[Stand, Choice] = {}
        for move in sighting.moves:
            choice = written_choice(step, move, stand.answers)
            if choice is None:
                continue
            there = move.after(stand.answers)
            if choice.target == step.id and there.answers == stand.answers:
                message = f"`{choice.label}` leads to the very screen that it stands on"
                yield Violation(choice.place, message, str(step.id), subject.exploration.situation(stand))
            other = before.setdefault(there, choice)
            if other is not choice:
                message = f"`{choice.label}` and `{other.label}` lead to the same place with the same answers"
                yield Violation(choice.place, message, str(step.id), subject.exploration.situation(stand))


RULE = Rule(
    code="WP705",
    severity=Severity.ERROR,
    title="No two choices of a screen do the same, and none does nothing",
    why="A choice that makes no difference tells somebody that what they say does not matter.",
    fix="Let each lead somewhere of its own or record its answer by `set:`, or make one choice of the two.",
    part=Part.SCREENS,
    look=look,
    breaks={
        "flows/topic.yaml": (
            "- {label: That is all, go: last}\n",
            "- {label: That is all, go: last}\n      - {label: I feel better now, go: last}\n",
        )
    },
    mends={
        "flows/topic.yaml": (
            "- {label: That is all, go: last}\n",
            "- {label: That is all, go: last}\n      - {label: I want something else, go: menu}\n",
        )
    },
)
