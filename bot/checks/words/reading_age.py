"""How old a reader must be: the Flesch-Kincaid grade of a text, five years added.

The measure knows only the length of sentences and of words. It was made for running text, so a few words tell it
little: whoever uses it on a short text allows for that (`SHORT`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from bot.checks.words.plain_words import ENDS, FACT
from bot.checks.words.syllables import syllables
from bot.content.word_pattern import MARKS

SHORT: Final = 30
"""Words below which the age of a text by itself says little: one long word moves it by years."""

_SENTENCE_END: Final = re.compile(rf"(?:(?<=[.!?…])|(?<=[{ENDS}]))[\"'”’)\]]*\s+(?![a-z])|\n+")
"""Before a small letter nothing ends: the stop belongs to a short form."""
_LETTER: Final = rf"(?:[^\W_]|[{MARKS}])"
_WORD: Final = re.compile(rf"{_LETTER}+(?:['’&\-@.,:/]{_LETTER}+)*|{FACT}")

Sentence = tuple[str, ...]
"""The words of a sentence, as they are written."""


def sentences(lines: Iterable[str]) -> list[Sentence]:
    """The sentences of a text; each line (a paragraph, an item of a list) ends one at least."""
    return [
        words for line in lines for sentence in _SENTENCE_END.split(line) if (words := tuple(_WORD.findall(sentence)))
    ]


def word_count(text: Sequence[Sentence]) -> int:
    """How many words they have together."""
    return sum(map(len, text))


def reading_age(text: Sequence[Sentence]) -> float:
    """The age, in years, at which most children can read these sentences. At least one is needed.

    A fact filled in from resources.yaml counts as one short word: nobody who writes can make a name simpler.
    """
    words = word_count(text)
    spoken = sum(1 if word == FACT else syllables(word) for sentence in text for word in sentence)
    return 0.39 * words / len(text) + 11.8 * spoken / words - 15.59 + 5
