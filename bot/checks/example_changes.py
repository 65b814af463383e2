"""The edits of a rule's examples as small diffs, as people read them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Final

from bot.checks.example import FILES
from bot.checks.rule import Edits
from bot.content.load import BASE, pack_folder

_CONTEXT: Final = 1
_LONGEST: Final = 40


def changes(edits: Edits) -> str:
    """The edits of the example content as a diff; only the passages that change, with a line around them."""
    return "\n".join(line for name, edit in edits.items() for line in _file(name, edit))


def _file(name: str, edit: tuple[str, str] | str) -> Iterator[str]:
    before = _text(name)
    after = edit if isinstance(edit, str) else before.replace(*edit)
    yield f"{name}:"
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=_CONTEXT)
    shown = [line if not line.startswith("@@") else "  ..." for line in list(lines)[2:]]
    shown = shown[1:] if shown[:1] == ["  ..."] else shown
    yield from shown[:_LONGEST]
    if len(shown) > _LONGEST:
        yield f"  ... and {len(shown) - _LONGEST} lines more"


def _text(name: str) -> str:
    """A file of the example; what the example shares with the shipped content is read from there."""
    if name in FILES:
        return FILES[name]
    file = pack_folder(BASE) / name
    return file.read_text(encoding="utf-8") if file.is_file() else ""
