"""Which languages a text may be in, told by its letters alone: for words that no phrase book can read.

A wrong guess costs little, since all that follows from it is a card with numbers; so few letters are enough.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import Final

_LANGUAGES_OF: Final = {
    "BENGALI": ("bn",),
    "DEVANAGARI": ("hi",),
    "GURMUKHI": ("pa",),
}
_ONLY_URDU: Final = frozenset("ٹڈڑںےھہگپچژیک")
_NOT_URDU: Final = frozenset("ةىيكإأ")
_NOT_UKRAINIAN: Final = frozenset("ыэъё")


def languages_by_letters(text: str) -> tuple[str, ...] | None:
    """Codes of the languages that are written like ``text``, the likeliest first.

    None where the letters are Latin or there are none: then they tell nothing. Empty where they belong to no language
    known here.
    """
    scripts = Counter(_script(character) for character in text if character.isalpha())
    if not scripts or scripts.most_common(1)[0][0] == "LATIN":
        return None
    script = scripts.most_common(1)[0][0]
    letters = frozenset(text.casefold())
    if script == "ARABIC":
        return _told_apart(letters, ("ur", "ar"), _ONLY_URDU, _NOT_URDU)
    if script == "CYRILLIC":
        return () if letters & _NOT_UKRAINIAN else ("uk",)
    return _LANGUAGES_OF.get(script, ())


def _told_apart(
    letters: frozenset[str], codes: tuple[str, str], only_first: frozenset[str], only_second: frozenset[str]
) -> tuple[str, ...]:
    first, second = bool(letters & only_first), bool(letters & only_second)
    if first is not second:
        return codes[:1] if first else codes[1:]
    return tuple(reversed(codes))


def _script(character: str) -> str:
    return unicodedata.name(character, "").split(" ", 1)[0]


ENGLISH_WORDS: Final = frozenset(
    {
        "about", "and", "are", "been", "didnt", "doesnt", "dont", "for", "from", "gets", "have", "her", "him", "his",
        "into", "isnt", "its", "my", "of", "on", "our", "she", "someone", "that", "the", "their", "them", "they",
        "this", "to", "wanted", "was", "wasnt", "were", "what", "when", "with", "would", "you", "your",
    }
)  # fmt: skip
"""Small words that hold English sentences together and are words of no other language we read."""


def is_english(text: str) -> bool:
    """Whether a text is English for the most part, so that a loanword in it does not make it another language.

    Every sixth word, and at least two different ones, must be among `ENGLISH_WORDS`; the first 200 are looked at.
    """
    words = ["".join(filter(str.isalpha, word)) for word in text.casefold().split()[:200]]
    small = [word for word in words if word in ENGLISH_WORDS]
    return len(set(small)) >= 2 and 6 * len(small) >= len(words)
