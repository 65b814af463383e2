"""WP101: the emergency screen is one press away."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.model import holds
from bot.dialogue.places import EMERGENCY, LEAVE


def look(subject: Subject) -> Iterator[Violation]:
    """Every screen but the one shown after leaving."""
    exploration = subject.exploration
    start = subject.content.flows[EMERGENCY].start
    when = subject.content.steps[start].when
    for group, sighting in exploration.sightings.items():
        if group.step == LEAVE or sighting.screen.state.step == start:
            continue
        shut_out = (stand for stand in exploration.members(group) if not holds(when, dict(stand.answers)))
        stand = next(shut_out, None) if when else None
        hidden = stand is not None
        stand = stand or group
        if hidden or all(move.step != start for move in sighting.moves):
            step = subject.content.steps[start] if hidden else subject.content.steps.get(stand.step)
            yield Violation(
                step.place if step else subject.content.flows[EMERGENCY].place,
                f"no button of `{stand.step}` leads to the emergency screen"
                + (f": `{start}` is hidden from people who come there" if hidden else ""),
                str(stand.step),
                exploration.situation(stand),
            )


RULE = Rule(
    code="WP101",
    severity=Severity.ERROR,
    title="The emergency screen is one press from every screen",
    why="Danger does not wait for somebody to find their way back to a menu.",
    fix="Keep the step `start` of the flow `emergency` free of any `when` that hides it.",
    part=Part.SCREENS,
    look=look,
    breaks={"flows/emergency.yaml": ("  ring:\n", "  ring:\n    when: {nation: wales}\n")},
    mends={"flows/emergency.yaml": ("say: You have come", "say: Thank you. You have come")},
    silenceable=False,
)
