"""What is weighed of a message: the signs that the tables of points know (`bot.understanding.points`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.content.word_stems import stem
from bot.understanding.everyday import EVERYDAY

_LETTERS: Final = 4

Families = Mapping[str, Sequence[str]]
"""Word, or stem with a star → the families it belongs to (`bot.content.model.PhraseBook.families`)."""


def signs_in_order(written: Sequence[str], families: Families) -> Iterator[set[str]]:
    """For each word: itself, its stem (`gift*`), it and the word before, and the same of families of words (`<kin>`,
    `<kin> <blow>`). A word is of a family if it or its stem is. Of the most frequent words only what stands beside them
    is looked at.
    """
    before = ""
    families_before: Sequence[str] = ()
    for word in written:
        stemmed = stem(word)
        own = families.get(word) or families.get(stemmed, ())
        found = {word, *own}
        everyday = word in EVERYDAY
        if not everyday:
            found.add(stemmed)
        if before and not (everyday and before in EVERYDAY):
            found.add(f"{before} {word}")
        if own and families_before:
            found.update([f"{family} {other}" for family in families_before for other in own])
        yield found
        before, families_before = word, own


def letters(word: str) -> list[str]:
    """Every four letters of it in a row (`~gift`, with `_` where it begins or ends): what is weighed of a word that is
    misspelt, or that no table knows. Of the most frequent words nothing is.
    """
    if word in EVERYDAY:
        return []
    bordered = f"_{word}_"
    return [f"~{bordered[at : at + _LETTERS]}" for at in range(len(bordered) - _LETTERS + 1)]
