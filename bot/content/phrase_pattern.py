"""The patterns of what people type (flows/phrases/<language>.yaml): the signs of the word lists, and two more.

``word*`` is the word with any ending, ``word+`` the word with the usual English endings (``kill+``: kills, killed,
killing), ``one|other`` either of them, ``(a|the)`` may be left out, ``..`` stands for up to two words of any
kind and ``...`` for up to four, and ``<family>`` for any word of the group ``family``. ``one-word`` stands for two
words, one after the other. ``one phrase & another`` is found where both stand in one message, in either order, not too
far apart: for what nobody says in the same words twice, but everybody by the same few signs.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from bot.content.errors import nearest
from bot.content.word_pattern import GAP, WordPatternError

GAPS: Final = {"..": 2, GAP: 4, "…": 4}
"""Sign → how many words of any kind it can stand for."""

TOGETHER: Final = "&"
"""Stands between phrases that must all be there, in any order."""

MOST_TOGETHER: Final = 4
"""So many phrases can be joined by the sign."""

_WORD: Final = re.compile(r"[^\W_][^\s|()<>*+\-]*(?:-[^\s|()<>*+\-]+)*[*+]?|[^\w\s|()<>*+\-.]+")
_ONLY_WORDS: Final = re.compile(r"[^\W_]+(?:\|[^\W_]+)*")
"""Alternatives without any sign, as most are, which need no closer look."""
_GROUP: Final = re.compile(r"<([a-z][a-z0-9_]*)>")
_BAR: Final = re.compile(r"\s*\|\s*")
_FEWEST_BEFORE_ENDING: Final = 3
_FEWEST_OF_OTHERS: Final = 2
"""Many scripts write no vowels, or join them to the letter before."""
_SIGNS: Final = (
    "Besides words there are `word*`, `word+`, `one|other`, `(may be left out)`, `<group>`, `..`, "
    f"`{GAP}` and `&`, with spaces between them."
)


class BrokenGroupError(WordPatternError):
    """A pattern names a group that holds nothing, since it could not be read itself."""


class Word(NamedTuple):
    """One word as written, without its sign. ``ending`` is ``*``, ``+`` or nothing."""

    text: str
    ending: str = ""


Alternative = str
"""Words that stand one after the other, as written: see `spelled`."""

Groups = Mapping[str, tuple[Alternative, ...]]
"""Name of a group → what it stands for."""


@dataclass(frozen=True, slots=True)
class Part:
    """One place in a pattern. A gap has no ``alternatives``, but the number of words it can stand for."""

    alternatives: tuple[Alternative, ...]
    optional: bool = False
    gap: int = 0

    @property
    def is_gap(self) -> bool:
        """Whether it stands for words of any kind."""
        return self.gap > 0


@dataclass(frozen=True, slots=True)
class PhrasePattern:
    """What to look for, part by part; ``source`` is how the author wrote it.

    ``together`` is empty, or holds all phrases that must be there in any order; ``parts`` is then the first of them.
    """

    source: str
    parts: tuple[Part, ...]
    together: tuple[tuple[Part, ...], ...] = ()

    @property
    def example(self) -> str:
        """The shortest thing to type that fits: the first of all alternatives, nothing that may be left out."""
        return next(self.examples())

    def examples(self) -> Iterator[str]:
        """As `example`, then with the second of all alternatives, and so on until each was there once."""
        every = [part for parts in self.together or (self.parts,) for part in parts]
        needed = [part.alternatives for part in every if not part.optional and not part.is_gap]
        for number in range(max(len(alternatives) for alternatives in needed)):
            chosen = (alternatives[number % len(alternatives)] for alternatives in needed)
            yield " ".join(word.text for alternative in chosen for word in spelled(alternative))


def parse_group(source: str, groups: Groups) -> tuple[Alternative, ...]:
    """What a group stands for: ``one|other|<a group above>``. Raises `WordPatternError`.

    A group of ``groups`` that holds nothing is one with a mistake; what names it raises `BrokenGroupError`.
    """
    return _alternatives(_BAR.sub("|", source.strip()), groups)


def parse_phrase(source: str, groups: Groups, known: dict[str, Part] | None = None) -> PhrasePattern:
    """Read a pattern. Raises `WordPatternError`.

    ``known`` fills up with what was written and what it stands for: what stands in many patterns with the same
    ``groups`` is read, and kept, once.
    """
    known = {} if known is None else known
    written = " ".join(_BAR.sub("|", source).split())
    pieces = tuple(_parts(piece, groups, known) for piece in written.split(f" {TOGETHER} "))
    if len(pieces) > MOST_TOGETHER:
        raise WordPatternError(
            f"more than {MOST_TOGETHER} phrases are joined by `{TOGETHER}`", "Leave some of them out."
        )
    return PhrasePattern(source, pieces[0], pieces if len(pieces) > 1 else ())


def _parts(source: str, groups: Groups, known: dict[str, Part]) -> tuple[Part, ...]:
    parts = tuple(known.get(written) or _part(written, groups, known) for written in source.split())
    if all(part.optional or part.is_gap for part in parts):
        raise WordPatternError("a phrase needs a word that must be there", "Write one without brackets.")
    needed = [index for index, part in enumerate(parts) if not part.optional and not part.is_gap]
    if any(part.is_gap for part in (*parts[: needed[0]], *parts[needed[-1] + 1 :])):
        raise WordPatternError("a gap stands between two words that must be there", "Leave the gap at the end out.")
    if any(one.is_gap and other.is_gap for one, other in pairwise(parts)):
        raise WordPatternError("two gaps stand in a row", "One is enough.")
    return parts


def _part(written: str, groups: Groups, known: dict[str, Part]) -> Part:
    if written in GAPS:
        part = Part((), gap=GAPS[written])
    elif written.startswith("(") and written.endswith(")"):
        inner = written[1:-1]
        part = Part((known.get(inner) or _part(inner, groups, known)).alternatives, optional=True)
    else:
        part = Part(_alternatives(written, groups))
    known[written] = part
    return part


def _alternatives(written: str, groups: Groups) -> tuple[Alternative, ...]:
    """What is written between bars, each once, in the order in which it is first met."""
    if _ONLY_WORDS.fullmatch(written):
        return tuple(dict.fromkeys(map(sys.intern, written.split("|"))))
    found: dict[Alternative, None] = {}
    for alternative in written.split("|"):
        if alternative.startswith("<") and (group := _GROUP.fullmatch(alternative)):
            if group[1] not in groups:
                raise WordPatternError(f"there is no group `{group[1]}` above", nearest(group[1], groups) or _SIGNS)
            if not groups[group[1]]:
                raise BrokenGroupError(f"the group `{group[1]}` cannot be read", "Mend the group.")
            found |= dict.fromkeys(groups[group[1]])
        else:
            found[_alternative(alternative)] = None
    return tuple(found)


def _alternative(written: str) -> Alternative:
    """One alternative, without the name of a group. The same few thousand stand in most phrases: each is kept once."""
    if not _WORD.fullmatch(written):
        raise WordPatternError(f"`{written}` is no word", _SIGNS)
    bare = written.removesuffix("*")
    if bare != written and len(bare) < (_FEWEST_BEFORE_ENDING if bare.isascii() else _FEWEST_OF_OTHERS):
        raise WordPatternError(f"`{written}` fits too many words", "Write more letters before the `*`.")
    return sys.intern(written)


def spelled(alternative: Alternative) -> tuple[Word, ...]:
    """The words of an alternative, the last of them with its sign."""
    return tuple(map(spelled_word, pieces(alternative)))


def pieces(alternative: Alternative) -> list[str]:
    """The words of an alternative as written: see `spelled_word`."""
    return alternative.split("-")


def spelled_word(written: str) -> Word:
    """A word without its sign, if it has one."""
    return Word(written[:-1], written[-1]) if written[-1] in "*+" else Word(written)
