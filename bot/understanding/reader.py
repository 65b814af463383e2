"""Reads typed text by the phrases that authors wrote: what is it about, how grave is it, and which rule says so."""

from __future__ import annotations

from collections.abc import Sequence

from bot.content.collecting import collecting_later
from bot.content.model import Content, PhraseBook
from bot.content.schema import Risk
from bot.understanding.book_reader import BookReader, Found
from bot.understanding.normal_form import MAXIMUM_CHARACTERS, chunks, plain, unspaced
from bot.understanding.points import ENGLISH, Points, as_matches, is_emergency
from bot.understanding.reading import GRAVITY, Match, Reading

__all__ = ["MAXIMUM_CHARACTERS", "Match", "Reader", "Reading"]


_FEWEST_WORDS_TOLD = 6
"""A message of fewer words that asks for help in general is just that; a longer one tells what it is about."""


_FEWEST_KNOWN = 0.3
"""The least share of a message's words that a language knows for them to be weighed."""

_MOST_KNOWN = 0.7
"""The share of a message's words with which it is in English, and no other language is asked."""

_ENGLISH = 0.85
"""The share of a message's words from which on it is in English and nothing else."""


class Reader:
    """All phrases of the content, compiled once. Keeps nothing of what it reads."""

    def __init__(self, content: Content) -> None:
        """A language with spellings of its own is read by itself, all others together."""
        apart = [[book] for book in content.phrase_books.values() if book.spellings]
        together = [book for book in content.phrase_books.values() if not book.spellings]
        groups = [_in_order(books) for books in (*apart, together) if books]
        with collecting_later():
            self._readers = tuple(BookReader(books) for books in groups)
        self._languages = [{book.language for book in books} for books in groups]
        self._points = [[Points(book) for book in books if book.point_columns] for books in groups]

    def read(self, text: str, language: str = "") -> Reading | None:
        """The gravest match in ``text``, then the longest, then the intent listed first. Where no phrase fits, what its
        words speak for together; None where that is nothing.

        ``language`` is a hint (of an app, say): between matches equally good, those in that language come first.
        """
        typed = chunks(unspaced(plain(text)))
        matches, found = self._found(typed, language)
        if matches and _is_plain(matches[0]):
            return Reading(matches)
        said = next((match for match in matches if not match.listed.faint), None)
        points, words, number = self._language_of(typed, found, said)
        short = said is None and bool(matches) and len(words) < _FEWEST_WORDS_TOLD
        if points is None or short or (said and (_is_all(said, words) or not points.judges(said.intent))):
            return Reading(matches) if matches else None
        calm = number < len(found) and bool(found[number].harmless)
        weighed = points.weigh(words, calm=calm, said=said.intent if said else None)
        if not weighed or (said and weighed[0].intent.target == said.intent.target):
            return Reading(matches) if matches else None
        guesses = as_matches(weighed, len(words))
        if said and points.names(said.intent.target.flow):
            guesses = (guesses[0], said)
        return Reading(guesses, guessed=True)

    def _language_of(
        self, typed: list[str], found: Sequence[Found], said: Match | None
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

    def _is_english(self, typed: list[str]) -> bool:
        """Whether so many words are English that what looks like another language's word is none."""
        english = self._points[0][0] if self._points and self._points[0] else None
        return english is not None and len(typed) >= _FEWEST_WORDS_TOLD and english.known(typed) >= _ENGLISH

    def words(self, text: str, language: str = ENGLISH) -> list[str]:
        """The words of ``text`` as the phrases of a language know them, for authors."""
        found = chunks(unspaced(plain(text)))
        for reader, languages in zip(self._readers, self._languages, strict=True):
            if language in languages:
                return reader.words(found)
        return found

    def matches(self, text: str, language: str = "") -> tuple[Match, ...]:
        """The best match of every intent, the one to answer first. ``language`` as for `read`."""
        return self._found(chunks(unspaced(plain(text))), language)[0]

    def _found(self, typed: list[str], language: str) -> tuple[tuple[Match, ...], list[Found]]:
        """The best match of every intent, the one to answer first, and what each reader that was asked found."""
        readers = self._readers[:1] if self._is_english(typed) else self._readers
        found = [reader.matches(typed) for reader in readers]
        harmless = frozenset[str]().union(*(one.harmless for one in found))
        every = [
            match
            for one in found
            for match in one.matches
            if len(found) == 1 or not (_is_harmless(match, harmless - one.harmless) or _is_part(match, found, one))
        ]
        every = [match for match in every if not match.listed.faint] or every
        every.sort(key=lambda match: (match.order[:-1], match.intent.language != language, match.order[-1]))
        return tuple({match.intent.id: match for match in reversed(every)}.values())[::-1], found


def _is_plain(match: Match) -> bool:
    """Whether nothing else is weighed: it says an emergency, or it is a greeting and the like that is all that was
    written, or it is a phrase of another language than English.
    """
    return is_emergency(match.intent) or match.intent.whole or match.intent.language != ENGLISH


def _is_all(match: Match, words: Sequence[str]) -> bool:
    """Whether nothing was written but what its phrase names."""
    return match.first == 0 and match.last >= len(words) - 1


def _is_part(match: Match, found: Sequence[Found], own: Found) -> bool:
    """Whether its words are but a part of what was found in another language (*abuse* is French as well)."""
    said = {*match.words.split()}
    return any(said < {*other.words.split()} for one in found if one is not own for other in one.matches)


def _is_harmless(match: Match, harmless: frozenset[str]) -> bool:
    """Whether all words of a grave match mean no harm in another language (*Suicide Squad* is a film)."""
    return bool(harmless) and GRAVITY[match.risk] <= GRAVITY[Risk.HIGH] and harmless.issuperset(match.words.split())


def _in_order(books: list[PhraseBook]) -> tuple[PhraseBook, ...]:
    return tuple(sorted(books, key=lambda book: book.language))
