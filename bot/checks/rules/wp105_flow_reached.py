"""WP105: every flow can be found from the menu."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.shared_texts import COMMANDS


def look(subject: Subject) -> Iterator[Violation]:
    """Every flow but those that a command opens. The button *Get help now* is no way to choose a subject."""
    journeys = subject.journeys
    sightings = journeys.exploration.sightings
    found = {sightings[reached.group].screen.state.step.flow for reached in journeys.from_menu}
    for flow in subject.content.flows.values():
        if flow.id not in found and flow.id not in COMMANDS:
            message = f"nobody can choose `{flow.id}` from the menu, however far they go"
            yield Violation(flow.place, message, flow.id)


_OTHER = """\
flow: other
title: Another subject
risk: concern
start: begin
steps:
  begin:
    say: Thank you for telling me.
    signpost: {topic: listening}
    choices:
      - {label: That is all, go: topic.last}
"""

RULE = Rule(
    code="WP105",
    severity=Severity.ERROR,
    title="Every flow can be reached from the menu",
    why="Not everybody can put it into words or has a link: who only presses buttons must find every subject too.",
    fix="Add a choice that leads to this flow, in the menu or in a flow that the menu leads to.",
    part=Part.SCREENS,
    look=look,
    breaks={"flows/other.yaml": _OTHER},
    mends={
        "flows/other.yaml": _OTHER,
        "flows/menu.yaml": (
            "      - {label: I came across something, go: topic.second}\n",
            "      - {label: I came across something, go: topic.second}\n      - {label: Something else, go: other}\n",
        ),
    },
)
