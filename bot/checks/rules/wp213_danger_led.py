"""WP213: a button that says somebody is in danger leads to help in danger."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.checks.finding import Severity
from bot.checks.rule import Edits, Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.model import Step
from bot.content.schema import Risk

_NOW: Final = re.compile(
    r"\b(?:in danger(?! abroad)\b|(?:i['’]m|i am|we['’]re|we are)(?: still)? not safe\b|being hurt now\b"
    r"|took something\b|getting worse\b|with someone unsafe\b|to come now\b|bleeding\b|not breathing\b"
    r"|(?:can['’]t|cannot) (?:stay|keep)\b.*\bsafe\b|hurt (?:me|us) today\b|badly hurt\b)",
    re.IGNORECASE,
)
"""What says that a life may be at stake this moment."""

_AT_HOME: Final = re.compile(r"\b(?:in danger|not safe|unsafe)\b", re.IGNORECASE)
"""What says that somebody is not safe somewhere."""

_DESPAIR: Final = re.compile(
    r"\b(?:(?:can['’]t|cannot) go on\b|end(?:ing)? my life\b|hurt myself\b|want to die\b|kill myself\b)", re.IGNORECASE
)
"""What says that somebody may end their life, or hurts themselves."""

_SUICIDE: Final = "suicide"
"""The flow for them, in content that has one."""

_ENOUGH: Final = {
    _NOW: frozenset({Risk.IMMEDIATE}),
    _AT_HOME: frozenset({Risk.HIGH, Risk.IMMEDIATE}),
}


def look(subject: Subject) -> Iterator[Violation]:
    """Every choice in English whose label speaks of danger or despair, and the step that it leads to."""
    content = subject.content
    for step in content.steps.values():
        for choice in step.choices:
            target = content.steps.get(choice.target)
            grave = next((enough for words, enough in _ENOUGH.items() if words.search(choice.label)), None)
            if target is None:
                continue
            if _SUICIDE in content.flows and _DESPAIR.search(choice.label) and not _helps_in_despair(target):
                message = f"`{choice.label}` leads to `{target.id}`, not to the flow `{_SUICIDE}`"
                yield Violation(choice.place, message, str(step.id))
            if grave is None or target.risk in grave:
                continue
            message = f"`{choice.label}` leads to `{target.id}`, whose risk is {target.risk}"
            yield Violation(choice.place, message, str(step.id))


def _helps_in_despair(target: Step) -> bool:
    return target.id.flow == _SUICIDE or target.risk is Risk.IMMEDIATE


def _leading(where: str) -> Edits:
    return {
        "flows/topic.yaml": (
            "- {label: That is all, go: last}\n",
            f"- {{label: That is all, go: last}}\n      - {{label: I am in danger right now, go: {where}}}\n",
        )
    }


RULE = Rule(
    code="WP213",
    severity=Severity.ERROR,
    title="A button that speaks of danger leads to help in danger",
    why="Who presses “I am in danger” has no time to find out that the button led to kind words.",
    fix="Lead this choice to the flow `emergency`, or to a step with `risk: immediate`.",
    part=Part.CONTENT,
    look=look,
    breaks=_leading("first"),
    mends=_leading("emergency"),
)
