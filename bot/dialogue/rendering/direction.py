"""Numbers and addresses that stay whole in a language that runs from right to left.

Between Arabic words the groups of "0800 1111" change places on the screen ("1111 0800"), and somebody rings the wrong
number. An isolate (https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates) keeps each number and address
in its own order. A mark at the start of a line makes the whole line run from the right, whatever it begins with.
"""

from __future__ import annotations

import re
from typing import Final

from bot.content.languages import Direction

LEFT_TO_RIGHT_ISOLATE: Final = "\u2066"
POP_ISOLATE: Final = "\u2069"
RIGHT_TO_LEFT_MARK: Final = "\u200f"

_END: Final = r"[^\s<>.,;:!?)]"
"""What an address ends in: the full stop after it belongs to the sentence."""

_ADDRESS: Final = (
    rf"(?:https?://|www\.)(?:[^\s<>]*{_END})|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    rf"|[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/(?:[^\s<>]*{_END})?)?"
)
_NUMBER: Final = r"\+?\d+(?:[ \u00a0:./–-]\d+)*"
_LEFT_TO_RIGHT: Final = re.compile(f"{_ADDRESS}|{_NUMBER}", re.ASCII)

_FROM_THE_RIGHT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Hebrew, Arabic and the scripts beside them (https://www.unicode.org/charts/)."""

_LETTER: Final = re.compile(r"[^\W\d_]")

_SPACE_IN_NUMBER: Final = re.compile(r"(?<=\d) (?=\d)")
_NO_BREAK_SPACE: Final = "\u00a0"


def directed(line: str, direction: Direction) -> str:
    """A line of a screen that runs in ``direction``, made safe to show; see `runs_from_the_right`."""
    return RIGHT_TO_LEFT_MARK + isolated(line) if runs_from_the_right(line, direction) else line


def runs_from_the_right(line: str, direction: Direction) -> bool:
    """Whether a line is to be read from the right.

    A line without a letter that is (an English one that has no translation yet, an address) is not. On a screen that
    runs from the left, a line is that begins so: Urdu in the list of languages.
    """
    if _FROM_THE_RIGHT.search(line) is None:
        return False
    first = _LETTER.search(line)
    return direction == "rtl" or (first is not None and _FROM_THE_RIGHT.match(first[0]) is not None)


def isolated(text: str) -> str:
    """``text`` with each number and address in an isolate of its own."""
    return _LEFT_TO_RIGHT.sub(lambda found: f"{LEFT_TO_RIGHT_ISOLATE}{found[0]}{POP_ISOLATE}", text)


def unbroken(text: str) -> str:
    """``text`` with spaces inside numbers that no line is broken at; `breakable` takes them back."""
    return _SPACE_IN_NUMBER.sub(_NO_BREAK_SPACE, text)


def breakable(text: str) -> str:
    """The reverse of `unbroken`."""
    return text.replace(_NO_BREAK_SPACE, " ")
