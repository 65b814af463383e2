"""WP104: every step is shown to somebody."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject


def look(subject: Subject) -> Iterator[Violation]:
    """Every step of every flow."""
    shown = {step.id for _, _, step in subject.exploration.at_steps()}
    for step in subject.content.steps.values():
        if step.id not in shown:
            message = f"no way leads to `{step.id}`: nobody will ever read it"
            yield Violation(step.place, message, str(step.id))


RULE = Rule(
    code="WP104",
    severity=Severity.ERROR,
    title="Every step can be reached",
    why="A step that nobody can come to was written for somebody, who now goes without it.",
    fix="Let a choice lead to it whose `when` can hold together with the step's own, or take the step out.",
    part=Part.SCREENS,
    look=look,
    breaks={
        "flows/topic.yaml": (
            "  last:\n",
            "  a_friend:\n"
            "    say: You can go together with a friend.\n"
            "    choices:\n"
            "      - {label: That is all, go: last}\n"
            "  last:\n",
        )
    },
    mends={
        "flows/topic.yaml": (
            "      - {label: That is all, go: last}\n  last:\n",
            "      - {label: That is all, go: last}\n"
            "      - {label: I do not want to go alone, go: a_friend}\n"
            "  a_friend:\n"
            "    say: You can go together with a friend.\n"
            "    choices:\n"
            "      - {label: That is all, go: last}\n"
            "  last:\n",
        )
    },
)
