"""WP109: *Back* leads to the step before, and takes back only what was answered there."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.exploration import Exploration
from bot.checks.finding import Severity
from bot.checks.places import Stand
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.checks.written_choice import written_choice
from bot.content.model import Choice, Step, holds
from bot.dialogue.screen import ButtonRole
from bot.dialogue.state import TRAIL_LENGTH, State, View
from bot.dialogue.travel import after, back

_ONWARD = frozenset({ButtonRole.CHOICE, ButtonRole.ANSWER, ButtonRole.EMERGENCY})


def look(subject: Subject) -> Iterator[Violation]:
    """Each button once as it is sent, then each choice that records an answer for everybody who can press it.

    A trail is a chain of such moves, so each of them proven proves the whole. An answer that is given a second time
    counts as not given after *Back*: the step has to stand that.
    """
    exploration = subject.exploration
    for group, sighting, step in exploration.at_steps():
        here = sighting.screen.state
        for move in sighting.moves:
            if move.button.role not in _ONWARD:
                continue
            choice = written_choice(step, move, group.answers)
            if group.typed is not None and choice is None and not move.there.trail:
                continue  # "that is not what I meant" begins anew where no step is there for it
            if not _restores(move.there, here, step):
                yield _violation(exploration, step, group, choice, move.button.label)
            elif choice is not None and choice.answers:
                for stand in exploration.members(group):
                    before = here._replace(answers=stand.answers)
                    if not _restores(after(before, choice.target, choice.answers), before, step):
                        yield _violation(exploration, step, stand, choice, choice.label)
                        break


def _restores(there: State, before: State, step: Step) -> bool:
    """Whether *Back* from ``there`` shows ``step`` again, with the trail and the answers of ``before``."""
    again = back(there)
    if again is None or again.step != before.step or again.view is not View.STEP:
        return False
    kept = len(again.trail)
    if kept < min(len(before.trail), TRAIL_LENGTH - 1) or again.trail != before.trail[len(before.trail) - kept :]:
        return False
    given = there.trail[-1].answered
    untouched = tuple(item for item in before.answers if item[0] not in given)
    return again.answers == untouched and holds(step.when, dict(again.answers))


def _violation(exploration: Exploration, step: Step, stand: Stand, choice: Choice | None, label: str) -> Violation:
    return Violation(
        choice.place if choice is not None else step.place,
        f"*Back* after `{label}` does not show `{step.id}` again",
        str(step.id),
        exploration.situation(stand),
    )


RULE = Rule(
    code="WP109",
    severity=Severity.ERROR,
    title="Back leads to the step before, and takes back only what was answered there",
    why="A slip of the thumb must cost nothing: who cannot get back to what helped them starts to distrust the rest.",
    fix="A choice must not change an answer that its own step needs to be shown: leave out its `set`, "
    "or let the step's `when` hold for `unknown` too.",
    part=Part.SCREENS,
    look=look,
    breaks={
        "flows/topic.yaml": (
            "  second:\n    say: You are doing well. One small step is enough.\n"
            "    signpost: {topic: listening, at_most: 3}\n    choices:\n",
            "  second:\n    when: {who: young_person}\n"
            "    say: You are doing well. One small step is enough.\n"
            "    signpost: {topic: listening, at_most: 3}\n    choices:\n"
            "      - {label: It is about a friend, go: menu, set: {who: friend}}\n",
        ),
    },
    mends={
        "flows/topic.yaml": (
            "  second:\n    say: You are doing well. One small step is enough.\n"
            "    signpost: {topic: listening, at_most: 3}\n    choices:\n",
            "  second:\n    when: {who: [young_person, friend, unknown]}\n"
            "    say: You are doing well. One small step is enough.\n"
            "    signpost: {topic: listening, at_most: 3}\n    choices:\n"
            "      - {label: It is about a friend, go: menu, set: {who: friend}}\n",
        ),
    },
)
