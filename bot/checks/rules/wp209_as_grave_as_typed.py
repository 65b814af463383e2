"""WP209: what is grave when it is typed is grave where it leads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.model import StepId
from bot.content.schema import Risk

_GRAVE: Final = frozenset({Risk.HIGH, Risk.IMMEDIATE})


def look(subject: Subject) -> Iterator[Violation]:
    """Every intent of high risk, and the step it leads to. What is typed in immediate danger is for WP203."""
    told: set[StepId] = set()
    for intents in subject.content.intents.values():
        for intent in intents:
            step = subject.content.steps.get(intent.target)
            if step is None or intent.risk is not Risk.HIGH or step.risk in _GRAVE or step.id in told:
                continue
            told.add(step.id)
            message = f"`{intent.id}` is of high risk, and `{step.id}`, where it leads, is of risk `{step.risk}`"
            yield Violation(step.place, message, str(step.id))


RULE = Rule(
    code="WP209",
    severity=Severity.ERROR,
    title="What is grave when it is typed is grave where it leads",
    why="The risk of a step decides what stands first on it and which rules it is held to. Lowered by a slip, "
    "a step for people in danger is treated like small talk.",
    fix="Set `risk: high` for this step or its flow, or lower the risk of the intent if it is not grave after all.",
    part=Part.CONTENT,
    look=look,
    breaks={"flows/phrases/en.yaml": ("topic: {go: topic,", "topic: {go: topic, risk: high,")},
    mends={
        "flows/phrases/en.yaml": ("topic: {go: topic,", "topic: {go: topic, risk: high,"),
        "flows/topic.yaml": ("risk: concern\n", "risk: high\n"),
    },
)
