"""WP214: a button that says how old somebody is records nothing else, and leads to no flow for others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.checks.finding import Severity
from bot.checks.rule import Edits, Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.model import AGE, WHO, Answer, Choice, Content

_CHILD: Final = re.compile(
    r"\b(?:(?:i['’]m|i am|me)\b.*\b(?:under (?:18|eighteen)|young)\b|under (?:18|eighteen)\))", re.IGNORECASE
)
_ADULT: Final = re.compile(
    r"\b(?:(?:18|eighteen) (?:or|and) (?:over|older)|(?:over|above) (?:18|eighteen)|(?:i['’]m|i am) an adult)\b",
    re.IGNORECASE,
)
_OF_AGE: Final = 18


def look(subject: Subject) -> Iterator[Violation]:
    """Every choice in English that speaks of being under or over eighteen."""
    content = subject.content
    for step in content.steps.values():
        for choice in step.choices:
            child, adult = _CHILD.search(choice.label), _ADULT.search(choice.label)
            if bool(child) is bool(adult):
                continue
            roles = _roles(choice, content)
            if roles and not any(_can_be(role, content, child=bool(child)) for role in roles):
                message = f"`{choice.label}` is for {', '.join(roles)}"
                yield Violation(choice.place, message, str(step.id))


def _roles(choice: Choice, content: Content) -> tuple[str, ...]:
    """Whom a choice takes somebody for: what it records, or else whom the flow is for that it begins."""
    who = content.answers[WHO]
    recorded = who.value(dict(choice.answers).get(who.code, 0))
    if recorded is not None:
        return (recorded.id,)
    flow = content.flows.get(choice.target.flow)
    return flow.audience if flow is not None and choice.target == flow.start else ()


def _can_be(role: str, content: Content, *, child: bool) -> bool:
    """Whether somebody in this role may be a child, or a grown-up."""
    age: Answer = content.answers[AGE]
    value = next(value for value in content.answers[WHO].values if value.id == role)
    assumed = value.assume.get(AGE)
    ages = [band for band in age.values if assumed is None or band.id in assumed]
    return any((band.youngest or 0) < _OF_AGE if child else (band.oldest or _OF_AGE) >= _OF_AGE for band in ages)


def _saying(label: str) -> Edits:
    return {
        "flows/menu.yaml": (
            "{label: Talk it through, go: topic, set: {who: young_person}}",
            f"{{label: {label}, go: topic, set: {{who: young_person}}}}",
        )
    }


RULE = Rule(
    code="WP214",
    severity=Severity.ERROR,
    title="A button that says how old somebody is takes them for nothing else",
    why="Who is taken for an adult is shown services that turn a child away, and the other way round.",
    fix="Correct the `set` of this choice, where it leads, or its label.",
    part=Part.CONTENT,
    look=look,
    breaks=_saying("I am 18 or over"),
    mends=_saying("I am under 18"),
)
