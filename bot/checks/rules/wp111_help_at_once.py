"""WP111: a grave flow begins with somebody who helps."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.schema import Risk


def look(subject: Subject) -> Iterator[Violation]:
    """The first screen of every flow of high risk. One of immediate risk opens with the number to ring."""
    for flow in subject.content.flows.values():
        first = subject.content.steps[flow.start]
        if flow.risk is Risk.HIGH and first.signpost is None and first.risk is not Risk.IMMEDIATE:
            message = f"`{flow.id}` is of high risk, and `{first.id}`, its first screen, shows nobody who helps"
            yield Violation(first.place, message, str(first.id))


_GRAVE = ("risk: concern\n", "risk: high\n")

RULE = Rule(
    code="WP111",
    severity=Severity.ERROR,
    title="A grave flow begins with somebody who helps",
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
