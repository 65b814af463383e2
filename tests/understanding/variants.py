"""Variants: messages that nobody wrote, made of labelled ones, with what a larger model takes them for.

A few thousand written messages cannot say all the ways in which something is said. So pieces of them are put together
and words are swapped for words that are used alike, and a sentence model that has learnt the same messages
(`tests.understanding.teacher`) says how likely each label is. `tests.understanding.points` learns from both. Nothing of
this is needed to run Waypost. A variant need make no sense: what counts is which words, and which next to each other,
speak for what.
"""

from __future__ import annotations

import lzma
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

FILE = Path(__file__).with_name("variants.txt.xz")
"""One variant a line: its shares, as in ``mental_health 61, help 20``, a bar, and its words."""

_LONGEST = 18
_SHORTEST_PIECE = 6
_COMMONEST = 150
"""So many of the most frequent words are swapped less often: they carry the grammar."""
_TRIES = 6


@dataclass(frozen=True, slots=True)
class Variant:
    """The words of a variant, and how likely each label is, in hundredths. Unlikely ones are left out."""

    words: tuple[str, ...]
    shares: Mapping[str, int]

    def __str__(self) -> str:
        shares = ", ".join(f"{label} {share}" for label, share in self.shares.items())
        return f"{shares}|{' '.join(self.words)}"


def read(path: Path = FILE) -> Iterator[Variant]:
    """The variants of a file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            shares, _, words = line.rstrip("\n").partition("|")
            pairs = (share.rsplit(" ", 1) for share in shares.split(", "))
            yield Variant(tuple(words.split()), {label: int(share) for label, share in pairs})


def write(variants: Iterable[Variant], path: Path = FILE) -> None:
    """Keep variants in a file."""
    with lzma.open(path, "wt", preset=9 | lzma.PRESET_EXTREME, encoding="utf-8") as lines:
        lines.writelines(f"{variant}\n" for variant in variants)


def made(messages: Sequence[Sequence[str]], alike: Mapping[str, Sequence[str]], chance: Random) -> Iterator[list[str]]:
    """Variants of ``messages`` (their words) without end, none of them twice and none that somebody wrote.

    ``alike`` has for a word those used most like it, the likest first.
    """
    pieces = _Pieces(messages, alike, chance)
    seen = {" ".join(words) for words in messages}
    while True:
        words = pieces.variant()
        text = " ".join(words)
        if text and text not in seen:
            seen.add(text)
            yield words


class _Pieces:
    """What variants are made of."""

    def __init__(self, messages: Sequence[Sequence[str]], alike: Mapping[str, Sequence[str]], chance: Random) -> None:
        self._messages, self._alike, self._chance = messages, alike, chance
        often = Counter(word for words in messages for word in set(words))
        self._common = {word for word, _ in often.most_common(_COMMONEST)}
        self._after: defaultdict[str | tuple[str, str], list[Sequence[str]]] = defaultdict(list)
        """What follows a word, and two words, wherever they stand."""
        for words in messages:
            for at, word in enumerate(words):
                self._after[word].append(words[at + 1 :])
                if at:
                    self._after[words[at - 1], word].append(words[at + 1 :])

    def variant(self) -> list[str]:
        """One of the ways to change a message."""
        words = self._piece([*self._chance.choice(self._messages)])
        way = self._chance.random()
        if way < 0.4:
            words = self._crossed(words)
        elif way < 0.7:
            words = self._swapped(words, 0.35)
        else:
            words = self._swapped(self._crossed(words), 0.25)
        if len(words) > 3 and self._chance.random() < 0.15:
            del words[self._chance.randrange(len(words))]
        return self._piece(words)

    def _crossed(self, words: list[str]) -> list[str]:
        """The beginning of one message and the end of another that share a word or two."""
        for _ in range(_TRIES if len(words) > 2 else 0):
            at = self._chance.randrange(1, len(words))
            shared = (words[at - 1], words[at]) if self._chance.random() < 0.6 else words[at]
            crossed = [*words[: at + 1], *self._chance.choice(self._after[shared])]
            if crossed != words:
                return crossed
        return words

    def _swapped(self, words: list[str], share: float) -> list[str]:
        """With about this share of the words swapped for some used alike."""
        return [self._another(word) if self._chance.random() < self._share(word, share) else word for word in words]

    def _share(self, word: str, share: float) -> float:
        return share / 4 if word in self._common else share

    def _another(self, word: str) -> str:
        alike = self._alike.get(word) or (word,)
        return alike[min(int(self._chance.expovariate(1 / 3)), len(alike) - 1)]

    def _piece(self, words: list[str]) -> list[str]:
        """A part of what is long: one sign in a hundred words teaches little."""
        if len(words) <= _LONGEST:
            return words
        length = self._chance.randint(_SHORTEST_PIECE, _LONGEST)
        start = self._chance.randrange(len(words) - length + 1)
        return words[start : start + length]
