"""Reads typed text by the phrases that authors wrote: what is it about, how grave is it, and which rule says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import repeat
from typing import Final

from bot.content.collecting import collecting_later
from bot.content.model import Content, PhraseBook
from bot.content.schema import Risk
from bot.understanding.book_reader import BookReader, Found
from bot.understanding.normal_form import MAXIMUM_CHARACTERS, chunks, plain, unspaced
from bot.understanding.points import ENGLISH, Points, is_emergency
from bot.understanding.reading import FOREMOST, GRAVITY, Match, Reading
from bot.understanding.spelling import LookedAt

__all__ = ["MAXIMUM_CHARACTERS", "Match", "Reader", "Reading"]


_FEWEST_WORDS_TOLD = 6
"""A message of fewer words that asks for help in general is just that; a longer one tells what it is about."""


_FEWEST_KNOWN = 0.3
"""The least share of a message's words that a language knows for them to be weighed."""

_MOST_KNOWN = 0.85
"""The share of a message's words with which it is in English, and no other language is asked."""

_ENGLISH = 0.85
"""The share of a message's words from which on it is in English and nothing else."""

_WORDS_AROUND: Final = 4
"""So many words before and after a phrase tell whether it is meant; what else was written may be about anything."""

AT_LENGTH: Final = 2_000
"""A text of more characters is first read where it tells most; all of it only if that does not settle the matter."""

_PLACE: Final = 60
"""How many words are such a place."""

_PLACES: Final = 2
"""How many of them are read."""

_MOST_SENTENCES: Final = 8
_LONGEST_SENTENCE: Final = 500
"""So many sentences of such a text, of so many characters, are read again where what it says is to be doubted."""

_GUESSES: Final = 30
"""So many unknown words are looked at closely in each of these places."""

_FEWEST_TELLING: Final = 4
"""A place with fewer telling words settles nothing."""

_FEWEST_DIFFERENT: Final = 200
"""A text of fewer different words is soon read as a whole."""

MOST_AROUND: Final = 30
"""So many words before and after a phrase may change what it means: figures of speech that are told by several phrases
(`bot.understanding.together`) reach furthest.
"""

_AROUND: Final = MOST_AROUND + 6
"""So many are read around a place: what was typed is sometimes no word, or one with others."""

_HALF_ENGLISH: Final = 0.5
"""The share of a text's words from which on its places are read in English first."""

_PUNCTUATION: Final = ".,!?;:"
_END_OF_SENTENCE: Final = re.compile(r"[.!?\n]+")


