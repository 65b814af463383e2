"""The small patterns of the word lists (flows/shared/words/<language>.yaml): words, and five signs that vary them.

``word*`` is the word with any ending, ``one|other`` either of them, ``(a|the)`` may be left out, ``...`` stands for up
to six words of any kind, and ``<picture>`` for any word of the group ``picture``. There is nothing else: a list can be
written by anybody, and is quick to look through.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from bot.content.errors import nearest

GAP: Final = "..."
LONGEST_GAP: Final = 6
"""How many words ``...`` can stand for."""

MARKS: Final = "".join(
    chr(code)
    for first, last in ((0x0300, 0x036F), (0x0610, 0x06FF), (0x0900, 0x0DFF))
    for code in range(first, last + 1)
    if unicodedata.category(chr(code)) in {"Mn", "Mc"}
)
"""What Arabic and the scripts of India write upon or beside a letter. Python takes it for the end of a word."""

_LETTER: Final = rf"(?:[^\W_]|[{MARKS}])"
_WORD: Final = re.compile(rf"{_LETTER}+(?:['’ʼ\-]{_LETTER}+)*\*?")
_GROUP: Final = re.compile(r"<([a-z][a-z0-9_]*)>")
_FEWEST_BEFORE_ENDING: Final = 2
_BAR: Final = re.compile(r"\s*\|\s*")
_SIGNS: Final = f"Besides words there are `word*`, `one|other`, `(may be left out)`, `<group>` and `{GAP}`."


class WordPatternError(ValueError):
    """A pattern that cannot be read. Its text says why, ``hint`` what to write instead."""

    def __init__(self, message: str, hint: str = _SIGNS) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Part:
    """One place in a phrase. A gap has no ``alternatives``; a word with a hyphen stands for several words."""

    alternatives: tuple[str, ...]
    optional: bool = False

    @property
    def is_gap(self) -> bool:
        """Whether it is the sign for up to `LONGEST_GAP` words."""
        return not self.alternatives


@dataclass(frozen=True, slots=True)
class WordPattern:
    """A phrase to look for, part by part."""

    source: str
    parts: tuple[Part, ...]


Groups = Mapping[str, tuple[str, ...]]
"""Name of a group → its words."""

_NO_GROUPS: Final[Groups] = MappingProxyType({})


def parse_group(source: str) -> tuple[str, ...]:
    """The words of a group: ``one|other|third``. Raises `WordPatternError`."""
    return tuple(_words(_BAR.sub("|", source), {}))


def parse_pattern(source: str, groups: Groups = _NO_GROUPS) -> WordPattern:
    """Read a phrase of a word list. Raises `WordPatternError`."""
    parts = tuple(_part(written, groups) for written in _BAR.sub("|", source).split())
    if not parts or parts[0].is_gap or parts[0].optional:
        raise WordPatternError("a phrase begins with a word that must be there")
    if parts[-1].is_gap:
        raise WordPatternError("a phrase ends with a word")
    if any(one.is_gap and other.is_gap for one, other in pairwise(parts)):
        raise WordPatternError(f"`{GAP}` stands twice in a row", "Once is enough.")
    return WordPattern(source, parts)


def _part(written: str, groups: Groups) -> Part:
    if written in {GAP, "…"}:
        return Part(())
    optional = written.startswith("(") and written.endswith(")")
    return Part(tuple(dict.fromkeys(_words(written[1:-1] if optional else written, groups))), optional)


def _words(written: str, groups: Groups) -> Iterator[str]:
    for alternative in written.split("|"):
        if group := _GROUP.fullmatch(alternative):
            if group[1] not in groups:
                raise WordPatternError(f"there is no group `{group[1]}`", nearest(group[1], groups))
            yield from groups[group[1]]
            continue
        if not _WORD.fullmatch(alternative):
            raise WordPatternError(f"`{alternative}` is no word")
        if alternative.endswith("*") and len(alternative.rpartition("-")[2]) <= _FEWEST_BEFORE_ENDING:
            raise WordPatternError(f"`{alternative}` fits too many words", "Write at least two letters before the `*`.")
        yield alternative
