"""WP107: from the menu to help is never far."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.checks.finding import Severity
from bot.checks.journeys import Reached
from bot.checks.rule import Edits, Part, Rule, Violation
from bot.checks.subject import Subject

MOST_PRESSES: Final = 6


def look(subject: Subject) -> Iterator[Violation]:
    """The nearest screen with service cards of each flow that has any."""
    journeys = subject.journeys
    nearest: dict[str, Reached] = {}
    for reached in journeys.from_menu:
        screen = journeys.exploration.sightings[reached.group].screen
        if screen.cards:
            nearest.setdefault(screen.state.step.flow, reached)
    for flow, reached in nearest.items():
        if reached.presses > MOST_PRESSES:
            yield Violation(
                subject.content.flows[flow].place,
                f"from the menu, the first services of `{flow}` are {reached.presses} presses away",
                flow,
                journeys.situation(journeys.first(reached)),
            )


def _far(questions: int) -> Edits:
    steps = [f"question_{number}" for number in range(1, questions + 1)]
    chain = "".join(
        f"  {step}:\n    say: Take your time.\n    choices:\n      - {{label: Go on, go: {after}}}\n"
        for step, after in zip(steps, [*steps[1:], "help"], strict=True)
    )
    return {
        "flows/far.yaml": "flow: far\ntitle: A long way\nrisk: concern\nstart: question_1\nsteps:\n"
        f"{chain}  help:\n    say: You are not alone with this.\n    signpost: {{topic: listening}}\n    end: true\n",
        "flows/menu.yaml": (
            "      - {label: I came across something, go: topic.second}\n",
            "      - {label: I came across something, go: topic.second}\n      - {label: Something else, go: far}\n",
        ),
    }


RULE = Rule(
    code="WP107",
    severity=Severity.ERROR,
    title=f"From the menu to the help of any flow it takes at most {MOST_PRESSES} presses",
    why="Each question more before help is one at which somebody frightened puts the phone away.",
    fix="Show services earlier in this flow, or let a choice of the menu lead to it sooner.",
    part=Part.SCREENS,
    look=look,
    breaks=_far(6),
    mends=_far(2),
)
