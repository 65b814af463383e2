"""WP502: what every button carries fits into it, however long the way."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.model import Content, StepId
from bot.dialogue.state import TRAIL_LENGTH, State, View, Visit
from bot.dialogue.token import MAXIMUM_LENGTH, Encoder, decode

_ALL_BITS = 0xFFFFFFFF


def look(subject: Subject) -> Iterator[Violation]:
    """Every button of every screen; then each step after the longest way there can be, with everything answered."""
    for stand, sighting, step in subject.exploration.at_views():
        if any(len(button.token.encode()) > MAXIMUM_LENGTH for button in sighting.screen.buttons):
            message = f"a button of `{step.id}` carries more than {MAXIMUM_LENGTH} bytes"
            yield Violation(step.place, message, str(step.id), subject.exploration.situation(stand))
    content = subject.content
    encoder = Encoder(content)
    for state in _fullest(content):
        token = encoder.encode(state)
        if len(token.encode()) > MAXIMUM_LENGTH or decode(token, content) != state:
            message = f"a button to `{state.step}` cannot carry a long way with everything answered"
            yield Violation(content.steps[state.step].place, message, str(state.step))


def _fullest(content: Content) -> Iterator[State]:
    """For each step, the state that needs most room in each language."""
    answers = tuple(sorted((answer.code, max(answer.by_code)) for answer in content.answers.values()))
    everything = frozenset(content.answers_by_code)
    steps = tuple(content.steps)
    for index, step in enumerate(steps):
        before: list[StepId] = list(chain(steps[index + 1 :], steps))[:TRAIL_LENGTH]
        trail = tuple(Visit(visited, everything) for visited in before)
        for language in content.languages:
            yield State(step, View.QUESTION, answers, language, trail, _ALL_BITS)


RULE = Rule(
    code="WP502",
    severity=Severity.ERROR,
    title=f"Every button carries its whole conversation in {MAXIMUM_LENGTH} bytes",
    why="Telegram refuses a screen with a longer button, and a way that is cut off would lead somebody astray.",
    fix="Answers have the codes 1 to 5 and their values 1 to 15: give up an answer or a value before adding another.",
    part=Part.SCREENS,
    look=look,
    breaks={"flows/shared/answers.yaml": ("code: 3\n    ask: Where are you?", "code: 6\n    ask: Where are you?")},
    mends={"flows/shared/answers.yaml": ("code: 3\n    ask: Where are you?", "code: 5\n    ask: Where are you?")},
    silenceable=False,
    refused=True,
)
