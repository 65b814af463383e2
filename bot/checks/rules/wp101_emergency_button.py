"""WP101: the emergency screen is one press away."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.spoken import Spoken
from bot.checks.subject import Subject
from bot.content.model import Content, holds
from bot.dialogue.places import EMERGENCY, LEAVE
from bot.dialogue.screen import ButtonRole
from bot.dialogue.state import State
from bot.dialogue.token import decode


def look(subject: Subject) -> Iterator[Violation]:
    """Every screen but the one shown after leaving; in another language, the button stays in that language."""
    yield from _explored(subject)
    for spoken in subject.spoken[1:]:
        yield from _without_button(spoken, subject.content)


def _explored(subject: Subject) -> Iterator[Violation]:
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


def _without_button(spoken: Spoken, content: Content) -> Iterator[Violation]:
    start = content.flows[EMERGENCY].start
    for stand, screen in spoken.screens.items():
        if stand.step == LEAVE or screen.state.step == start:
            continue
        there = [decode(button.token, content) for button in screen.buttons if button.role is ButtonRole.EMERGENCY]
        if not any(
            isinstance(state, State) and (state.step, state.language) == (start, spoken.language) for state in there
        ):
            step = content.steps.get(screen.state.step)
            place = spoken.place(step) if step is not None else spoken.place_of("text:button_emergency")
            message = f"no button of `{screen.state.step}` leads to the emergency screen in this language"
            yield spoken.violation(screen.state.step, message, place, stand)


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
