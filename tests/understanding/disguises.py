"""Ways in which words are written so that they look different and say the same."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Final

_ALIKE: Final = str.maketrans("aceopxyi", "асеорхуі")  # Cyrillic letters of the same shape
_LEET: Final = str.maketrans("aeiost", "4310$7")
_ACCENTS: Final = str.maketrans({"a": "á", "e": "ë", "i": "ï", "o": "ö", "u": "ü", "c": "ç"})


def full_width(text: str) -> str:
    """The wide letters of East Asian keyboards."""
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


def spaced(text: str) -> str:
    """Letters with spaces between them, words with wider ones."""
    return "   ".join(" ".join(word) for word in text.split())


def dotted(text: str) -> str:
    """A dot between the letters of every longer word."""
    return " ".join(".".join(word) if len(word) > 3 and word.isalpha() else word for word in text.split())


def with_typos(text: str) -> str:
    """Two letters swapped in the middle of each longer word, the same ones every time."""
    random_ = random.Random(text)
    words = []
    for word in text.split():
        if len(word) > 4 and word.isalpha() and random_.random() < 0.5:
            at = random_.randrange(1, len(word) - 2)
            word = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        words.append(word)
    return " ".join(words)


def in_the_middle(text: str) -> str:
    """Among what somebody else would tell about the day."""
    return (
        "so today we had maths first and then double science and i sat next to priya and we had pasta for lunch. "
        f"{text} anyway i still have my homework to do and mum is making tea and we watch telly after that"
    )


REVERSIBLE: Final[dict[str, Callable[[str], str]]] = {
    "capitals": str.upper,
    "zero width": lambda text: "\u200b".join(text),
    "look-alikes": lambda text: text.translate(_ALIKE),
    "full width": full_width,
    "accents": lambda text: text.translate(_ACCENTS),
    "HTML": lambda text: f"<p><b>{text}</b></p>",
    "Markdown": lambda text: f"**{text}**",
    "greeting": lambda text: f"hi there, {text}, thanks",
    "politeness": lambda text: f"good evening, sorry to bother you but {text} thank you so much x",
}
"""Must cost at most 2 points."""

LOSSY: Final[dict[str, Callable[[str], str]]] = {
    "spaced": spaced,
    "dotted": dotted,
    "leet": lambda text: text.translate(_LEET),
    "typos": with_typos,
}
"""May cost up to 8 points."""
