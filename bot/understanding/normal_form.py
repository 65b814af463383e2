"""A message reduced to plain words, so that capitals, accents, apostrophes and invisible characters do not matter."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> tuple[str, ...]:
    """The message's words: compatibility forms folded, marks and format characters dropped, case folded."""
    visible = "".join(character for character in text if unicodedata.category(character) not in {"Cf", "Cs", "Co"})
    decomposed = unicodedata.normalize("NFKD", visible).casefold()
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    plain = plain.replace("'", "").replace("’", "").replace("`", "")
    return tuple(_WORD.findall(plain))
