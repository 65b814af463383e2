"""WP216: a button that names a nation records that one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.looks_alike import skeleton
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.model import NATION, Answer


def look(subject: Subject) -> Iterator[Violation]:
    """The labels of the nations themselves, and every choice that records one."""
    content = subject.content
    nations = content.answers[NATION]
    for value in nations.values:
        said = skeleton(value.label)
        if any(said == other.id.replace("_", " ") for other in nations.values if other is not value):
            yield Violation(value.place, f"“{value.label}” stands for `{value.id}`", f"{NATION}.{value.id}")
    for step in content.steps.values():
        for choice in step.choices:
            recorded = nations.value(dict(choice.answers).get(nations.code, 0))
            named = _named(choice.label, nations)
            if recorded is not None and named and recorded.id not in named:
                message = f"`{choice.label}` records `{NATION}: {recorded.id}`"
                yield Violation(choice.place, message, str(step.id))


def _named(label: str, nations: Answer) -> set[str]:
    """The nations whose whole name stands in a label."""
    said = skeleton(label)
    return {value.id for value in nations.values if re.search(rf"\b{re.escape(skeleton(value.label))}\b", said)}


RULE = Rule(
    code="WP216",
    severity=Severity.ERROR,
    title="A button that names a nation records that one",
    why="Numbers, laws and services differ from nation to nation. Who says *Wales* and is taken for England is sent to "
    "people who cannot come.",
    fix="Correct the `set` of this choice or its words; in flows/shared/answers.yaml, correct the label.",
    part=Part.CONTENT,
    look=look,
    breaks={
        "flows/topic.yaml": (
            "- {label: That is all, go: last}",
            "- {label: I live in Wales, go: last, set: {nation: scotland}}",
        )
    },
    mends={
        "flows/topic.yaml": (
            "- {label: That is all, go: last}",
            "- {label: I live in Wales, go: last, set: {nation: wales}}",
        )
    },
    silenceable=False,
)
