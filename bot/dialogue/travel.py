"""Moving through the dialogue: forwards with a trail, and back along it."""

from __future__ import annotations

from bot.content.model import StepId
from bot.dialogue.state import TRAIL_LENGTH, State, View, Visit

_NOTHING: frozenset[int] = frozenset()


def fresh(step: StepId, language: str = "", channel: int = 0) -> State:
    """A new beginning at ``step``: no answers, no trail."""
    return State(step, language=language, channel=channel)


def after(state: State, step: StepId, answers: tuple[tuple[int, int], ...] = ()) -> State:
    """Where a choice leads from ``state``. The trail remembers the step left and the answers given there.

    An answer that stood already is not taken back by going back; one that replaces another leaves the question open.
    """
    here, _, known, language, trail, channel = state
    if not answers:
        return State(step, View.STEP, known, language, (*trail[1 - TRAIL_LENGTH :], Visit(here, _NOTHING)), channel)
    new = frozenset(item[0] for item in answers if item not in known)
    given = tuple(sorted({**dict(known), **dict(answers)}.items()))
    return State(step, View.STEP, given, language, (*trail[1 - TRAIL_LENGTH :], Visit(here, new)), channel)


def answered(state: State, answer: int, value: int) -> State:
    """The same step with one question of the engine's own answered."""
    return after(state, state.step, ((answer, value),))


def back(state: State) -> State | None:
    """The screen before, without the answer given there; None at the end of the trail."""
    if state.view is not View.STEP:
        return state._replace(view=View.STEP)
    if not state.trail:
        return None
    *earlier, last = state.trail
    kept = tuple(item for item in state.answers if item[0] not in last.answered)
    return State(last.step, View.STEP, kept, state.language, tuple(earlier), state.channel)
