"""Texts made comparable: what a reader would call the same words is the same."""

from __future__ import annotations

from typing import Final

_PLAIN_QUOTES: Final = str.maketrans("‘’‚“”„", "'''\"\"\"")


def folded(text: str) -> str:
    """White space folded, capitals and curly quotation marks made plain."""
    plain = " ".join(text.split()).casefold()
    return plain if plain.isascii() else plain.translate(_PLAIN_QUOTES)
