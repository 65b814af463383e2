"""What a word and its commonest other forms have in common."""

from __future__ import annotations

from typing import Final

_ENDINGS: Final = ("ing", "ed", "es", "s")
_SHORTEST: Final = 3


def stem(word: str) -> str:
    """The word without its ending, and a star: `gift*` of *gifts* and *gifted*. Letters that remain: at least three."""
    if word.endswith(_ENDINGS):  # most words have none of them, which is asked in one go
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
                return f"{word[: -len(ending)]}*"
    return f"{word}*"
