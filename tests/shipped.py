"""The shipped content, read once in each process of the tests: reading it takes longer than most tests do."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Final

import pytest

from bot.content import load as loading
from bot.content.load import BASE, load
from bot.content.model import Content
from bot.dialogue import engine as engines
from bot.dialogue import opening
from bot.understanding.reader import Reader


class _Shipped:
    """One reading of it, with the settings that change what is read."""

    def __init__(
        self, default_language: str, languages: tuple[str, ...], *, translated: bool, only_shown: bool
    ) -> None:
        self.content = load(
            default_language=default_language, languages=languages, translated=translated, only_shown=only_shown
        )

    @functools.cached_property
    def reader(self) -> Reader:
        """Its phrases, compiled."""
        return Reader(self.content)


_READ: Final[dict[tuple[str, tuple[str, ...], bool, bool], _Shipped]] = {}


def _load(
    packs: Sequence[str] = (BASE,),
    *,
    default_language: str = "en",
    languages: Sequence[str] = (),
    translated: bool = True,
    only_shown: bool = False,
    hours_complaint: Callable[[str], str | None] = lambda _: None,
) -> Content:
    """As `bot.content.load.load`; but what no test changes, and nothing can change once it is loaded, is kept: all of
    it, even where only what is shown is asked for.
    """
    if tuple(packs) != (BASE,):
        return load(
            packs,
            default_language=default_language,
            languages=languages,
            translated=translated,
            only_shown=only_shown,
            hours_complaint=hours_complaint,
        )
    key = (default_language, tuple(languages), translated, only_shown)
    if key not in _READ:
        _READ[key] = _Shipped(default_language, tuple(languages), translated=translated, only_shown=only_shown)
    return _READ[key].content


def _reader(content: Content) -> Reader:
    """As `Reader`; that of the shipped phrases is kept."""
    for shipped in _READ.values():
        if shipped.content.phrase_books is content.phrase_books:
            return shipped.reader
    return Reader(content)


def shipped_content() -> Content:
    """What `bot.content.load.load` makes of it."""
    return _load()


def keep_what_is_shipped(patch: pytest.MonkeyPatch) -> None:
    """Every engine that is opened in this process, by a test or by a command, gets the content that was read once."""
    patch.setattr(loading, "load", _load)
    patch.setattr(opening, "load", _load)
    patch.setattr(engines, "Reader", _reader)
