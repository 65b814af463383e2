"""WP703: every condition holds for some people and not for others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.errors import Place
from bot.content.model import When, holds


@dataclass(slots=True)
class _Condition:
    """A `when` and what it was found to be."""

    what: str
    about: str
    held: bool = False
    failed: bool = False


def look(subject: Subject) -> Iterator[Violation]:
    """Every `when` of a line or choice, for the answers of everybody who comes by.

    A choice that never shows is found by WP701. The `when` of a step also guards it against old buttons and typed
    words, so one that always holds is no mistake; one that never does is found by WP104.
    """
    if subject.quick:  # only every combination of answers tells that something always or never holds
        return
    lines: dict[Place, _Condition] = {}
    choices: dict[Place, _Condition] = {}
    for stand, _, step in subject.exploration.at_steps():
        answers = dict(stand.answers)
        for line in step.say:
            if line.when:
                _note(lines.setdefault(line.place, _Condition("this line", str(step.id))), line.when, answers)
        for choice in step.choices:
            if choice.when:
                new = _Condition(f"the choice `{choice.label}`", str(step.id))
                _note(choices.setdefault(choice.place, new), choice.when, answers)
    for place, condition in (*lines.items(), *choices.items()):
        if not condition.failed:
            message = f"the `when` of {condition.what} holds for everybody who comes there"
            yield Violation(place, message, condition.about)
        elif not condition.held and place in lines:
            message = f"the `when` of {condition.what} holds for nobody who comes there"
            yield Violation(place, message, condition.about)


def _note(condition: _Condition, when: When, answers: dict[int, int]) -> None:
    if holds(when, answers):
        condition.held = True
    else:
        condition.failed = True


_PASSAGE = "say: You are doing well. One small step is enough."

RULE = Rule(
    code="WP703",
    severity=Severity.WARNING,
    title="Every condition holds for some people and not for others",
    why="A condition that never holds hides words meant for somebody; one that always does hides that nothing differs.",
    fix="Correct the value in the `when`, record it by `set:` on a choice before this step, or take the `when` out.",
    part=Part.SCREENS,
    look=look,
    breaks={
        "flows/topic.yaml": (
            _PASSAGE,
            "say:\n"
            "      - You are doing well. One small step is enough.\n"
            "      - {text: You can ask a colleague to be there., when: {who: professional}}",
        )
    },
    mends={
        "flows/topic.yaml": (
            _PASSAGE,
            "say:\n"
            "      - You are doing well. One small step is enough.\n"
            "      - {text: You can ask a friend to be there., when: {who: young_person}}",
        )
    },
)
