"""From what was typed to the words that phrases are made of: short forms, digits for letters, slips, missing spaces."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, filterfalse, islice
from types import MappingProxyType

from bot.understanding.characters import LEET, SEPARATORS
from bot.understanding.normal_form import LONG, MAXIMUM_WORDS, chunks, plain, unspaced, without_repetitions
from bot.understanding.slips import Slips

MOST_GUESSES = 200
"""How many different unknown words of one message are looked at closely."""

MOST_TAKEN_APART = 32
"""How many of them are looked at for missing spaces."""

_LONGEST_WORD = 24
_LONGEST_RUN = 60
_FEWEST_LETTERS_TOGETHER = 7
_FEWEST_SWAPPED = 4
_LONGEST_PIECE = 14
_LETTERS_PER_PIECE = 2.4
_ALONE = frozenset({"i", "a", "u"})
_APOSTROPHE = str.maketrans("", "", "'")
_BARE = {**SEPARATORS, ord("'"): None}
"""For ``str.translate``: nothing is left but words and the spaces between them."""
_SIGNS_FOR_LETTERS = frozenset("013456789$@!|+€£")
_AT_THE_END = "!|+"
"""Signs that can stand for letters, but seldom do at the end of a word."""
_EITHER = frozenset("1!|")
"""Signs that can stand for one letter or another."""
_FEWEST_IN_SIGNS = 3
"""From so many words with digits for letters on, `70` is `to` and `1` is `i`."""
_LONGEST_OF_SIGNS = 3
_MASKS = frozenset("*_~")
_UNMASK = str.maketrans("", "", "*_~")
_REPEATED = re.compile(r"(.)\1\1", re.DOTALL)
_RUN = re.compile(r"((.)\2*)", re.DOTALL)
_AROUND = ".,;:?\"'()[]{}*_~#>-"


LookedAt = dict[str, tuple[str, ...]]
"""Chunk → its words, of one message."""


class Spelling:
    """One language's ways of writing its words."""

    def __init__(
        self,
        vocabulary: Collection[str],
        *,
        stands_for: Mapping[str, tuple[str, ...]],
        misspelt: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
        loosely: Collection[str] = (),
        also_words: Iterable[str] = (),
        never: Iterable[str] = (),
        is_word: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """``vocabulary``: the words of the phrases; ``stands_for``: other spellings; ``misspelt``: those that count
        only as they stand, so that nothing is taken for one of them; ``loosely``: words that are recognised with a
        slip, without which nothing is guessed at all; ``also_words``: pieces that run-together words may have;
        ``never``: real words that are not to be taken for another; ``is_word`` tells of any other word that phrases
        know.
        """
        pieces = {*vocabulary, *also_words, *stands_for}
        self._stands_for = {typed: meant for typed, meant in misspelt.items() if typed not in pieces} | {**stands_for}
        self._never = frozenset(never)
        self._known: AbstractSet[str] = frozenset(pieces | self._never)
        self._beside: AbstractSet[str] = self._known.difference(vocabulary)
        """Known words that no phrase names."""
        self._named = self._known - self._beside - self._stands_for.keys()
        """Words that phrases name, and that stand for nothing else."""
        self._no_pieces: AbstractSet[str] = frozenset(
            word
            for word in self._known
            if word not in pieces or (word not in _ALONE and (len(word) == 1 or not word.isalpha()))
        )
        """Known words that are no pieces of words run together."""
        self._guesses = bool(loosely)
        self._slips = Slips(loosely, self._known)
        self._is_word = is_word

    def words(self, text: str) -> list[str]:
        """The words of ``text`` in order, as the phrases know them."""
        return self.words_of(chunks(unspaced(plain(text))))

    def words_of(
        self, found: Iterable[str], looked_at: LookedAt | None = None, guesses: int = MOST_GUESSES
    ) -> list[str]:
        """The words of chunks that stood between spaces (normal_form.chunks).

        ``looked_at`` fills up with what was looked at closely, so that nothing is twice where parts of a message are
        read before the whole; ``guesses``: how many different unknown words are looked at closely.
        """
        looked_at = {} if looked_at is None else looked_at
        chunks_ = list(found)
        different = dict.fromkeys(chunks_)
        # Each once, however often it was written, and at first as it stands.
        read: dict[str, tuple[str, ...]] = dict(zip(different, zip(different), strict=True))
        in_signs = self._in_signs(different, chunks_)
        unknown = [*filterfalse(self._named.__contains__, different)]
        if in_signs:
            unknown = [*filterfalse(in_signs.__contains__, unknown)]
        read.update(in_signs)
        if unknown:
            read.update(self._unknown(unknown, looked_at, guesses if self._guesses else 0))
        words = list(chain.from_iterable(map(read.__getitem__, chunks_)))
        if len(words) > LONG:
            words = without_repetitions(words)
        if len(words) > MAXIMUM_WORDS:
            return words[: MAXIMUM_WORDS // 2] + words[-MAXIMUM_WORDS // 2 :]
        return words

    def _in_signs(self, different: Iterable[str], chunks_: Iterable[str]) -> LookedAt:
        """What few digits and signs stand for in a message that often has them for letters."""
        if not self._guesses or not _often_in_signs(different, chunks_):
            return {}
        short = [chunk for chunk in different if len(chunk) <= _LONGEST_OF_SIGNS]
        return {chunk: meant for chunk in short if (meant := self._from_signs(chunk))}

    def _unknown(self, chunks_: Sequence[str], looked_at: LookedAt, guesses: int) -> LookedAt:
        """Different chunks that no phrase names, and the words of those that are not words themselves; the first
        ``guesses`` of them that are neither short forms nor ``looked_at`` are looked at closely.
        """
        short, message = self._stands_for, _Message(self)
        read: LookedAt = {}
        rest = list[str]()
        left = iter(chunks_)
        for chunk in left:
            if chunk in short:
                read[chunk] = short[chunk]
            elif chunk in looked_at:
                read[chunk] = looked_at[chunk]
            elif not guesses:
                rest += (chunk, *left)
            else:
                guesses -= 1
                if len(chunk) <= _LONGEST_RUN:
                    read[chunk] = looked_at[chunk] = tuple(message.words(chunk))
                else:
                    rest.append(chunk)
        # What is left may be a thousand chunks, most of which are words as they stand: no step of Python for each.
        for known in (short, looked_at):
            read.update({chunk: known[chunk] for chunk in known.keys() & rest})
        if unread := [chunk for chunk in filterfalse(str.isalnum, rest) if chunk not in read]:
            read.update(self._plainly(unread))
        return read

    def _plainly(self, chunks_: Sequence[str]) -> LookedAt:
        """Chunks and their words, at which nobody looks closely: all of them in one go. None holds a line break."""
        written = "\n".join(chunks_).translate(_BARE).split("\n")
        found = dict(zip(chunks_, map(tuple, map(str.split, written)), strict=True))
        if short := self._stands_for.keys() & chain.from_iterable(found.values()):
            for chunk, words in found.items():
                if not short.isdisjoint(words):
                    found[chunk] = tuple(chain.from_iterable(map(self.meant, words)))
        return found

    def meant(self, word: str) -> tuple[str, ...]:
        """What ``word`` stands for: several words where it is a short form."""
        return self._stands_for.get(word, (word,))

    def simply(self, word: str) -> tuple[str, ...]:
        """A known word, another spelling of one, one with letters repeated or without its last g; else nothing."""
        if word in self._stands_for:
            return self._stands_for[word]
        if word in self._known:
            return (word,)
        if word.endswith("in") and f"{word}g" in self._known:
            return (f"{word}g",)
        for shorter in _with_fewer_repeats(word):
            if shorter in self._known:
                return self.meant(shorter)
        return ()

    def corrected(self, word: str) -> tuple[str, ...]:
        """A grave word with one slip in it, if it can be meant."""
        if len(word) > _LONGEST_WORD:
            return ()
        if slip := self._slips.meant(word):
            return (slip,)
        return () if self._is_word(word) else self._with_two_letters_swapped(word)

    def _with_two_letters_swapped(self, word: str) -> tuple[str, ...]:
        """The one word that phrases know in which two neighbouring letters of ``word`` are swapped."""
        if len(word) < _FEWEST_SWAPPED or word in self._never:
            return ()
        swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
        meant = swapped & self._known
        return self.meant(meant.pop()) if len(meant) == 1 else ()

    def disguised(self, chunk: str) -> tuple[str, ...]:
        """A word with other signs for some of its letters (h3lp, su!c!de) or between them (k*ll), if we know it."""
        if not any(map(str.isalpha, chunk)):
            return ()
        if not _SIGNS_FOR_LETTERS.isdisjoint(chunk) and (read := self._from_signs(chunk.strip(_AROUND))):
            return read
        if not _MASKS.isdisjoint(chunk):
            joined = chunk.strip(_AROUND).translate(_UNMASK)
            if joined.isalpha() and len(joined) <= _LONGEST_WORD:
                return self.simply(joined) or self.corrected(joined)
        return ()

    def apart(self, run: str) -> tuple[str, ...]:
        """Words written without spaces, in as few pieces as possible; nothing where letters would be left over."""
        known, no_pieces = self._known, self._no_pieces
        best: list[tuple[int, int] | None] = [(0, 0)] + [None] * len(run)
        for start in range(len(run)):
            before = best[start]
            if before is None:
                continue
            for end in range(start + 1, min(len(run), start + _LONGEST_PIECE) + 1):
                if (piece := run[start:end]) not in known or piece in no_pieces:
                    continue
                cost = before[0] + 1 + 2 * (end - start == 1)
                current = best[end]
                if current is None or cost < current[0]:
                    best[end] = (cost, start)
        found: list[str] = []
        end = len(run)
        while end:
            step = best[end]
            if step is None:
                return ()
            found.append(run[step[1] : end])
            end = step[1]
        if len(found) * _LETTERS_PER_PIECE > len(run):
            return ()
        return tuple(word for piece in reversed(found) for word in self.meant(piece))

    def _from_signs(self, chunk: str) -> tuple[str, ...]:
        """A word with digits or signs for letters, if it then is a word that we know."""
        if chunk in self._stands_for:
            return self._stands_for[chunk]
        core = chunk.rstrip(_AT_THE_END + _AROUND)
        if core.isalpha():
            return ()  # a word at the end of a sentence
        cores = (chunk, core) if core != chunk else (chunk,)
        tables = LEET[:1] if _EITHER.isdisjoint(chunk) else LEET
        meant = [core.translate(table) for table in tables for core in cores]
        words = [word for word in meant if word.isalpha() and word != chunk and len(word) <= _LONGEST_WORD]
        for word in words:
            if word in self._stands_for or (word in self._known and word not in self._no_pieces):
                return self.meant(word)
        for word in words:
            if slip := self._slips.meant(word):
                return (slip,)
        return ()


class _Message:
    """The unknown words of one message. Lives as long as it is read."""

    def __init__(self, spelling: Spelling) -> None:
        self._spelling = spelling
        self._runs = 0

    def words(self, chunk: str) -> Iterator[str]:
        """The words of a chunk, looked at closely."""
        bare = chunk.translate(_APOSTROPHE) if "'" in chunk else chunk
        if bare.isalpha():
            yield from self._word(bare)
            return
        if read := self._spelling.disguised(bare):
            yield from read
            return
        for piece in bare.translate(SEPARATORS).split():
            yield from self._word(piece) if piece.isalpha() else self._spelling.meant(piece)

    def _word(self, word: str) -> tuple[str, ...]:
        if read := self._spelling.simply(word) or self._spelling.corrected(word):
            return read
        if _FEWEST_LETTERS_TOGETHER <= len(word) <= _LONGEST_RUN and self._runs < MOST_TAKEN_APART:
            self._runs += 1
            return self._spelling.apart(word) or (word,)
        return (word,)


def _often_in_signs(different: Iterable[str], chunks: Iterable[str]) -> bool:
    """Whether `_FEWEST_IN_SIGNS` of ``chunks`` have letters, and digits or signs that can stand for letters."""
    mixed = {*islice(filter(_mixes_signs, filterfalse(str.isalpha, different)), _FEWEST_IN_SIGNS)}
    return len(mixed) == _FEWEST_IN_SIGNS or (bool(mixed) and sum(map(mixed.__contains__, chunks)) >= _FEWEST_IN_SIGNS)


def _mixes_signs(chunk: str) -> bool:
    """Whether it has letters, and digits or signs that can stand for letters."""
    return not _SIGNS_FOR_LETTERS.isdisjoint(chunk) and any(map(str.isalpha, chunk))


def _with_fewer_repeats(word: str) -> Iterator[str]:
    """``word`` with letters that are repeated for effect (heeelp) once or twice."""
    if not _REPEATED.search(word):
        return
    runs = _RUN.findall(word)
    yield "".join([run[:2] for run, _ in runs])
    yield "".join([letter if len(run) > 2 else run for run, letter in runs])
    yield "".join([letter for _, letter in runs])
