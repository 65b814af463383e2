"""WP504: the buttons of a screen can be taken in at a glance."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.dialogue.layout import MAXIMUM_ROWS


def look(subject: Subject) -> Iterator[Violation]:
    """Every screen of a step, its long cards and the engine's questions, in every language: longer labels make more
    rows."""
    for spoken in subject.spoken:
        for seen in spoken.at_views():
            rows = len(seen.screen.rows)
            if rows > MAXIMUM_ROWS:
                message = f"`{seen.step.id}` has {rows} rows of buttons; {MAXIMUM_ROWS} fit beside the text"
                yield spoken.violation(seen.step.id, message, spoken.place(seen.step), seen.stand)
        for card in spoken.cards:
            if (rows := len(card.rows)) > MAXIMUM_ROWS:
                message = f"the emergency card has {rows} rows of buttons; {MAXIMUM_ROWS} fit beside the text"
                yield spoken.on_card(card, message, "card_rest")


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
