"""What a person did, read from a submitted form. Pure; anything may come, and nothing of it is trusted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

MEDIA_TYPE: Final = "application/x-www-form-urlencoded"
"""The only encoding taken: the other one that browsers know may write what it gets to disk."""

LONGEST_WORDS: Final = 2000
"""Characters that the text box takes; more of a longer text is not read."""

_MOST_FIELDS: Final = 16

_ONLY_A_PRESS: Final = re.compile(rb"press=([\w-]*)", re.ASCII)
"""What a browser sends for a button of ours, letter by letter: there is nothing in it to be decoded."""


class UnreadableFormError(ValueError):
    """Not a form of ours. Carries no words of it."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button, by its token (or anything at all that somebody sent as one)."""

    token: str


@dataclass(frozen=True, slots=True)
class Typed:
    """Words, and the token of the screen they were typed on."""

    words: str
    here: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What stays on this device, asked for on the screen with this token."""

    here: str


Turn = Pressed | Typed | Asked


def read_form(body: bytes) -> Turn:
    """The turn that a body stands for. Raises `UnreadableFormError`; a form without a known field opens the menu."""
    if (pressed := _ONLY_A_PRESS.fullmatch(body)) is not None:
        return Pressed(pressed[1].decode("ascii"))
    try:
        pairs = parse_qsl(
            body.decode("ascii", errors="replace"),
            keep_blank_values=True,
            errors="replace",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError:
        raise UnreadableFormError from None
    fields = dict(pairs)
    here = fields.get("here", "")
    if "press" in fields:
        return Pressed(fields["press"])
    if "traces" in fields:
        return Asked(here)
    if words := fields.get("words", "").strip():
        return Typed(words[:LONGEST_WORDS], here)
    return Pressed(here)