class Reader:
    """All phrases of the content, compiled once. Keeps nothing of what it reads."""

    def __init__(self, content: Content) -> None:
        """A language with spellings of its own is read by itself, all others together."""
        apart = [[book] for book in content.phrase_books.values() if book.spellings]
        together = [book for book in content.phrase_books.values() if not book.spellings]
        groups = [_in_order(books) for books in (*apart, together) if books]
        with collecting_later():
            self._readers = tuple(BookReader(books) for books in groups)
        every = [intent for book in content.phrase_books.values() for intent in book.intents]
        self._gravest = frozenset(
            intent.target for intent in every if intent.risk is Risk.IMMEDIATE and intent.priority == FOREMOST
        )
        """What answers immediate danger, before all else."""
        self._telling = frozenset[str]().union(*(reader.telling(self._gravest) for reader in self._readers))
        """The telling words of phrases that say so."""
        self._long_ago = frozenset((one.language, one.past) for one in every if one.past and is_emergency(one))
        """What answers where an emergency was long ago: language and id."""
        self._languages = [{book.language for book in books} for books in groups]
        self._asides = {language: one for reader in self._readers for language, one in reader.asides.items()}
        self._points = [
            [Points(book, reader.asides[book.language]) for book in books if book.point_columns]
            for reader, books in zip(self._readers, groups, strict=True)
        ]

    def read(self, text: str, language: str = "", *, reasons: bool = False) -> Reading | None:
        """The gravest match in ``text``, then the longest, then the intent listed first. Where no phrase fits, what its
        words speak for together; None where that is nothing.

        ``language`` is a hint (of an app, say): between matches equally good, those in that language come first.
        ``reasons``: whether guesses name the words that speak for them, for authors; nobody else asks.
        """
        typed = chunks(unspaced(plain(text)))
        looked_at: Sequence[LookedAt] = ()
        if len(text) > AT_LENGTH:
            looked_at = [{} for _ in self._readers]
            if settled := self._settled(typed, looked_at):
                return Reading(settled)
        matches, found = self._found(typed, language, looked_at)
        if matches and _is_plain(matches[0]):
            doubted = self._is_doubted(matches[0], found) and not self._is_said_elsewhere(text)
            return Reading(matches, doubted=doubted)
        if apart := self._said_apart(text, matches):
            return Reading(apart)
        said = next((match for match in matches if not match.listed.faint), None)
        points, words, number = self._language_of(typed, said, found)
        short = said is None and bool(matches) and len(words) < _FEWEST_WORDS_TOLD
        if points is None or short or (said and (_is_all(said, 0, len(words)) or not points.judges(said.intent))):
            return Reading(matches) if matches else None
        harmless = found[number].harmless if number < len(found) else frozenset[str]()
        weighed = points.weigh(words, harmless=harmless, said=said.intent if said else None)
        if not weighed or (said and weighed[0].intent.target == said.intent.target):
            return Reading(matches) if matches else None
        guesses = points.as_matches(weighed, len(words), reasons=reasons)
        if said and points.names(said.intent.target.flow):
            guesses = (guesses[0], said)
        return Reading(guesses, guessed=True)

    def _settled(self, typed: list[str], looked_at: Sequence[LookedAt]) -> tuple[Match, ...]:
        """The matches in a telling place of a very long text, if one of them is as grave as can be, so that nothing
        elsewhere could change how much is at stake; else nothing, and all of it has to be read.
        """
        readers = [*zip(self._readers, looked_at, strict=True)]
        if not self._is_english(typed, _HALF_ENGLISH):
            readers.reverse()
        for start, end in _most_telling(typed, self._telling):
            for reader, known in readers:
                one = reader.matches(typed[start:end], known, _GUESSES)
                begins = MOST_AROUND if start > 0 else 0
                ends = len(one.words) - (MOST_AROUND if end < len(typed) else 0)
                amid = [match for match in one.matches if begins <= match.first and match.last < ends]
                amid.sort(key=lambda match: match.order)
                for match in filter(self._is_gravest, amid):
                    if not self._is_doubted(match, [one]):
                        return (match, *(other for other in amid if other is not match))
        return ()

    def _is_gravest(self, match: Match) -> bool:
        """Whether it says immediate danger, and nothing about it that would lower the risk."""
        return match.risk is Risk.IMMEDIATE and match.intent.target in self._gravest

    def _language_of(
        self, typed: list[str], said: Match | None, found: Sequence[Found]
    ) -> tuple[Points | None, list[str], int]:
        """The points of the language that most words are of, the words as it knows them, and its reader's number.

        English comes first: others are asked only where too few words are English, and no phrase of it was found.
        """
        best: tuple[Points | None, list[str], int] = (None, [], 0)
        most = 0.0
        for number, (reader, several) in enumerate(zip(self._readers, self._points, strict=True)):
            words = found[number].words if number < len(found) else reader.words(typed)
            for points in several:
                if (known := points.known(words)) >= max(most, _FEWEST_KNOWN):
                    best, most = (points, words, number), known
            if most >= _MOST_KNOWN or said is not None:
                break
        return best

    def _is_doubted(self, said: Match, found: Sequence[Found]) -> bool:
        """Whether the words around a phrase that says an emergency speak for no need of help: *if she plays that
        song again im jumping out the window*. A phrase that is all that was told stands.
        """
        points = self._points[0][0] if self._points[0] else None
        if points is None or said.intent.language != ENGLISH or not is_emergency(said.intent):
            return False
        words = found[0].words
        first, end = self._asides[ENGLISH].between(words)
        near = words[max(said.first - _WORDS_AROUND, first) : min(said.last + 1 + _WORDS_AROUND, end)]
        return not _is_all(said, first, end) and points.speak_for_nothing(near)

    def _is_said_elsewhere(self, text: str) -> bool:
        """Whether a sentence by itself says an emergency that is not to be doubted. Of a very long text that is taken
        for granted where there are too many sentences to read each again, or one of them is long itself.
        """
        sentences = _sentences(text)
        if len(text) > AT_LENGTH and (
            len(sentences) > _MOST_SENTENCES or any(len(sentence) > _LONGEST_SENTENCE for sentence in sentences)
        ):
            return True
        return any(map(self._is_meant, sentences))

    def _said_apart(self, text: str, every: Sequence[Match]) -> tuple[Match, ...]:
        """Where something was long ago: the matches of some sentences, if they by themselves say an emergency that is
        not (*I was abused as a child. He has a knife*). These are the last ones, or the first ones if those after them
        tell of something themselves; so that *he had a knife. It was years ago* stays what it is.
        """
        if self._long_ago.isdisjoint((match.intent.language, match.intent.id) for match in every):
            return ()
        sentences = _sentences(text)[-_MOST_SENTENCES:]
        for number in range(1, len(sentences)):
            first, last = (
                self._found(chunks(unspaced(plain(". ".join(some)))), ENGLISH)
                for some in (sentences[:number], sentences[number:])
            )
            for (matches, found), others in ((last, True), (first, last[0])):
                if others and matches and is_emergency(matches[0].intent) and not self._is_doubted(matches[0], found):
                    return matches
        return ()

    def _is_meant(self, sentence: str) -> bool:
        """Whether a sentence by itself says an emergency, and that is not to be doubted."""
        matches, found = self._found(chunks(unspaced(plain(sentence))), ENGLISH)
        return bool(matches) and is_emergency(matches[0].intent) and not self._is_doubted(matches[0], found)

    def _is_english(self, typed: list[str], share: float = _ENGLISH) -> bool:
        """Whether so many words are English that what looks like another language's word is none."""
        english = self._points[0][0] if self._points and self._points[0] else None
        return english is not None and len(typed) >= _FEWEST_WORDS_TOLD and english.known(typed) >= share

    def words(self, text: str, language: str = ENGLISH) -> list[str]:
        """The words of ``text`` as the phrases of a language know them, for authors."""
        found = chunks(unspaced(plain(text)))
        for reader, languages in zip(self._readers, self._languages, strict=True):
            if language in languages:
                return reader.words(found)
        return found

    def told(self, text: str, language: str) -> list[str]:
        """Those of them that are weighed: without greetings and the like around what is told."""
        written = [word for word in self.words(text, language) if word.isalnum()]
        for reader, languages in zip(self._readers, self._languages, strict=True):
            if language in languages:
                return [*reader.asides[language].without(written)]
        return written

    def matches(self, text: str, language: str = "") -> tuple[Match, ...]:
        """The best match of every intent, the one to answer first. ``language`` as for `read`."""
        return self._found(chunks(unspaced(plain(text))), language)[0]

    def _found(
        self, typed: list[str], language: str, looked_at: Sequence[LookedAt] = ()
    ) -> tuple[tuple[Match, ...], list[Found]]:
        """The matches, and what each reader found that was asked: the first of them, or all."""
        readers = self._readers[:1] if self._is_english(typed) else self._readers
        if looked_at:
            found = [reader.matches(typed, known) for reader, known in zip(readers, looked_at, strict=False)]
        else:
            found = [reader.matches(typed) for reader in readers]
        harmless = frozenset[str]().union(*(one.harmless for one in found))
        every = [
            match
            for one in found
            for match in one.matches
            if not (_is_harmless(match, harmless - one.harmless) or _is_part(match, found, one))
        ]
        every = [match for match in every if not match.listed.faint] or every
        every.sort(key=lambda match: (match.order[:-1], match.intent.language != language, match.order[-1]))
        return tuple({match.intent.id: match for match in reversed(every)}.values())[::-1], found


