"""WP211: where a life is at stake, a slower number is named only for when it no longer is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.checks.finding import Severity
from bot.checks.rule import Edits, Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.model import Content
from bot.content.schema import Risk
from bot.content.service_schema import Kind
from bot.content.text import Reference, Span, Template

_NO_DANGER: Final = re.compile(
    r"\b(?:if not|otherwise|no longer|later|afterwards?|not (?:urgent|happening)|safe again|"
    r"(?:not|nobody(?: is)?|no one(?: is)?) (?:in|at) (?:danger|risk))\b",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+")
_FACT: Final = "\ufffc"


def look(subject: Subject) -> Iterator[Violation]:
    """Every step whose risk is immediate: each sentence that names a contact of the police which is for no
    emergencies. It needs words that say it is meant for when nobody is in danger."""
    content = subject.content
    for step in content.steps.values():
        if step.risk is Risk.IMMEDIATE:
            for line in step.say:
                for name in _slower(line.template, content):
                    message = f"`{step.id}` is for people in danger, and tells them to use {{{name}}}"
                    yield Violation(line.place, message, str(step.id))


def _slower(template: Template, content: Content) -> Iterator[str]:
    for _, lines in template.blocks:
        for line in lines:
            names = [part for part in line if isinstance(part, Reference)]
            words = "".join(part.text if isinstance(part, Span) else _FACT for part in line)
            for sentence in _SENTENCE_END.split(words):
                for _ in range(sentence.count(_FACT)):
                    reference = names.pop(0)
                    if _is_slower(reference, content) and not _NO_DANGER.search(sentence):
                        yield reference.name


def _is_slower(reference: Reference, content: Content) -> bool:
    service = content.services.get(reference.service)
    return service is not None and bool(reference.contact) and service.facts.kind is Kind.POLICE


_IMMEDIATE = "say: You have come to the right place. You can ring now."


def _saying(words: str) -> Edits:
    return {
        "flows/emergency.yaml": (_IMMEDIATE, f"say: You have come to the right place. {words}"),
        "resources.yaml": ("kind: reporting", "kind: police"),
    }


RULE = Rule(
    code="WP211",
    severity=Severity.ERROR,
    title="Where a life is at stake, no slower number is named",
    why="Of two numbers of the police people ring the one that they read. The slower one may ring for a long time.",
    fix="Name the emergency number there, or say in the same sentence when the slower one is meant.",
    part=Part.CONTENT,
    look=look,
    breaks=_saying("You can ring {iwf_report.form}."),
    mends=_saying("If nobody is in danger, there is {iwf_report.form}."),
)
