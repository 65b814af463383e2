"""The very line and column at which words stand, for a text that reaches over many lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.checks.words.plain_words import FACT, STOP, PlainWord, folded
from bot.content.errors import Place

_MARK: Final = "\u0300"
"""Stands for any sign upon a letter that plain words leave out."""


def point(start: Place, words: Sequence[PlainWord]) -> Place:
    """Where ``words`` stand in the file, looked for from the ``start`` of their text; ``start`` if they are not found.

    They are not where YAML's own escapes or invisible signs stand inside them. In a PO file the text ends with its
    entry: the same words may stand in the next.
    """
    try:
        text = start.path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return start
    lines = text.splitlines(keepends=True)
    offset = sum(map(len, lines[: start.line - 1])) + max(start.column - 1, 0)
    end = text.find("\n\n", offset) if start.path.suffix == ".po" else -1
    searched = text[offset : end if end >= 0 else len(text)]
    found = _pattern(words).search(_one_for_one(searched))
    if found is None:
        return start
    before = text[: offset + found.start()]
    return Place(start.path, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


def _one_for_one(text: str) -> str:
    """The plain letters of a text, one for each of its characters, so that places stay what they are."""
    if text.isascii():
        return text
    return "".join(map(_plain_letter, text))


def _plain_letter(character: str) -> str:
    if character.isascii():
        return character
    plain = folded(character)
    return plain if len(plain) == 1 else _MARK if not plain else character


def _pattern(words: Sequence[PlainWord]) -> re.Pattern[str]:
    pieces: list[str] = []
    for word in words:
        if word.plain == FACT:
            pieces.append(r"\{[^{}]*\}")
        elif word.plain != STOP and word.written:
            parts = (f"{_MARK}*".join(map(re.escape, part)) for part in word.written.split("'"))
            pieces.append("['’ʼ`´＇]".join(parts))
    beginning = r"(?<![^\W_])" if pieces and pieces[0][:1].isalnum() else ""
    return re.compile(beginning + r"[\W_]*?".join(pieces), re.IGNORECASE)
