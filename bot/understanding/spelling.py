"""From what was typed to the words that phrases are made of: short forms, digits for letters, slips, missing spaces."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from bot.understanding.characters import LEET, SEPARATORS
from bot.understanding.normal_form import chunks, plain, unspaced
from bot.understanding.slips import Slips

MOST_GUESSES = 400
"""How many different unknown words of one message are looked at closely."""

_LONGEST_RUN = 60
_FEWEST_LETTERS_TOGETHER = 7
_LONGEST_PIECE = 14
_ALONE = frozenset({"i", "a", "u"})
_APOSTROPHE = str.maketrans("", "", "'")
_SIGNS_FOR_LETTERS = frozenset("013456789$@!|+€£")


class Spelling:
    """One language's ways of writing its words."""

    def __init__(
        self,
        vocabulary: Iterable[str],
        *,
        stands_for: Mapping[str, tuple[str, ...]],
        loosely: Iterable[str] = (),
        also_words: Iterable[str] = (),
        never: Iterable[str] = (),
        is_word: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """``vocabulary``: the words of the phrases; ``stands_for``: other spellings; ``loosely``: words that are
        recognised with a slip; ``also_words``: pieces that run-together words may have; ``never``: real words that
        are not to be taken for another; ``is_word`` tells of any other word that phrases know.
        """
        self._vocabulary = frozenset(vocabulary)
        self._stands_for = dict(stands_for)
        self._never = frozenset(never) | frozenset(also_words)
        self._known: AbstractSet[str] = self._vocabulary | self._never | self._stands_for.keys()
        self._slips = Slips(loosely, self._known)
        self._pieces: AbstractSet[str] = {
            word
            for word in self._vocabulary | frozenset(also_words) | self._stands_for.keys()
            if word in _ALONE or (len(word) > 1 and word.isalpha())
        }
        self._is_word = is_word

    def words(self, text: str) -> list[str]:
        """The words of ``text`` in order, as the phrases know them."""
        return self.words_of(chunks(unspaced(plain(text))))

    def words_of(self, found: Iterable[str]) -> list[str]:
        """The words of chunks that stood between spaces (normal_form.chunks)."""
        stands_for, vocabulary = self._stands_for, self._vocabulary
        guesses: dict[str, tuple[str, ...]] = {}
        words: list[str] = []
        for chunk in found:
            if chunk in stands_for:
                words += stands_for[chunk]
            elif chunk in vocabulary:
                words.append(chunk)
            elif chunk in guesses:
                words += guesses[chunk]
            else:
                read = tuple(self._chunk(chunk, careless=len(guesses) >= MOST_GUESSES))
                guesses[chunk] = read
                words += read
        return words

    def _chunk(self, chunk: str, *, careless: bool) -> Iterator[str]:
        """The words of one chunk. ``careless`` leaves unknown words as they are."""
        bare = chunk.translate(_APOSTROPHE) if "'" in chunk else chunk
        if bare.isalpha():
            yield from self._word(bare, careless=careless)
            return
        if not careless and not _SIGNS_FOR_LETTERS.isdisjoint(bare) and any(map(str.isalpha, bare)):
            if read := self._from_signs(bare.strip(".,;:?\"'()[]{}*_~#>-")):
                yield from read
                return
        elif bare.isdigit() and bare in self._stands_for:
            yield from self._stands_for[bare]
            return
        masked = "*" in bare or "_" in bare or "~" in bare
        if masked and not careless:
            joined = bare.strip("*_~.,!?").replace("*", "").replace("_", "").replace("~", "")
            if joined.isalpha() and (joined in self._known or self._slips.meant(joined)):
                yield from self._word(joined, careless=False)
                return
        for piece in bare.translate(SEPARATORS).split():
            if piece in self._known or not piece.isalpha():
                yield from self._stands_for.get(piece, (piece,))
            else:
                yield from self._word(piece, careless=careless)

    def _from_signs(self, chunk: str) -> tuple[str, ...]:
        """A word with digits or signs for letters, if it then is a word that we know."""
        if chunk in self._stands_for:
            return self._stands_for[chunk]
        for table in LEET:
            for core in (chunk, chunk.rstrip("!|+")):
                meant = core.translate(table)
                if not meant.isalpha() or core.isalpha():
                    continue
                if meant in self._stands_for:
                    return self._stands_for[meant]
                if meant in self._pieces:
                    return (meant,)
        for table in LEET:
            meant = chunk.translate(table)
            if meant.isalpha() and (slip := self._slips.meant(meant)):
                return (slip,)
        return ()

    def _word(self, word: str, *, careless: bool) -> tuple[str, ...]:
        if word in self._stands_for:
            return self._stands_for[word]
        if word in self._known or careless or not word.isascii():
            return (word,)
        if word.endswith("in") and f"{word}g" in self._known:
            return (f"{word}g",)
        for shorter in _with_fewer_repeats(word):
            if shorter in self._stands_for:
                return self._stands_for[shorter]
            if shorter in self._known:
                return (shorter,)
        known_beginning = self._is_word(word)
        if not known_beginning and (meant := self._slips.meant(word)):
            return (meant,)
        if _FEWEST_LETTERS_TOGETHER <= len(word) <= _LONGEST_RUN and (apart := self._apart(word)):
            return tuple(one for piece in apart for one in self._stands_for.get(piece, (piece,)))
        return (word,)

    def _apart(self, run: str) -> tuple[str, ...]:
        """Words written without spaces, in as few pieces as possible; nothing where letters would be left over."""
        pieces = self._pieces
        best: list[tuple[int, int] | None] = [(0, 0)] + [None] * len(run)
        for end in range(1, len(run) + 1):
            for start in range(max(0, end - _LONGEST_PIECE), end):
                before = best[start]
                if before is None or run[start:end] not in pieces:
                    continue
                cost = before[0] + 1 + 2 * (end - start == 1)
                current = best[end]
                if current is None or cost < current[0]:
                    best[end] = (cost, start)
        if best[-1] is None:
            return ()
        found: list[str] = []
        end = len(run)
        while end:
            step = best[end]
            if step is None:
                return ()
            found.append(run[step[1] : end])
            end = step[1]
        found.reverse()
        return tuple(found) if len(found) * 2.4 <= len(run) else ()


def _with_fewer_repeats(word: str) -> Iterator[str]:
    """``word`` with letters that are repeated for effect (heeelp) once or twice."""
    runs: list[tuple[str, int]] = []
    for letter in word:
        if runs and runs[-1][0] == letter:
            runs[-1] = (letter, runs[-1][1] + 1)
        else:
            runs.append((letter, 1))
    longest = max(count for _, count in runs)
    if longest < 2:
        return
    if longest > 2:
        yield "".join(letter * min(count, 2) for letter, count in runs)
        yield "".join(letter * (1 if count > 2 else count) for letter, count in runs)
        yield "".join(letter for letter, _ in runs)
