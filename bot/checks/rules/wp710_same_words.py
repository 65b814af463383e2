"""WP710: within a flow, a button of the same words leads to the same place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.model import Choice, Step, StepId

_ENOUGH: Final = 3
"""How often words must lead to one place of a flow before another one stands out."""


def look(subject: Subject) -> Iterator[Violation]:
    """Every label that leads several times to one place and once to another, to which other words lead everywhere else:
    then one of the two was mistaken for the other."""
    used: dict[tuple[str, str], list[tuple[Step, Choice]]] = {}
    labels: dict[StepId, Counter[str]] = {}
    for step in subject.content.steps.values():
        for choice in step.choices:
            words = choice.label.casefold()
            used.setdefault((step.id.flow, words), []).append((step, choice))
            labels.setdefault(choice.target, Counter())[words] += 1
    for (_, words), uses in used.items():
        (common, times), *others = Counter(choice.target for _, choice in uses).most_common()
        if times < _ENOUGH or [count for _, count in others] != [1]:
            continue
        ((odd, _),) = others
        if labels[odd][words] == 1 and len(labels[odd]) > 1:
            step, choice = next((step, choice) for step, choice in uses if choice.target == odd)
            message = f"`{choice.label}` leads to `{odd}`, and everywhere else in this flow to `{common}`"
            yield Violation(choice.place, message, str(step.id))


RULE = Rule(
    code="WP710",
    severity=Severity.ERROR,
    title="Within a flow, the same words on a button lead to the same place",
    why="Whoever has learnt what “Who can I tell?” does, and then is told goodbye by it, stops pressing.",
    fix="Lead it where these words lead everywhere else, or say on it what is different.",
    part=Part.CONTENT,
    look=look,
    breaks={
        "flows/topic.yaml": (
            "  last:\n",
            "".join(
                f"  more_{number}:\n    say: You are doing well.\n    signpost: {{topic: listening, at_most: 3}}\n"
                f"    choices:\n      - {{label: What comes next, go: {where}}}\n"
                f"      - {{label: That is all, go: menu}}\n      - {{label: Go on, go: {onward}}}\n"
                for number, where, onward in ((1, "second", "more_2"), (2, "second", "more_3"), (3, "last", "more_1"))
            )
            + "  last:\n",
        )
    },
    mends={"flows/topic.yaml": ("label: What comes next", "label: What comes after that")},
)
