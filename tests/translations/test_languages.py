"""The list of languages: each named in itself, in a fixed order, found by whatever people call it."""

from __future__ import annotations

import unicodedata

import pytest

from bot.content.languages import KNOWN_LANGUAGES, direction_of, in_order, known_language, language_named


def test_each_language_is_named_in_itself() -> None:
    names = {code: language.own_name for code, language in KNOWN_LANGUAGES.items()}
    assert names == {
        "en": "English",
        "cy": "Cymraeg",
        "pl": "Polski",
        "ro": "Română",
        "ur": "اردو",
        "pa": "ਪੰਜਾਬੀ",
        "bn": "বাংলা",
        "hi": "हिन्दी",
        "ar": "العربية",
        "uk": "Українська",
        "so": "Soomaali",
        "es": "Español",
        "fr": "Français",
        "pt": "Português",
    }


@pytest.mark.parametrize("code", KNOWN_LANGUAGES)
def test_a_language_runs_the_way_its_own_name_does(code: str) -> None:
    first = unicodedata.bidirectional(KNOWN_LANGUAGES[code].own_name[0])
    assert direction_of(code) == ("rtl" if first in {"R", "AL"} else "ltr")


@pytest.mark.parametrize("language", KNOWN_LANGUAGES.values(), ids=lambda language: language.english_name)
def test_a_language_is_found_by_its_names_alone(language: object) -> None:
    known = KNOWN_LANGUAGES[getattr(language, "code", "")]
    for name in (known.own_name, known.english_name.upper(), f"In {known.english_name}!", *known.asked_for):
        assert language_named(name) == known.code
        assert language_named(f"somebody {name} hurts me") == ""


def test_accents_and_capitals_do_not_matter() -> None:
    assert language_named("romana") == language_named("ROMÂNĂ") == "ro"
    assert language_named("espanol") == "es"


@pytest.mark.parametrize("words", ["", "uk", "help", "999", "in", "?", "the"])
def test_other_words_name_no_language(words: str) -> None:
    assert language_named(words) == ""


def test_regions_belong_to_their_language_and_strangers_to_none() -> None:
    assert known_language("pt-BR") == "pt"
    assert known_language("PL") == "pl"
    assert known_language("uk_UA") == "uk"
    assert known_language("de") == known_language("") == ""


def test_languages_come_in_one_order_and_unknown_ones_last() -> None:
    assert list(in_order({"ar", "zz", "en", "cy", "aa"})) == ["en", "cy", "ar", "aa", "zz"]
