"""Buttons and texts of the engine's own that say something else in another language than before, and not in English.

Of each text a digest is kept for every language: enough to tell that it has changed, and whose words it has now.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.checks.sent.things import Facets, Thing
from bot.content.errors import Place
from bot.content.languages import english_name
from bot.content.model import Content
from bot.content.translatable import TextRole, Translatable, translatables

LABEL: Final = "label"
"""The sort of these things. Their id is that of the text; the facets are digests by language."""

MOST: Final = 12
"""So many are told one by one in a language. More are a translation that was gone through anew: told as one."""

_ROLES: Final = frozenset({TextRole.BUTTON, TextRole.SHARED})


@dataclass(frozen=True, slots=True)
class OtherWords:
    """A translation that says something else now. ``taken``: it says what another button of its screen said."""

    place: Place
    message: str
    about: str
    """As acceptances name it: ``cy:flow.step``."""
    taken: bool = False
    answer: bool = False
    """Whether it is the label of an answer, which says something of a person."""


def labels(content: Content) -> dict[Thing, Facets]:
    """The digests of every such text that is translated; empty where nothing is."""
    found: dict[Thing, dict[str, str]] = {}
    for text in _texts(content):
        by_language = {
            language: _digest(translated.text)
            for language, translation in content.translations.items()
            if (translated := translation.texts.get(text.id)) is not None
        }
        if by_language:
            found[LABEL, text.id] = {content.own_language: _digest(text.text), **by_language}
    return dict(found)


def other_words(old: Mapping[Thing, Facets], content: Content) -> Iterator[OtherWords]:
    """What says something else in a language, while its words in the content's own language are those of before."""
    texts = {text.id: text for text in _texts(content)}
    now = labels(content)
    for language, translation in content.translations.items():
        changed = [
            text
            for (sort, id_), before in old.items()
            if sort == LABEL
            and (text := texts.get(id_)) is not None
            and (after := now.get((LABEL, id_))) is not None
            and after[content.own_language] == before.get(content.own_language)
            and language in before
            and after.get(language, before[language]) != before[language]
        ]
        said = {(_beside(text), old[LABEL, text.id][language]): text for text in changed}
        plain: list[OtherWords] = []
        for text in changed:
            translated = translation.texts[text.id]
            other = said.get((_beside(text), now[LABEL, text.id][language]))
            about = f"{language}:{text.about}"
            begun = f"{english_name(language)}: “{translated.text}” stands for “{text.text}” now"
            if other is not None:
                message = f"{begun}, and stood for “{other.text}” before"
                yield OtherWords(translated.place, message, about, taken=True, answer=text.id.startswith("answer:"))
            else:
                plain.append(OtherWords(translated.place, f"{begun}, which had other words", about))
        if len(plain) <= MOST:
            yield from plain
        else:
            first = plain[0]
            message = f"{first.message}; {len(plain) - 1} more texts in {english_name(language)} have other words too"
            yield OtherWords(first.place, message, first.about)


def _texts(content: Content) -> Iterator[Translatable]:
    if content.translations:
        yield from (text for text in translatables(content) if text.role in _ROLES)


def _beside(text: Translatable) -> tuple[str, str]:
    """What two buttons share that can be taken for each other: the step or answer, or the engine's own."""
    return text.role.value, str(text.about)


def _digest(words: str) -> str:
    return hashlib.blake2s(words.encode(), digest_size=4).hexdigest()
