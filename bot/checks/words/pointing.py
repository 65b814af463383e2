"""The very line and column at which words stand, for a text that reaches over many lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.checks.words.plain_words import FACT, STOP, PlainWord
from bot.content.errors import Place


def point(start: Place, words: Sequence[PlainWord]) -> Place:
    """Where ``words`` stand in the file, looked for from the ``start`` of their text; ``start`` if they are not found.

    They are not where YAML's own escapes or invisible signs stand inside them.
    """
    try:
        text = start.path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return start
    lines = text.splitlines(keepends=True)
    offset = sum(map(len, lines[: start.line - 1])) + max(start.column - 1, 0)
    found = _pattern(words).search(text, offset)
    if found is None:
        return start
    before = text[: found.start()]
    return Place(start.path, before.count("\n") + 1, found.start() - (before.rfind("\n") + 1) + 1)


def _pattern(words: Sequence[PlainWord]) -> re.Pattern[str]:
    pieces: list[str] = []
    for word in words:
        if word.plain == FACT:
            pieces.append(r"\{[^{}]*\}")
        elif word.plain != STOP and word.written:
            pieces.append("['’ʼ`´＇]".join(re.escape(part) for part in word.written.split("'")))
    beginning = r"(?<![^\W_])" if pieces and pieces[0][:1].isalnum() else ""
    return re.compile(beginning + r"[\W_]*?".join(pieces), re.IGNORECASE)
