"""Characters that look alike, or that cannot be seen, as plain ones. Tables only, made once.

Unicode's own compatibility forms (full-width, circled, script letters) are undone by NFKC; here stands what it leaves:
letters of other alphabets that have the *shape* of Latin ones, small capitals, boxed and flag letters, and marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

_SHAPES: Final = {
    # Cyrillic
    **dict(zip("авеёзкмнорстухцѕіїјԁһԛԝӏьґгпшщ", "abeeзkmhopctyxцsiijdhqwlьrrnww", strict=True)),
    # Greek
    **dict(zip("αβγδεζηθικλμνξοπρςστυφχψω", "abydezhoikluvxonpcotufxyw", strict=True)),
    # Armenian, Cherokee, Coptic and others
    **dict(zip("օսոհցքյա", "ounhgqju", strict=True)),
    # small capitals and phonetic letters
    **dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢɑɡıȷɩʋɯɛɔəʇʎɹ", "abcdefghijklmnoprstuvwyzagijiuweoetyr", strict=True)),
    **dict(zip("ɐɥʞʌłøđħŧƒ", "ahkvlodhtf", strict=True)),
}
"""Letter → the Latin letter of its shape (cases already folded)."""

_ONLY_CYRILLIC: Final = frozenset("бгджзиклмнптфцчшщъыэюяєґїйв")
"""Letters that show that somebody writes in Cyrillic, rather than in disguise."""

_OWN: Final = re.compile(f"[{''.join(sorted(_ONLY_CYRILLIC))}]+")
_WITHOUT_OWN: Final = re.compile(rf"(?<![^\W_])[^\W_{''.join(sorted(_ONLY_CYRILLIC))}]++(?![^\W_])")
"""A whole word that has none of these letters."""
_BEYOND_ASCII: Final = re.compile(r"([^\x00-\x7f]+)")
_MOSTLY_ASCII: Final = 1.2
"""Bytes for each character up to which what is not ASCII is looked for."""
_NO_SMALL_LETTERS: Final = bytes({*range(128)} - {*map(ord, "abcdefghijklmnopqrstuvwxyz")})

_LONG: Final = 500
"""Characters from which on a text is long."""
_MANY: Final = 40
"""So many different characters are put in one after the other."""

_DROPPED: Final = {"Cf", "Cs", "Co", "Cn", "Me"}


def _letters_in_signs() -> dict[int, str]:
    """Circled, boxed and flag letters that NFKC leaves."""
    table: dict[int, str] = {}
    for first in (0x1F150, 0x1F170, 0x1F1E6):
        for offset in range(26):
            table[first + offset] = chr(ord("a") + offset)
    return table


def _invisible() -> dict[int, str | None]:
    """Format characters and the like, dropped; other spaces as plain ones."""
    table: dict[int, str | None] = {}
    for code in [*range(0x80, 0x3100), *range(0xFE00, 0xFFFF), *range(0xE0000, 0xE01F0)]:
        category = unicodedata.category(chr(code))
        if category in _DROPPED and code not in _letters_in_signs():
            table[code] = None
        elif category in {"Zs", "Zl", "Zp", "Cc"}:
            table[code] = " "
    # Letters that combine with Latin ones rather than belong to an Indic script, and Arabic vowel signs.
    for code in [*range(0x0300, 0x0370), *range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0640, 0x0670]:
        table[code] = None
    for code in [*range(0x1AB0, 0x1B00), *range(0x1DC0, 0x1E00), *range(0x20D0, 0x2100), *range(0xFE00, 0xFE10)]:
        table[code] = None
    return table


_ALIKE_IN_ARABIC: Final = {
    "ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ة": "ه", "ہ": "ه", "ۂ": "ه", "ھ": "ه", "ؤ": "و", "أ": "ا", "إ": "ا",
    "آ": "ا", "ٱ": "ا",
}  # fmt: skip

_NUKTA_AND_VIRAMA: Final = "\u093c\u09bc\u0a3c"

UNIFIED: Final = {
    **_invisible(),
    **_letters_in_signs(),
    **{ord(one): other for one, other in _ALIKE_IN_ARABIC.items()},
    **{ord(sign): None for sign in _NUKTA_AND_VIRAMA},
    ord("\u0a70"): "\u0a02",  # two signs of Punjabi for one sound
    ord("\u0901"): "\u0902",  # the same in Hindi
    ord("’"): "'", ord("‘"): "'", ord("ʼ"): "'", ord("´"): "'", ord("′"): "'", ord("＇"): "'",
}  # fmt: skip
"""For ``str.translate``, on decomposed text: marks and hidden characters go, and letters that different keyboards give
for one become one.
"""


def _separators() -> dict[int, str]:
    table: dict[int, str] = {}
    for code in [*range(0x20, 0x3100), *range(0xFE00, 0xFFFF), *range(0x1F000, 0x1FB00)]:
        category = unicodedata.category(chr(code))
        if category[0] in "PZC" or category in {"Sc", "Sm", "Sk"}:
            table[code] = " "
        elif category == "So":
            table[code] = f" {chr(code)} "
    return table


SEPARATORS: Final = _separators()
"""Everything that is part of no word becomes a space; each emoji stands alone."""

UNUSUAL_SEPARATORS: Final = {code: sign for code, sign in SEPARATORS.items() if code >= 0x80}
"""The same without the signs of ASCII, which can stand for letters."""

LEET: Final = tuple(str.maketrans("013456789$@!|+€£", letters) for letters in ("oieasgtbgsaiitel", "oleasgtbgsalltel"))
"""Digits and signs for letters; a 1 may be an i or an l."""


def beyond_ascii(change: Callable[[str], str], text: str) -> str:
    """``text`` put through ``change``, which leaves ASCII as it is: where most of it is ASCII, only the rest of it.

    ``change`` may make spaces of other characters, but no line breaks.
    """
    if len(text.encode("utf-8", "replace")) >= len(text) * _MOSTLY_ASCII:
        return change(text)
    pieces = _BEYOND_ASCII.split(text)
    if len(pieces) == 1:
        return text
    # A line break is neither changed nor joined with what stands beside it, so that all can be changed in one go.
    pieces[1::2] = change("\n".join(pieces[1::2])).split("\n")
    return "".join(pieces)


def translated(text: str, table: Mapping[int, str | None]) -> str:
    """What ``text.translate(table)`` gives where nothing that stands in for a character has another in the table.

    Of a long text each different character is looked up once.
    """
    if len(text) < _LONG:
        return text.translate(table)
    there = [character for character in {*text} if ord(character) in table]
    if len(there) > _MANY:
        return text.translate(table)
    for character in there:
        text = text.replace(character, table[ord(character)] or "")
    return text


def by_shape(text: str) -> str:
    """Letters of other alphabets as the Latin ones they look like, unless the text is written in that alphabet; and
    then, too, in words that have no letter but such: a reader of one word alone could not tell them apart.
    """
    if not _ONLY_CYRILLIC.isdisjoint(text):
        own = sum(map(len, _OWN.findall(text)))
        latin = len(text.encode("ascii", "ignore").translate(None, _NO_SMALL_LETTERS))
        if own >= latin:
            return _WITHOUT_OWN.sub(lambda word: _in_latin_shape(word[0]), text)
    return beyond_ascii(_in_latin_shape, text)


def _in_latin_shape(text: str) -> str:
    return text.translate(_SHAPE_TABLE)


_SHAPE_TABLE: Final = {ord(one): other for one, other in _SHAPES.items() if one != other}
