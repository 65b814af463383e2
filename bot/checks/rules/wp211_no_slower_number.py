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
_DANGER: Final = re.compile(
    r"\b(?:in danger|danger now|(?:can['’]t|cannot|can not) (?:stay|keep (?:yourself )?) ?safe|badly hurt"
    r"|taken something|hurt(?:ing)? yourself (?:now|badly)|life is at risk|not breathing|right now)\b",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+")
_FACT: Final = "\ufffc"


def look(subject: Subject) -> Iterator[Violation]:
    """Every step whose risk is immediate: each sentence that names a contact of the police which is for no
    emergencies. It needs words that say it is meant for when nobody is in danger. Then every step: each sentence that
    speaks of danger, and names numbers of which none is for emergencies."""
    content = subject.content
    for step in content.steps.values():
        for line in step.say:
            for name in _in_danger(line.template, content):
                message = f"`{step.id}` speaks of danger, and names {{{name}}} without an emergency number"
                yield Violation(line.place, message, str(step.id))
        if step.risk is Risk.IMMEDIATE:
            for line in step.say:
                for name in _slower(line.template, content):
                    message = f"`{step.id}` is for people in danger, and tells them to use {{{name}}}"
                    yield Violation(line.place, message, str(step.id))


def _in_danger(template: Template, content: Content) -> Iterator[str]:
    for words, references in _sentences(template):
        phones = [found for found in references if _is_phone(found, content)]
        urgent = any(content.services[found.service].facts.kind is Kind.EMERGENCY for found in phones)
        if phones and not urgent and _DANGER.search(words) and not _NO_DANGER.search(words):
            yield phones[0].name


def _is_phone(reference: Reference, content: Content) -> bool:
    service = content.services.get(reference.service)
    return service is not None and any(phone.id == reference.contact for phone in service.facts.phones)


def _slower(template: Template, content: Content) -> Iterator[str]:
    for sentence, references in _sentences(template):
        for reference in references:
            if _is_slower(reference, content) and not _NO_DANGER.search(sentence):
                yield reference.name


def _sentences(template: Template) -> Iterator[tuple[str, list[Reference]]]:
    """Each sentence, a sign in place of each fact, and the facts."""
    for _, lines in template.blocks:
        for line in lines:
            names = [part for part in line if isinstance(part, Reference)]
            words = "".join(part.text if isinstance(part, Span) else _FACT for part in line)
            for sentence in _SENTENCE_END.split(words):
                yield sentence, [names.pop(0) for _ in range(sentence.count(_FACT))]


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
