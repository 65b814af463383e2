"""Words in one form each: however they are spelt, broken over lines, hyphenated or hidden behind invisible signs.

English short forms are written out ("won't" is "will not"), so that a list needs each phrase only once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from bot.content.word_pattern import MARKS

FACT: Final = "\ufffc"
"""Stands in a text for a fact filled in from resources.yaml, and among words for one word that no list can name."""

STOP: Final = "."
"""Among words: the end of a sentence or of a line. No phrase reaches over it."""


class PlainWord(NamedTuple):
    """A word in its plain form, and (in small letters) as it was written; empty where it ends a short form."""

    plain: str
    written: str


ENDS: Final = "।॥۔؟"
"""Where a sentence ends in those scripts, besides the signs that every script has."""

_LETTER: Final = rf"(?:[^\W_]|[{MARKS}])"
_TOKEN: Final = re.compile(rf"{_LETTER}+(?:['’ʼ`´＇]{_LETTER}+)*|%|{FACT}|[.!?:;…\n]+(?=\W|$)|[{ENDS}؛\n]+")
_APOSTROPHES: Final = str.maketrans("’ʼ`´＇", "'''''")

_LOOK_ALIKES: Final = str.maketrans("аеорсухкіјѕԁһӏοαεικνρτυχ", "aeopcyxkijsdhloaeikvptux")
"""Cyrillic and Greek letters that look like Latin ones. Lists are folded like texts, so nothing else changes."""

_NOT: Final = {"won't": "will", "can't": "can", "shan't": "shall", "ain't": "is"}
_ENDINGS: Final = {"ll": "will", "re": "are", "ve": "have", "m": "am", "d": "would"}
_IS: Final = frozenset(
    {"it", "that", "what", "who", "where", "when", "how", "why", "here", "there", "he", "she"}
    | {"time", "life", "nobody", "nothing", "everyone", "everything", "someone"}
)
_JOINED: Final = {
    "cannot": ("can", "not"),
    "noone": ("no", "one"),
    "let's": ("let", "us"),
    "lets": ("let", "us"),
    "gonna": ("going", "to"),
    "im": ("i", "am"),
    "ive": ("i", "have"),
    "youre": ("you", "are"),
    "youll": ("you", "will"),
    "youve": ("you", "have"),
    "theyre": ("they", "are"),
    "theyll": ("they", "will"),
    "itll": ("it", "will"),
    "whats": ("what", "is"),
    "thats": ("that", "is"),
    "dont": ("do", "not"),
    "doesnt": ("does", "not"),
    "didnt": ("did", "not"),
    "isnt": ("is", "not"),
    "arent": ("are", "not"),
    "wasnt": ("was", "not"),
    "werent": ("were", "not"),
    "wont": ("will", "not"),
    "cant": ("can", "not"),
    "wouldnt": ("would", "not"),
    "shouldnt": ("should", "not"),
    "couldnt": ("could", "not"),
    "havent": ("have", "not"),
    "hasnt": ("has", "not"),
    "hadnt": ("had", "not"),
    "mustnt": ("must", "not"),
}
"""Words that are really two, among them short forms written without their apostrophe that look like nothing else."""


def plain_words(text: str, *, hidden_signs_part: bool = False) -> list[PlainWord]:
    """The words of a text, with a `STOP` between sentences and lines.

    Signs that nobody sees (a soft hyphen, a zero-width space) belong to the word around them, or, with
    ``hidden_signs_part``, part it in two.
    """
    return list(_words(text if text.isascii() else folded(text, " " if hidden_signs_part else "")))


def has_hidden_signs(text: str) -> bool:
    """Whether there is anything in it that nobody sees."""
    return not text.isascii() and any(unicodedata.category(character) == "Cf" for character in text)


def folded(text: str, hidden: str = "") -> str:
    """Compatibility forms and accents taken off. An accent is a mark, and parts no word."""
    signs = (hidden if unicodedata.category(sign) == "Cf" else sign for sign in text.translate(_APOSTROPHES))
    decomposed = unicodedata.normalize("NFKD", "".join(signs))
    return "".join(sign for sign in decomposed.casefold() if not unicodedata.combining(sign)).translate(_LOOK_ALIKES)


def _words(text: str) -> Iterator[PlainWord]:
    for match in _TOKEN.finditer(text.casefold()):
        found = match[0]
        if found == FACT:
            yield PlainWord(FACT, FACT)
        elif found == "%":
            yield PlainWord("percent", "%")
        elif not any(map(str.isalnum, found)):
            yield PlainWord(STOP, STOP)
        else:
            written = found.translate(_APOSTROPHES)
            for plain in _written_out(written):
                yield PlainWord(plain, written)
                written = ""


def _written_out(word: str) -> tuple[str, ...]:
    if word in _JOINED:
        return _JOINED[word]
    if "'" not in word:
        return (word,)
    if word.endswith("n't"):
        return _NOT.get(word, word[:-3]), "not"
    stem, _, ending = word.rpartition("'")
    stem = stem.replace("'", "")
    if ending in _ENDINGS:
        return stem, _ENDINGS[ending]
    if ending == "s":
        return (stem, "is") if stem in _IS else (stem,)
    return (stem + ending,)


def quoted(words: Sequence[PlainWord]) -> str:
    """Words as they were written, to show them to their author."""
    shown = [word.written or (word.plain if index == 0 else "") for index, word in enumerate(words)]
    return " ".join("…" if word in {FACT, STOP} else word for word in shown if word)
