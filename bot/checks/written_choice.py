"""Which choice of the author's a button is."""

from __future__ import annotations

from bot.checks.places import Answers, Move
from bot.content.model import Choice, Step
from bot.dialogue.screen import ButtonRole


def written_choice(step: Step, move: Move, answers: Answers) -> Choice | None:
    """The choice of ``step`` behind a button that somebody with ``answers`` sees; None for the engine's own buttons."""
    if move.button.role is not ButtonRole.CHOICE:
        return None
    there = {**dict(answers), **dict(move.given)}
    for choice in step.choices:
        same = choice.label == move.button.label and choice.target == move.step
        if same and all(there.get(code) == value for code, value in choice.answers):
            return choice
    return None
