"""How wide words are and where to break them, without a font: widths of Helvetica and its kin, rounded up.

Real fonts differ by some percent, so whoever draws leaves a margin.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_NARROW: Final = frozenset("ijl.,:;'|!’‘·()[]ftI /-“”\"")
_SLIM: Final = frozenset("cksvxyzrJ")
_WIDE: Final = frozenset("mwMWGOQCDHNURK@%&—…")

BOLD: Final = 1.07
"""How much wider bold is."""

ELLIPSIS: Final = "…"


def width(text: str, size: float) -> float:
    """The width of a line at a font size, in the same unit."""
    return size * sum(_share(character) for character in text)


def wrap(text: str, size: float, room: float, most_lines: int = 1000) -> tuple[str, ...]:
    """Lines of at most ``room``; what does not fit into ``most_lines`` ends in an ellipsis."""
    lines: list[str] = []
    line = ""
    for word in _breakable(text, size, room):
        longer = f"{line} {word}" if line else word
        if line and width(longer, size) > room:
            lines.append(line)
            line = word
        else:
            line = longer
    if line:
        lines.append(line)
    if len(lines) <= most_lines:
        return tuple(lines)
    return (*lines[: most_lines - 1], shortened(f"{lines[most_lines - 1]} {lines[most_lines]}", size, room))


def shortened(text: str, size: float, room: float) -> str:
    """The text, or as much of it as fits with an ellipsis."""
    if width(text, size) <= room:
        return text
    kept = text
    while kept and width(kept + ELLIPSIS, size) > room:
        kept = kept[:-1]
    return kept.rstrip(" ,.;:") + ELLIPSIS


def _breakable(text: str, size: float, room: float) -> list[str]:
    """The words, those that are too long for a line in pieces."""
    pieces: list[str] = []
    for word in text.split():
        piece = ""
        for character in word:
            if piece and width(piece + character, size) > room:
                pieces.append(piece)
                piece = ""
            piece += character
        pieces.append(piece)
    return pieces


def _share(character: str) -> float:
    """A character's width as a share of the font size."""
    if character in _NARROW:
        return 0.31
    if character in _SLIM:
        return 0.5
    if character in _WIDE:
        return 0.83
    if unicodedata.east_asian_width(character) in "WF" or ord(character) > 0x1F000:
        return 1.05
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:  # drawn over or under what stands before it
        return 0.0
    return 0.7 if character.isupper() else 0.56
