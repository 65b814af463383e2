"""WP504: the buttons of a screen can be taken in at a glance."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.dialogue.layout import MAXIMUM_ROWS


def look(subject: Subject) -> Iterator[Violation]:
    """Every screen of a step, its long cards and the engine's questions."""
    for stand, sighting, step in subject.exploration.at_views():
        rows = len(sighting.screen.rows)
        if rows > MAXIMUM_ROWS:
            yield Violation(
                step.place,
                f"`{step.id}` has {rows} rows of buttons; {MAXIMUM_ROWS} fit beside the text",
                str(step.id),
                subject.exploration.situation(stand),
            )


RULE = Rule(
    code="WP504",
    severity=Severity.ERROR,
    title=f"No screen has more than {MAXIMUM_ROWS} rows of buttons",
    why="On a phone more rows push the text away, or hide *Get help now* below the edge of the screen.",
    fix="Keep five choices at most, or four beside services. Put the others behind one that says Something else.",
    part=Part.SCREENS,
    look=look,
    breaks={
        "flows/topic.yaml": (
            "- {label: That is all, go: last}\n",
            "- {label: That is all, go: last}\n"
            "      - {label: Choose something else, go: menu}\n"
            "      - {label: Somebody is in danger, go: emergency}\n"
            "      - {label: I am at school right now, go: last}\n"
            "      - {label: I am at home right now, go: last}\n",
        )
    },
    mends={
        "flows/topic.yaml": (
            "- {label: That is all, go: last}\n",
            "- {label: That is all, go: last}\n"
            "      - {label: Choose something else, go: menu}\n"
            "      - {label: Somebody is in danger, go: emergency}\n",
        )
    },
)
