"""WP208: who says who they are is not led into a flow for somebody else."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.model import WHO


def look(subject: Subject) -> Iterator[Violation]:
    """Every choice that records `who` and opens a flow. One that leads to a step inside may well be for others: that
    is how a flow takes in those who came to the wrong one."""
    content = subject.content
    who = content.answers[WHO]
    for step in content.steps.values():
        for choice in step.choices:
            value = who.value(dict(choice.answers).get(who.code, 0))
            flow = content.flows.get(choice.target.flow)
            if value is None or flow is None or not flow.audience or choice.target != flow.start:
                continue
            if value.id not in flow.audience:
                message = (
                    f"`{choice.label}` records `who: {value.id}`, but `{flow.id}` is for {', '.join(flow.audience)}"
                )
                yield Violation(choice.place, message, str(step.id))


RULE = Rule(
    code="WP208",
    severity=Severity.ERROR,
    title="Nobody says who they are and is led into a flow for others",
    why="A child taken for an adult is shown services for adults, and none that would have listened.",
    fix="Correct the `set` or the `go` of this choice, or add the role to the flow's `for`.",
    part=Part.CONTENT,
    look=look,
    breaks={"flows/topic.yaml": ("risk: concern\n", "risk: concern\nfor: [friend]\n")},
    mends={"flows/topic.yaml": ("risk: concern\n", "risk: concern\nfor: [young_person, friend]\n")},
)
