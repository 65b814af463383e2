"""Words of other alphabets that look like Latin ones are found, and a hint at the language decides what nothing else
does.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.content.load import load
from bot.understanding.classifying import classify_lines
from bot.understanding.reader import Reader

PHRASES = """
language: {language}
intents:
  one_of_{language}:
    go: menu
    risk: concern
    phrases:
      - {phrase}
"""


def reader_of(folder: Path, **phrases: str) -> Reader:
    files = folder / "flows" / "phrases"
    files.mkdir(parents=True)
    for language, phrase in phrases.items():
        (files / f"{language}.yaml").write_text(PHRASES.format(language=language, phrase=phrase), encoding="utf-8")
    return Reader(load(["base", str(folder)]))


@pytest.mark.parametrize(
    "text",
    ["осух", "у мене осух вдома", "так осух, кажу", "ocyx", "is it осух or what", "ОСУХ"],
    ids=["alone", "among its own", "beside signs", "in Latin letters", "among Latin words", "in capitals"],
)
def test_a_word_all_letters_of_which_look_latin_is_found(tmp_path: Path, text: str) -> None:
    reader = reader_of(tmp_path, uk="осух")
    assert any(match.intent.id == "one_of_uk" for match in reader.matches(text))


def test_letters_that_look_latin_stay_what_they_are_in_words_that_have_others(tmp_path: Path) -> None:
    reader = reader_of(tmp_path, uk="осухдит")
    assert any(match.intent.id == "one_of_uk" for match in reader.matches("він каже осухдит"))


@pytest.mark.parametrize(("hint", "answered"), [("pl", "pl"), ("es", "es"), ("", "es"), ("xx", "es")])
def test_the_hinted_language_answers_where_two_are_equally_likely(tmp_path: Path, hint: str, answered: str) -> None:
    reader = reader_of(tmp_path, es="zumbra", pl="zumbra")
    reading = reader.read("zumbra", hint)
    assert reading is not None
    assert reading.language == answered


def test_a_hint_never_lowers_the_risk(tmp_path: Path) -> None:
    reader = reader_of(tmp_path, pl="zumbra")
    plain, hinted = (reader.read("zumbra he is going to kill me", hint) for hint in ("", "pl"))
    assert plain is not None
    assert hinted is not None
    assert (hinted.risk, hinted.intent.id) == (plain.risk, plain.intent.id)


def test_classify_takes_the_hint_of_a_line_and_ignores_what_is_none(tmp_path: Path) -> None:
    reader = reader_of(tmp_path, es="zumbra", pl="zumbra")
    lines = [json.dumps({"text": "zumbra", "lang": lang}) for lang in ("pl", 7, None, ["pl"])]
    answers = [json.loads(line)["intent"] for line in classify_lines(reader, lines)]
    assert answers == ["one_of_pl", "one_of_es", "one_of_es", "one_of_es"]
