"""A message reduced to plain words: capitals, accents, invisible and look-alike characters, markup and links undone."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, groupby

from bot.understanding.characters import SEPARATORS, UNIFIED, UNUSUAL_SEPARATORS, beyond_ascii, by_shape, translated

MAXIMUM_CHARACTERS = 20_000
"""Longer messages are read up to here; Telegram's own limit is 4,096."""

MAXIMUM_WORDS = 3_400
"""Of more words, the first and the last half of these are read, once letters that stand alone and what is said again
and again are left out: in ten thousand characters there are no more.
"""

_LETTERS_KEPT = 4
"""Of many letters that stand alone so many are kept at the beginning and at the end."""

LONG = 400
"""From so many words on, what is said again and again is read a few times only."""

_WINDOW = 6
_TIMES = 3
_OFTEN_ALL = bytes([True] * _WINDOW)

_LONGEST_TAG = 300
_INLINE = frozenset(
    ["a", "abbr", "b", "big", "code", "del", "em", "font", "i", "ins", "mark", "pre", "s", "small", "span", "strike",
     "strong", "sub", "sup", "tg-spoiler", "tt", "u"]
)  # fmt: skip
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]]+")
_SPACED = re.compile(r"(?<!\S)\w([ .\-_*·•|/~,]{1,2})(?:\w\1){2,}\w(?!\w)")
_WIDE = re.compile(r"\s{2,}")
_FEWEST_LETTERS = 6
_LONGEST_OF_LETTERS = 60
_SIGNS_AT_THE_END = ".,!?;:\u2026\u2014"
_MOSTLY = 0.6
"""Share of single letters from which on a text is taken to be written with spaces between all letters."""


def plain(text: str) -> str:
    """``text`` with everything undone that changes how words look, but not the words; in small letters."""
    text = text[:MAXIMUM_CHARACTERS].replace("`", "'")
    text = text.lower() if text.isascii() else by_shape(beyond_ascii(_unified, _lower_in_ascii(text)))
    if "&" in text:
        text = html.unescape(text)
    if "<" in text and ">" in text:
        text = _without_tags(text)
    if "://" in text or "www." in text:
        text = _LINK.sub(" ", text)
    return text


def _lower_in_ascii(text: str) -> str:
    """``text`` with capitals of ASCII as small letters; as bytes, since these have no other capitals."""
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


def _unified(text: str) -> str:
    """Compatibility forms, cases, marks and hidden characters undone."""
    short = text.replace("\ufdfa", " ").replace("\ufdfb", " ")  # single characters for whole sentences
    text = unicodedata.normalize("NFKC", short)[: 2 * MAXIMUM_CHARACTERS].casefold()
    return unicodedata.normalize("NFC", translated(unicodedata.normalize("NFD", text), UNIFIED))


def chunks(text: str) -> list[str]:
    """What stands between spaces, for a text that went through `plain`. Emoji stand alone."""
    found = text.split() if text.isascii() else beyond_ascii(_separated, text).split()
    if len(found) > MAXIMUM_WORDS:
        alone = (often for chunk, often in Counter(found).items() if len(chunk) == 1 and chunk.isalnum())
        if sum(alone) > 2 * _LETTERS_KEPT:
            found = [*_without_letters_alone(found)]
        found = without_repetitions(found)
    if len(found) <= MAXIMUM_WORDS:
        return found
    return found[: MAXIMUM_WORDS // 2] + found[-MAXIMUM_WORDS // 2 :]


def _without_letters_alone(found: Iterable[str]) -> Iterator[str]:
    """``found`` without the middle of long rows of single letters or digits, which say nothing."""
    for alone, row in groupby(found, key=lambda chunk: len(chunk) == 1 and chunk.isalnum()):
        pieces = [*row]
        if alone and len(pieces) > 2 * _LETTERS_KEPT:
            pieces = pieces[:_LETTERS_KEPT] + pieces[-_LETTERS_KEPT:]
        yield from pieces


def _separated(text: str) -> str:
    return translated(text, UNUSUAL_SEPARATORS)


def words(text: str) -> tuple[str, ...]:
    """The words of ``text``, as an author's phrase is compared with them."""
    if text.isascii() and text.isalnum():
        return (text.lower(),)
    return tuple(plain(text).replace("'", "").translate(SEPARATORS).split())


def without_repetitions(words: list[str]) -> list[str]:
    """``words`` without those that only go on with what was said several times before in the same words."""
    often = {word for word, times in Counter(words).items() if times > _TIMES}
    if _OFTEN_ALL not in bytes(map(often.__contains__, words)):
        return words  # what is said too often is made of words that are written as often
    windows = [*zip(*(words[start:] for start in range(_WINDOW)), strict=False)]
    too_often = {window: count() for window, times in Counter(windows).items() if times > _TIMES}
    if not too_often:
        return words
    last = _WINDOW - 1
    return words[:last] + [
        word
        for word, window in zip(words[last:], windows, strict=True)
        if (before := too_often.get(window)) is None or next(before) < _TIMES
    ]


def unspaced(text: str) -> str:
    """Letters with spaces or dots between them (``h e l p``, ``h.e.l.p``) put together again.

    Where wider spaces stand between words, they part them; otherwise the letters become one long word.
    """
    if "  " in text:
        pieces = text.rstrip(_SIGNS_AT_THE_END).split()
        if _letters(pieces) >= _FEWEST_LETTERS and _is_mostly_letters(pieces):
            words = map(str.split, _WIDE.split(text))
            return " ".join(map(_word_of_letters, words))
    return _SPACED.sub(_together, text)


def _word_of_letters(pieces: Sequence[str]) -> str:
    """Pieces between wide spaces as one word, if they are mostly letters and no longer than a word can be."""
    if not _is_mostly_letters([*pieces[:-1], *(piece.rstrip(_SIGNS_AT_THE_END) for piece in pieces[-1:])]):
        return " ".join(pieces)
    if sum(map(len, pieces)) <= _LONGEST_OF_LETTERS:
        return "".join(pieces)
    rows = groupby(pieces, key=lambda piece: len(piece) == 1)
    return " ".join(("" if letters else " ").join(row) for letters, row in rows)


def _letters(pieces: Sequence[str]) -> int:
    return [*map(len, pieces)].count(1)


def _is_mostly_letters(pieces: Sequence[str]) -> bool:
    return _letters(pieces) >= _MOSTLY * len(pieces)


def _together(found: re.Match[str]) -> str:
    return "".join(filter(str.isalnum, found[0]))


def _without_tags(text: str) -> str:
    """HTML tags taken out: those that stand within words leave no gap, all others a space."""
    first, *rest = text.split("<")
    pieces = [first]
    for piece in rest:
        end = piece.find(">", 0, _LONGEST_TAG)
        name = piece[: max(end, 0)].lstrip("/").split(" ", 1)[0]
        if name[:1].isalpha():
            pieces += ("" if name in _INLINE else " ", piece[end + 1 :])
        else:
            pieces += ("<", piece)
    return "".join(pieces)