def _most_telling(typed: Sequence[str], telling: AbstractSet[str]) -> Iterator[tuple[int, int]]:
    """Where in a long text most of the words ``telling`` stand, with what stands around them: start and end."""
    if len({*typed}) < _FEWEST_DIFFERENT:
        return
    tells = [*map(telling.__contains__, map(str.rstrip, typed, repeat(_PUNCTUATION)))]
    often = {start: sum(tells[start : start + _PLACE]) for start in range(0, len(typed), _PLACE)}
    for start in sorted(often, key=often.__getitem__, reverse=True)[:_PLACES]:
        if often[start] >= _FEWEST_TELLING:
            yield max(start - _AROUND, 0), min(start + _PLACE + _AROUND, len(typed))


def _sentences(text: str) -> Sequence[str]:
    """The sentences of a message of several."""
    several = [sentence for sentence in _END_OF_SENTENCE.split(text[:MAXIMUM_CHARACTERS]) if sentence.strip()]
    return several if len(several) > 1 else ()


def _is_plain(match: Match) -> bool:
    """Whether nothing else is weighed: it says an emergency, or it is a greeting and the like that is all that was
    written, or it is a phrase of another language than English.
    """
    return is_emergency(match.intent) or match.intent.whole or match.intent.language != ENGLISH


def _is_all(match: Match, first: int, end: int) -> bool:
    """Whether there is nothing from ``first`` to before ``end`` but what its phrase names."""
    return match.first <= first and match.last >= end - 1


def _is_part(match: Match, found: Sequence[Found], own: Found) -> bool:
    """Whether its words are but a part of what was found in another language (*abuse* is French as well)."""
    said = {*match.words.split()}
    return any(said < {*other.words.split()} for one in found if one is not own for other in one.matches)


def _is_harmless(match: Match, harmless: frozenset[str]) -> bool:
    """Whether all words of a grave match mean no harm in another language (*Suicide Squad* is a film)."""
    return bool(harmless) and GRAVITY[match.risk] <= GRAVITY[Risk.HIGH] and harmless.issuperset(match.words.split())


def _in_order(books: list[PhraseBook]) -> tuple[PhraseBook, ...]:
    return tuple(sorted(books, key=lambda book: book.language))
