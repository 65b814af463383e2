"""Names, ids and words that occur nowhere else, so that one search shows whether they leaked."""

from __future__ import annotations

import random
from collections.abc import Iterator


class Canaries:
    """Remembers every canary that was let out."""

    def __init__(self) -> None:
        self._values: set[str] = set()

    def word(self) -> str:
        """A word such as ``Canary-3f2a91c0``, for a name or for something to type."""
        return self.add(f"Canary-{random.getrandbits(32):08x}")

    def number(self, *, digits: int = 12) -> int:
        """A number of so many digits, for an id."""
        number = random.randrange(10 ** (digits - 1), 10**digits)
        self.add(str(number))
        return number

    def telephone(self) -> str:
        """A number that begins like those Ofcom keeps free for drama, too long to be anybody's."""
        return self.add(f"+447700900{random.randrange(10**6):06}")

    def add(self, value: str) -> str:
        self._values.add(value)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._values))

    def found_in(self, text: str) -> list[str]:
        """Every canary that stands in ``text``: a log, a file, a header."""
        return [value for value in self if value in text]
