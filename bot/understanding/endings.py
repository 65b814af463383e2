"""The usual endings of English words, written out when content is loaded, so that nothing typed is ever stemmed."""

from __future__ import annotations

_VOWELS = frozenset("aeiou")
_NEVER_DOUBLED = frozenset("aeiouwxyh")


def with_endings(word: str) -> tuple[str, ...]:
    """``word`` with -s, -ed and -ing. Words that change inside (took, hid) are not known here."""
    if len(word) < 2:
        return (word, f"{word}s")
    if word.endswith("e") and not word.endswith(("ee", "ye", "oe")):
        stem = word[:-1]
        return (word, f"{word}s", f"{word}d", f"{stem}ing")
    if word.endswith("y") and word[-2] not in _VOWELS:
        stem = word[:-1]
        return (word, f"{stem}ies", f"{stem}ied", f"{word}ing")
    plural = f"{word}es" if word.endswith(("s", "sh", "ch", "x", "z", "o")) else f"{word}s"
    stem = word + word[-1] if _doubles(word) else word
    forms = (word, plural, f"{stem}ed", f"{stem}ing")
    return forms if stem == word else (*forms, f"{word}ed", f"{word}ing")


def _doubles(word: str) -> bool:
    """Whether the last letter is doubled before an ending: hit, stab, strip, but not hurt, beat or scream."""
    return (
        word[-1] not in _NEVER_DOUBLED
        and word[-2] in _VOWELS
        and (len(word) == 2 or word[-3] not in _VOWELS or word[-3:-1] == "ui")
        and sum(letter in _VOWELS for letter in word) <= 2
    )
