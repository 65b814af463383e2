"""A message reduced to plain words: capitals, accents, invisible and look-alike characters, markup and links undone."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from bot.understanding.characters import HIDDEN, SEPARATORS, UNIFIED, by_shape

MAXIMUM_CHARACTERS = 20_000
"""Longer messages are read up to here; Telegram's own limit is 4,096."""

_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|big|code|em|font|i|mark|s|small|span|strong|sub|sup|tt|u)(?:\s[^<>]{0,300})?>"
)
_TAG = re.compile(r"</?[a-z][^<>]{0,300}>|<!--|-->")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]]+")
_SPACED = re.compile(r"(?<!\S)(?:\w[ .\-_*·•|/~,]{1,2}){3,}\w(?!\w)")
_IN_ONE_WORD = re.compile(r"(?<=\w)[*_~]+(?=\w)")


def plain(text: str) -> str:
    """``text`` with everything undone that changes how words look, but not the words: in small letters, one line."""
    text = text[:MAXIMUM_CHARACTERS]
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(HIDDEN))[:MAXIMUM_CHARACTERS].casefold()
        if not text.isascii():
            text = unicodedata.normalize("NFD", text).translate(HIDDEN)
            text = unicodedata.normalize("NFC", text).translate(UNIFIED)
            text = by_shape(text)
    else:
        text = text.lower()
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub(" ", _INLINE_TAG.sub("", text))
    if "://" in text or "www." in text:
        text = _LINK.sub(" ", text)
    return text


def chunks(text: str) -> list[str]:
    """What stands between spaces, for a text that went through `plain`. Emoji stand alone."""
    return text.split() if text.isascii() else text.translate(SEPARATORS).split()


def words(text: str) -> tuple[str, ...]:
    """The words of ``text``, as an author's phrase is compared with them."""
    bare = plain(text).replace("'", "").translate(SEPARATORS)
    return tuple(bare.split())


def unspaced(text: str) -> str:
    """Letters with spaces or dots between them (``h e l p``, ``h.e.l.p``) put together again.

    Where wider spaces stand between words, they stay; otherwise the letters become one long word.
    """
    if not _SPACED.search(text):
        return text
    return _SPACED.sub(_together, text)


def _together(found: re.Match[str]) -> str:
    return "".join(_letters(found[0]))


def _letters(run: str) -> Iterator[str]:
    previous = ""
    for character in run:
        if character.isalnum():
            yield character
        elif previous == " " and character == " ":
            yield " "
        previous = character
