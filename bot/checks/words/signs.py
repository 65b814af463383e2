"""Emoji and other signs: where they only decorate, and where they stand in the place of words."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from bot.checks.words.plain_words import FACT

_HARMLESS: Final = frozenset({FACT, "©", "®", "°", "™", "℠", "№"})
_BEGINNINGS: Final = ((0x2190, 0x21FF), (0x2300, 0x23FF), (0x2500, 0x27BF), (0x2900, 0x297F), (0x2B00, 0x2BFF))
"""Blocks of arrows, technical signs, shapes and dingbats. Everything newer is told by its category."""

_ENDS: Final = ".!?…:;)”\"'’"
_INVISIBLE: Final = frozenset({"Cf", "Mn", "Me", "Sk"})
_SMILEY: Final = re.compile(r"(?<!\S)[:;=8xX][-^o']?[)(\]\[DPp/\\|](?!\S)")


def sign_in_place_of_words(line: str) -> str:
    """What is wrong with the signs of a line or label; empty if nothing."""
    if not any(character.isalnum() or character == FACT for character in _without_keycaps(line)):
        return f"“{line}” has no words; signs alone mean different things to different people"
    marked = _SMILEY.sub(lambda match: "\u2639" * len(match[0]), _without_keycaps(line))
    for start, end in _runs(marked):
        before, after = marked[:start].rstrip(), marked[end:].lstrip()
        if not any(character.isalpha() or character == FACT for character in before + after):
            return f"in “{line}” the meaning is carried by the sign alone"
        if before and after and before[-1] not in _ENDS and not _is_list_mark(before):
            return f"in “{line}” a sign stands where a word should be"
        if before and not after and _waits_for_a_word(before):
            return f"in “{line}” a sign stands where the last word should be"
    if any(map(is_sign, line)) and (words := _WORD.findall(line.casefold())) and _POINTING.issuperset(words):
        return f"in “{line}” the words point at the sign, which carries the meaning alone"
    return ""


def is_sign(character: str) -> bool:
    """Whether it is an emoji, an arrow or the like."""
    if character in _HARMLESS or character.isascii():
        return False
    code = ord(character)
    return unicodedata.category(character) == "So" or any(first <= code <= last for first, last in _BEGINNINGS)


def _without_keycaps(line: str) -> str:
    """Digits in boxes are signs, too: 5️⃣ becomes one."""
    return re.sub("[0-9#*]\ufe0f?\u20e3", "\u25a1", line)


def _runs(line: str) -> list[tuple[int, int]]:
    """Where signs stand, those side by side taken together with what invisibly joins them."""
    runs: list[tuple[int, int]] = []
    for index, character in enumerate(line):
        if is_sign(character):
            if runs and all(_joins(between) for between in line[runs[-1][1] : index]):
                runs[-1] = (runs[-1][0], index + 1)
            else:
                runs.append((index, index + 1))
        elif runs and runs[-1][1] == index and unicodedata.category(character) in _INVISIBLE:
            runs[-1] = (runs[-1][0], index + 1)
    return runs


def _joins(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in _INVISIBLE


def _is_list_mark(before: str) -> bool:
    return before in {"-", "–", "•"}


_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_POINTING: Final = frozenset(
    {"this", "that", "these", "those", "one", "ones", "like", "it", "it's", "it’s", "is", "so", "i", "me", "my", "am"}
    | {"i'm", "i’m", "you", "feel", "feeling", "more", "less", "here", "now", "a", "the", "of", "or", "and", "mine"}
)
"""English words that say nothing without what they point at."""

_WAITING: Final = frozenset(
    {"a", "an", "the", "to", "for", "of", "with", "by", "at", "in", "on", "from", "and", "or", "is", "are", "am"}
    | {"your", "my", "our", "their", "his", "her", "this", "that", "no", "not", "press", "tap", "ring", "call", "click"}
    | {"you", "i", "we", "want", "need", "use", "send", "feel", "feels", "very", "so"}
)
"""English words after which something must follow. Other languages are held to the other two checks."""


def _waits_for_a_word(before: str) -> bool:
    last = re.sub(r"[^\w’']+$", "", before).rpartition(" ")[2].casefold()
    return last in _WAITING and before[-1] not in _ENDS
