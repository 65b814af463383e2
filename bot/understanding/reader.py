"""Reads typed text by the phrases that authors wrote: what is it about, how grave is it, and which rule says so."""

from __future__ import annotations

from collections.abc import Sequence

from bot.content.collecting import collecting_later
from bot.content.model import Content, PhraseBook
from bot.content.schema import Risk
from bot.understanding.book_reader import BookReader, Found
from bot.understanding.normal_form import MAXIMUM_CHARACTERS, chunks, plain, unspaced
from bot.understanding.points import Points, as_matches
from bot.understanding.reading import GRAVITY, Match, Reading

__all__ = ["MAXIMUM_CHARACTERS", "Match", "Reader", "Reading"]


_FEWEST_WORDS_TOLD = 6
"""A message of fewer words that asks for help in general is just that; a longer one tells what it is about."""


class Reader:
    """All phrases of the content, compiled once. Keeps nothing of what it reads."""

    def __init__(self, content: Content) -> None:
        """A language with spellings of its own is read by itself, all others together."""
        apart = [[book] for book in content.phrase_books.values() if book.spellings]
        together = [book for book in content.phrase_books.values() if not book.spellings]
        with collecting_later():
            self._readers = tuple(BookReader(_in_order(books)) for books in (*apart, together) if books)
        self._points = next((Points(books[0]) for books in apart if books[0].points), None)

    def read(self, text: str, language: str = "") -> Reading | None:
        """The gravest match in ``text``, then the longest, then the intent listed first. Where no phrase fits, what its
        words speak for together; None where that is nothing.

        ``language`` is a hint (of an app, say): between matches equally good, those in that language come first.
        """
        typed = chunks(unspaced(plain(text)))
        matches, harmless = self._found(typed, language)
        if matches and not matches[0].listed.faint:
            return Reading(matches)
        if self._points is not None:
            words = self._readers[0].words(typed)
            short = bool(matches) and len(words) < _FEWEST_WORDS_TOLD
            if not short and (weighed := self._points.weigh(words, calm=harmless)):
                return Reading(as_matches(weighed, len(words)), guessed=True)
        return Reading(matches) if matches else None

    def words(self, text: str) -> list[str]:
        """The words of ``text`` as the first language's phrases know them, for authors."""
        found = chunks(unspaced(plain(text)))
        return self._readers[0].words(found) if self._readers else found

    def matches(self, text: str, language: str = "") -> tuple[Match, ...]:
        """The best match of every intent, the one to answer first. ``language`` as for `read`."""
        return self._found(chunks(unspaced(plain(text))), language)[0]

    def _found(self, typed: list[str], language: str) -> tuple[tuple[Match, ...], bool]:
        """The matches, and whether there are words known to mean no harm, such as a figure of speech."""
        found = [reader.matches(typed) for reader in self._readers]
        harmless = frozenset[str]().union(*(one.harmless for one in found))
        every = [
            match
            for one in found
            for match in one.matches
            if not (_is_harmless(match, harmless - one.harmless) or _is_part(match, found, one))
        ]
        every = [match for match in every if not match.listed.faint] or every
        every.sort(key=lambda match: (match.order[:-1], match.intent.language != language, match.order[-1]))
        return tuple({match.intent.id: match for match in reversed(every)}.values())[::-1], bool(harmless)


def _is_part(match: Match, found: Sequence[Found], own: Found) -> bool:
    """Whether its words are but a part of what was found in another language (*abuse* is French as well)."""
    said = {*match.words.split()}
    return any(said < {*other.words.split()} for one in found if one is not own for other in one.matches)


def _is_harmless(match: Match, harmless: frozenset[str]) -> bool:
    """Whether all words of a grave match mean no harm in another language (*Suicide Squad* is a film)."""
    return bool(harmless) and GRAVITY[match.risk] <= GRAVITY[Risk.HIGH] and harmless.issuperset(match.words.split())


def _in_order(books: list[PhraseBook]) -> tuple[PhraseBook, ...]:
    return tuple(sorted(books, key=lambda book: book.language))
