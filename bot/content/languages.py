"""The languages Waypost can be read in: what each calls itself, and which way it runs.

A language's code is its ISO 639-1 code (https://www.loc.gov/standards/iso639-2/php/code_list.php): two small letters,
as they stand in tokens, in the names of folders of translations and in ``lang="…"`` of a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

Direction = Literal["ltr", "rtl"]
"""From left to right or from right to left, in the words of HTML's ``dir``."""


@dataclass(frozen=True, slots=True)
class KnownLanguage:
    """A language by its code, as it writes its own name, and as English calls it."""

    code: str
    own_name: str
    english_name: str
    direction: Direction = "ltr"


ENGLISH: Final = "en"
"""The language the content is written in: what has no translation is shown in it."""

KNOWN_LANGUAGES: Final[Mapping[str, KnownLanguage]] = MappingProxyType(
    {
        language.code: language
        for language in (
            KnownLanguage("en", "English", "English"),
            KnownLanguage("cy", "Cymraeg", "Welsh"),
            KnownLanguage("pl", "Polski", "Polish"),
            KnownLanguage("ro", "Română", "Romanian"),
            KnownLanguage("ur", "اردو", "Urdu", "rtl"),
            KnownLanguage("pa", "ਪੰਜਾਬੀ", "Punjabi"),
            KnownLanguage("bn", "বাংলা", "Bengali"),
            KnownLanguage("hi", "हिन्दी", "Hindi"),
            KnownLanguage("ar", "العربية", "Arabic", "rtl"),
            KnownLanguage("uk", "Українська", "Ukrainian"),
            KnownLanguage("so", "Soomaali", "Somali"),
            KnownLanguage("es", "Español", "Spanish"),
            KnownLanguage("fr", "Français", "French"),
            KnownLanguage("pt", "Português", "Portuguese"),
        )
    }
)
"""By code. The order is the one in which people are offered them."""


def direction_of(code: str) -> Direction:
    """Which way a language runs; from left to right for one not known here."""
    known = KNOWN_LANGUAGES.get(code)
    return known.direction if known is not None else "ltr"


def known_language(tag: str) -> str:
    """The code of the known language a BCP 47 tag such as ``pt-BR`` or ``PL`` belongs to; empty if none."""
    code = tag.strip().replace("_", "-").split("-", 1)[0].lower()
    return code if code in KNOWN_LANGUAGES else ""


def in_order(codes: frozenset[str] | set[str]) -> Iterator[str]:
    """The codes in the order in which languages are offered; those not known here come last, by letter."""
    yield from (code for code in KNOWN_LANGUAGES if code in codes)
    yield from sorted(code for code in codes if code not in KNOWN_LANGUAGES)
