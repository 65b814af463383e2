"""Files of points (flows/phrases/*_points_*.yaml), read quickly as long as they are just as they are generated.

They are YAML, and five times as long as the phrases that authors write. In the one form that `python -m
tests.understanding.points` gives them they are read block by block here, in a fifth of the time. Whatever has any other
form is left to `bot.content.yaml_document`, which knows all of YAML and says what is wrong, and where.
"""

from __future__ import annotations

import re
from typing import Any, Final

from bot.content.yaml_document import MAXIMUM_BYTES

_HEAD: Final = re.compile(r"(?:#[^\n]*\n)*language: ([a-z]{2})\nintents: \{\}\npoints:\n")
_INTENT: Final = re.compile(r"  ([a-z][a-z0-9_]{0,99}):\n(?=    )")
_WORDS: Final = re.compile(r"    (-?[1-9][0-9]{0,9}): >-\n((?:      [^\s](?:[^\n]*[^\s])?\n)+)")
_INDENTED: Final = "\n      "
_NOT_IN_YAML: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def points_of(text: str) -> dict[str, Any] | None:
    """What YAML makes of a file of points, keys as they are written; None for a text of any other form."""
    head = _HEAD.match(text)
    if head is None or len(text) > MAXIMUM_BYTES or _NOT_IN_YAML.search(text):
        return None
    points: dict[str, dict[str, str]] = {}
    at, end = head.end(), len(text)
    while at < end:
        intent = _INTENT.match(text, at)
        if intent is None or intent[1] in points:
            return None
        listed = points[intent[1]] = {}
        at = intent.end()
        while words := _WORDS.match(text, at):
            if words[1] in listed:
                return None
            listed[words[1]] = words[2][6:-1].replace(_INDENTED, " ")
            at = words.end()
    return {"language": head[1], "intents": {}, "points": points} if points else None
