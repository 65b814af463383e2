"""How words look to an eye, whatever signs they are made of: letters of other alphabets, hidden signs and emoji."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_TWINS: Final = str.maketrans("асеорхуіјѕԁԛԝһαορντικμ", "aceopxyijsdqwhaopvtikm")
"""Small Cyrillic and Greek letters → the Latin ones that nobody can tell them from."""

_DIRECTIONS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_UNSEEN: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\ufeff\U000e0000-\U000e007f]"
)
_JOINERS: Final = re.compile("[\u200c-\u200f]")
"""Needed to write some languages, such as Urdu and Bengali; nothing in Latin letters needs one."""

_LATIN: Final = "A-Za-z\u00c0-\u024f"
_GREEK: Final = "\u0370-\u03ff"
_CYRILLIC: Final = "\u0400-\u052f"
_TWO_ALPHABETS: Final = re.compile(
    rf"[{_LATIN}][{_GREEK}{_CYRILLIC}]|[{_GREEK}][{_LATIN}{_CYRILLIC}]|[{_CYRILLIC}][{_LATIN}{_GREEK}]"
)
_OTHER_ALPHABET: Final = re.compile(rf"[^\W\d_{_LATIN}]")


def skeleton(words: str) -> str:
    """What is left for a hurried eye: small Latin letters and digits, with single spaces between the words."""
    plain = unicodedata.normalize("NFKD", words.casefold()).translate(_TWINS)
    kept = "".join(sign if sign.isalnum() else " " if sign.isspace() else "" for sign in plain)
    return " ".join(kept.split())


def hidden_sign(words: str) -> tuple[str, str] | None:
    """What in the words nobody can see or takes for another letter, and how to name it; None if there is nothing."""
    if words.isascii():
        return None
    if found := _DIRECTIONS.search(words):
        return found[0], f"a sign that turns the order of letters round ({_named(found[0])})"
    if found := _UNSEEN.search(words):
        return found[0], f"a sign that nobody sees ({_named(found[0])})"
    if (
        (found := _JOINERS.search(words))
        and not _OTHER_ALPHABET.search(words)
        and not _joins_emoji(words, found.start())
    ):
        return found[0], f"a sign that nobody sees ({_named(found[0])})"
    if found := _TWO_ALPHABETS.search(words):
        return found[0], f"a word in letters of two alphabets (“{found[0]}”)"
    return None


def _joins_emoji(words: str, at: int) -> bool:
    """Emoji of several parts, such as families, are held together by joiners."""
    return (
        words[at] == "\u200d" and 0 < at < len(words) - 1 and not (words[at - 1].isalnum() or words[at + 1].isalnum())
    )


def _named(sign: str) -> str:
    return f"U+{ord(sign):04X}"
