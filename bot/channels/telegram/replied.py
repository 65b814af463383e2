"""Where a person stood when they replied to one of our menus, worked out from that menu's own buttons."""

from __future__ import annotations

from collections.abc import Iterable

from bot.content.model import Content
from bot.dialogue.state import State, View
from bot.dialogue.token import UnreadableTokenError, decode
from bot.dialogue.travel import back


def place_of(tokens: Iterable[str], content: Content, emergency: str = "emergency") -> State | None:
    """The state of the menu with these buttons, or None if they tell nothing (any more).

    No button leads to the screen it stands on. But every way forward remembers the step it left, so one step back from
    there is the place; *Get help now*, which records no answer, is the surest.
    """
    leads = [state for token in tokens if (state := _read(token, content)) is not None]
    ways_on = [state for state in leads if state.trail and state.view is View.STEP]
    if not ways_on:
        return None
    surest = max(ways_on, key=lambda state: (state.step.flow == emergency, len(state.trail)))
    return back(surest)


def _read(token: str, content: Content) -> State | None:
    try:
        state = decode(token, content)
    except UnreadableTokenError:
        return None
    return state if isinstance(state, State) else None
