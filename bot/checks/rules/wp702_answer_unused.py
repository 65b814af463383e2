"""WP702: every answer is given by some button and matters somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.model import AGE, NATION, WHO, Answer, Content, Value


def look(subject: Subject) -> Iterator[Violation]:
    """Every value of every answer. The engine itself asks for nation and age where that helps to choose services."""
    content = subject.content
    given = _given(content)
    conditioned = _conditioned(content)
    for answer in content.answers.values():
        for value in answer.values:
            is_given = answer.id in {NATION, AGE} or (answer.code, value.code) in given
            is_used = answer.code in conditioned or _decides_services(answer, value, content)
            if answer.id == WHO and is_used:  # a pack need not have a flow for everyone whom its services serve
                continue
            if not is_given:
                yield Violation(value.place, f"no choice ever sets `{answer.id}: {value.id}`")
            elif not is_used:
                yield Violation(value.place, f"`{answer.id}: {value.id}` can be answered, but nothing depends on it")


def _given(content: Content) -> set[tuple[int, int]]:
    return {item for step in content.steps.values() for choice in step.choices for item in choice.answers}


def _conditioned(content: Content) -> set[int]:
    """The answers that some `when` looks at."""
    whens = [
        when
        for step in content.steps.values()
        for when in (step.when, *(line.when for line in step.say), *(choice.when for choice in step.choices))
    ]
    return {clause.answer for when in whens for clause in when}


def _decides_services(answer: Answer, value: Value, content: Content) -> bool:
    if answer.id == AGE:
        return True
    services = [service.facts for service in content.services.values()]
    if answer.id == NATION:
        return any(value.id in facts.nations for facts in services)
    if answer.id == WHO:
        return any(value.id in group.who for facts in services for group in facts.eligibility)
    return False


_MOOD = """\
      outside_uk: {code: 5, label: Outside the UK}
  alone:
    code: 4
    ask: Are you alone?
    values:
      alone: {code: 1, label: I am alone}
      together: {code: 2, label: Somebody is here}
"""
_OUTSIDE = "      outside_uk: {code: 5, label: Outside the UK}\n"

RULE = Rule(
    code="WP702",
    severity=Severity.WARNING,
    title="Every answer can be given, and matters somewhere",
    why="What is asked for nothing should not be asked, and what waits for an answer that never comes helps nobody.",
    fix="Record it by `set:` on a choice and let a `when` look at it, or take it out and list its code as `retired`.",
    part=Part.CONTENT,
    look=look,
    breaks={"flows/shared/answers.yaml": (_OUTSIDE, _MOOD)},
    mends={
        "flows/shared/answers.yaml": (_OUTSIDE, _MOOD),
        "flows/topic.yaml": (
            "      - {label: That is all, go: last}\n"
            "  last:\n"
            "    say: You asked for help, and that is a strong thing to do. It can get better from here.\n",
            "      - {label: I am alone, go: last, set: {alone: alone}}\n"
            "      - {label: Somebody is here, go: last, set: {alone: together}}\n"
            "  last:\n"
            "    say:\n"
            "      - You asked for help, and that is a strong thing to do. It can get better from here.\n"
            "      - {text: You can show this to whoever is with you., when: {alone: together}}\n",
        ),
    },
)
