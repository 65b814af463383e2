"""Screens drawn twice a minute instead of once a press: all of a screen but what the way there writes into its buttons.

A screen is decided by its step, the answers, the language and the minute; of the way there, only by whether there is
one and whether *Back* leads to the very beginning. The way itself stands at the end of its buttons' tokens alone. So a
sketch holds the screen with the beginnings of its tokens, and whoever presses gets the ends written for them.

What is remembered are names of our own content, for the minute in which they were shown: no way, no token, no word of
anybody's, nothing of who it was. It only ever saves work: a screen that does not fit is drawn anew each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, IntEnum
from typing import Final, Protocol

from bot.content.model import Content, StepId
from bot.dialogue.places import MENU
from bot.dialogue.screen import Button, ButtonRole, Screen
from bot.dialogue.state import TRAIL_LENGTH, State, Visit
from bot.dialogue.token import HEAD_LENGTH, Encoder, decode
from bot.dialogue.travel import back, fresh

MOST: Final = 512
"""Screens remembered at once; beyond, they are all let go and made anew."""

_NEVER: Final = datetime.min.replace(tzinfo=UTC)
_SOME_WAY: Final = (Visit(StepId("", "")), Visit(StepId("", "")))
"""Stands for a way that a sketch must not depend on. No step of a content is called that."""


class _Way(IntEnum):
    """All that a screen takes from the way there, besides the ends of its tokens."""

    NONE = 0
    FROM_THE_BEGINNING = 1
    """*Back* leads there."""
    FURTHER = 2


class _Standing(Enum):
    """Of a screen without a sketch."""

    DRAWN_ONCE = 1
    UNFIT = 2


_PLAIN: Final = "plain"
_OWN: Final = "own"
_BACK: Final = "back"
_Pen = str | frozenset[int]
"""How a button's token goes on after its beginning: not at all (`_PLAIN`), as the screen's `_OWN`, or with this very
step and what was answered there. One that leads `_BACK` is written anew."""


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Sketch:
    """A screen without the ends of its tokens. Two are the same only if they are one, so that channels can remember
    beside it what they made of it."""

    screen: Screen
    head: str
    heads: tuple[tuple[str, _Pen], ...]
    """The beginning of each button's token in reading order, and how it goes on."""


Other = tuple[StepId, ...]
"""Places that the person may have meant as well."""


class Draw(Protocol):
    """`bot.dialogue.engine.Engine.draw`."""

    def __call__(self, state: State, now: datetime, *, correctable: bool, other: Other) -> Screen: ...


class Sketches:
    """Remembers the sketches of one minute. ``draw`` draws any screen, ``encoder`` writes its tokens."""

    def __init__(self, content: Content, encoder: Encoder, draw: Draw) -> None:
        self._content = content
        self._encoder = encoder
        self._menu = content.flows[MENU].start
        self._draw = draw
        self._minute = _NEVER
        self._sketches: dict[tuple[object, ...], Sketch | _Standing] = {}

    def screen(self, state: State, now: datetime, *, correctable: bool = False, other: Other = ()) -> Screen:
        """The screen for a state, the same as ``draw`` gives; ``correctable`` and ``other`` as there."""
        minute = _minute(now)
        if minute != self._minute or len(self._sketches) >= MOST:
            self._sketches, self._minute = {}, minute
        sketches = self._sketches
        way = self._way(state)
        key = (*state[:4], state.channel, way, correctable, other)
        sketch = sketches.get(key)
        if sketch is _Standing.DRAWN_ONCE:  # what nobody asks for again in its minute is not worth a sketch
            sketch = sketches[key] = self._sketched(state, way, now, correctable=correctable, other=other)
        if isinstance(sketch, Sketch):
            return self._filled(sketch, state)
        sketches[key] = sketch or _Standing.DRAWN_ONCE
        return self._draw(state, now, correctable=correctable, other=other)

    def forget_before(self, now: datetime) -> None:
        """Let go of what was remembered for a minute that is over."""
        if _minute(now) != self._minute:
            self._sketches, self._minute = {}, _NEVER

    def _way(self, state: State) -> _Way:
        trail = state.trail
        if not trail:
            return _Way.NONE
        if len(trail) == 1 and self._previous(state) == fresh(self._menu, state.language, state.channel):
            return _Way.FROM_THE_BEGINNING
        return _Way.FURTHER

    def _previous(self, state: State) -> State:
        """Where *Back* leads."""
        return back(state) or fresh(self._menu, state.language, state.channel)

    def _sketched(
        self, state: State, way: _Way, now: datetime, *, correctable: bool, other: Other
    ) -> Sketch | _Standing:
        """The sketch for all states that share this one's key, unless its screen depends on more than that."""
        stand_in = state._replace(trail=_SOME_WAY) if way is _Way.FURTHER else state
        screen = self._draw(stand_in, now, correctable=correctable, other=other)
        if screen.state != stand_in or screen.leave:
            return _Standing.UNFIT
        own = self._encoder.encode(stand_in)
        heads = []
        for button in screen.buttons:
            pen = self._pen(button, stand_in, own[HEAD_LENGTH:])
            if pen is None:
                return _Standing.UNFIT
            heads.append((button.token[:HEAD_LENGTH], pen))
        self._encoder.forget()
        return Sketch(screen, own[:HEAD_LENGTH], tuple(heads))

    def _pen(self, button: Button, state: State, own: str) -> _Pen | None:
        """How the button's token came about; None if it cannot be told for certain."""
        tail = button.token[HEAD_LENGTH:]
        if button.role is ButtonRole.BACK:
            return _BACK if self._encoder.encode(self._previous(state)) == button.token else None
        if not tail:
            return _PLAIN
        if tail == own:
            return _OWN
        there = decode(button.token, self._content)
        onwards = there.trail[-1] if isinstance(there, State) and there.trail else None
        if onwards is None or self._encoder.tail(_onwards(state, onwards.answered)) != tail:
            return None
        return onwards.answered

    def _filled(self, sketch: Sketch, state: State) -> Screen:
        """The sketch as a screen for somebody who came this way."""
        encoder = self._encoder
        tails: dict[_Pen, str] = {_PLAIN: "", _OWN: encoder.tail(state.trail)}
        tokens = []
        for head, pen in sketch.heads:
            if pen == _BACK:
                tokens.append(encoder.encode(self._previous(state)))
                continue
            tail = tails.get(pen)
            if tail is None:
                tail = tails[pen] = encoder.tail(_onwards(state, pen)) if isinstance(pen, frozenset) else ""
            tokens.append(head + tail)
        encoder.forget()
        drawn, left = sketch.screen, iter(tokens)
        rows = tuple(
            [
                tuple([Button(label, next(left), role, language) for label, _, role, language in row])
                for row in drawn.rows
            ]
        )
        return Screen(
            state,
            drawn.blocks,
            drawn.cards,
            drawn.question,
            rows,
            drawn.language,
            direction=drawn.direction,
            token=sketch.head + tails[_OWN],
            sketch=sketch,
        )


def _onwards(state: State, answered: frozenset[int]) -> tuple[Visit, ...]:
    """The way as it goes on from ``state``; see `bot.dialogue.travel.after`."""
    return (*state.trail[1 - TRAIL_LENGTH :], Visit(state.step, answered))


def _minute(now: datetime) -> datetime:
    """Services open and close on whole minutes, so that nothing changes within one."""
    return now.replace(second=0, microsecond=0)
