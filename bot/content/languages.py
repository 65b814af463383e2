"""The languages Waypost can be read in: what each calls itself, and which way it runs.

A language's code is its ISO 639-1 code (https://www.loc.gov/standards/iso639-2/php/code_list.php): two small letters,
as they stand in tokens, in the names of folders of translations and in ``lang="…"`` of a page.
"""

from __future__ import annotations

import unicodedata
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
    asked_for: tuple[str, ...] = ()
    """Other ways people write its name when they ask for it, in small letters without accents or marks."""


ENGLISH: Final = "en"
"""The language the content is written in: what has no translation is shown in it."""

KNOWN_LANGUAGES: Final[Mapping[str, KnownLanguage]] = MappingProxyType(
    {
        language.code: language
        for language in (
            KnownLanguage("en", "English", "English", asked_for=("in english",)),
            KnownLanguage("cy", "Cymraeg", "Welsh", asked_for=("yn gymraeg", "gymraeg")),
            KnownLanguage("pl", "Polski", "Polish", asked_for=("po polsku",)),
            KnownLanguage("ro", "Română", "Romanian", asked_for=("in romana", "romaneste", "moldoveneasca")),
            KnownLanguage("ur", "اردو", "Urdu", "rtl", asked_for=("urdu", "اردو میں")),
            KnownLanguage("pa", "ਪੰਜਾਬੀ", "Punjabi", asked_for=("panjabi", "punjabi vich", "ਪੰਜਾਬੀ ਵਿੱਚ", "ਪੰਜਾਬੀ ਵਿਚ")),
            KnownLanguage("bn", "বাংলা", "Bengali", asked_for=("bangla", "banglay", "বাংলায়")),
            KnownLanguage("hi", "हिन्दी", "Hindi", asked_for=("hindi mein", "hindi me", "हिंदी", "हिन्दी में", "हिंदी में")),
            KnownLanguage(
                "ar",
                "العربية",
                "Arabic",
                "rtl",
                asked_for=("arabi", "عربي", "عربية", "بالعربية", "بالعربي", "اللغة العربية"),
            ),
            KnownLanguage(
                "uk", "Українська", "Ukrainian", asked_for=("ukrainska", "ukrayinska", "українською", "по українськи")
            ),
            KnownLanguage("so", "Soomaali", "Somali", asked_for=("somali", "af soomaali", "af somali")),
            KnownLanguage("es", "Español", "Spanish", asked_for=("castellano", "en espanol")),
            KnownLanguage("fr", "Français", "French", asked_for=("en francais",)),
            KnownLanguage("pt", "Português", "Portuguese", asked_for=("em portugues", "brasileiro")),
        )
    }
)
"""By code. The order is the one in which people are offered them."""


def direction_of(code: str) -> Direction:
    """Which way a language runs; from left to right for one not known here."""
    known = KNOWN_LANGUAGES.get(code)
    return known.direction if known is not None else "ltr"


def english_name(code: str) -> str:
    """What English calls a language; its code for one not known here."""
    known = KNOWN_LANGUAGES.get(code)
    return known.english_name if known is not None else code


def known_language(tag: str) -> str:
    """The code of the known language a BCP 47 tag such as ``pt-BR`` or ``PL`` belongs to; empty if none."""
    code = tag.strip().replace("_", "-").split("-", 1)[0].lower()
    return code if code in KNOWN_LANGUAGES else ""


def language_named(words: str) -> str:
    """The code of the language that ``words`` name and nothing else, such as "Polski", "in Polish" or "română"."""
    return _NAMED.get(" ".join(_letters(words).removeprefix("in ").split()), "")


def in_order(codes: frozenset[str] | set[str]) -> Iterator[str]:
    """The codes in the order in which languages are offered; those not known here come last, by letter."""
    yield from (code for code in KNOWN_LANGUAGES if code in codes)
    yield from sorted(code for code in codes if code not in KNOWN_LANGUAGES)


_NO_LETTERS: Final = {code: " " for code in range(128) if not chr(code).isalpha()}


def _letters(words: str) -> str:
    """Small letters without accents, with spaces for all signs; marks that other scripts write vowels with stay."""
    if words.isascii():
        return words[:60].lower().translate(_NO_LETTERS)
    plain = unicodedata.normalize("NFKD", words[:60].casefold())
    kept = "".join(character for character in plain if not "\u0300" <= character <= "\u036f")
    return "".join(
        character if character.isalpha() or unicodedata.category(character)[0] == "M" else " " for character in kept
    )


_NAMED: Final[Mapping[str, str]] = MappingProxyType(
    {
        " ".join(_letters(name).removeprefix("in ").split()): language.code
        for language in KNOWN_LANGUAGES.values()
        for name in (language.own_name, language.english_name, *language.asked_for)
    }
)
