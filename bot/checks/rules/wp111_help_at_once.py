"""WP111: a grave flow that young people come to begins with somebody who helps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.schema import Risk

_YOUNG: Final = frozenset({"young_person", "friend"})


def look(subject: Subject) -> Iterator[Violation]:
    """The first screen of every flow of high risk that is for young people, or for everybody.

    One of immediate risk opens with the number to ring. Grown-ups may be asked once what it is about.
    """
    for flow in subject.content.flows.values():
        young = not flow.audience or _YOUNG & set(flow.audience) == set(flow.audience)
        first = subject.content.steps[flow.start]
        if flow.risk is Risk.HIGH and young and first.signpost is None and first.risk is not Risk.IMMEDIATE:
            message = f"`{flow.id}` is of high risk, and `{first.id}`, its first screen, shows nobody who helps"
            yield Violation(first.place, message, str(first.id))


_GRAVE = ("risk: concern\n", "risk: high\n")

RULE = Rule(
    code="WP111",
    severity=Severity.ERROR,
    title="A grave flow for young people begins with somebody who helps",
    why="Many read one screen and go. It must not be a question, but a person to turn to.",
    fix="Give the first step of this flow a `signpost`.",
    part=Part.CONTENT,
    look=look,
    breaks={
        "flows/topic.yaml": (
            "risk: concern\nstart: first\nsteps:\n  first:\n"
            "    say: Thank you for telling me. People at {childline} listen every day.\n"
            "    signpost: {topic: listening, at_most: 3}\n",
            "risk: high\nstart: first\nsteps:\n  first:\n"
            "    say: Thank you for telling me. People at {childline} listen every day.\n",
        )
    },
    mends={"flows/topic.yaml": _GRAVE},
)
