"""What is spelled by ear or in a hurry is read as it is meant, and nothing is taken for a misspelling."""

from __future__ import annotations

import pytest

from bot.content.schema import Risk
from bot.dialogue.engine import Engine
from bot.understanding.normal_form import words
from bot.understanding.reader import Reader


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kiking the dor in wiv a hamer", "kicking the door in with a hammer"),
        ("plese hury", "please hurry"),
        ("my brover is hideing in the closit", "my brother is hiding in the closet"),
        ("LODS of pils!!", "loads of pills"),
    ],
)
def test_words_spelled_by_ear_are_read_as_they_are_meant(reader: Reader, typed: str, meant: str) -> None:
    assert " ".join(word for word in reader.words(typed) if word.isalnum()) == meant


@pytest.mark.parametrize("word", ["bald", "pal's", "bottling", "dory"])
def test_nothing_is_taken_for_a_misspelling(reader: Reader, word: str) -> None:
    assert reader.words(word) == [word.replace("'", "")]


@pytest.mark.parametrize(
    "text",
    ["hes kiking the dor in", "he puled a nive on me", "sombody brok in", "mum isnt breething", "shes fel of the roof"],
)
def test_a_child_in_danger_need_not_know_how_to_spell(reader: Reader, text: str) -> None:
    reading = reader.read(text)
    assert reading is not None
    assert reading.risk is Risk.IMMEDIATE


def test_no_misspelling_is_a_word_that_a_phrase_names(shipped: Engine) -> None:
    """Else a sign of danger would be read as something else."""
    book = shipped.content.phrase_books["en"]
    typed = {one for key in book.misspellings for one in key.split("|")}
    named = {
        word
        for patterns in (*book.patterns.values(), book.harmless)
        for pattern in patterns
        for part in pattern.parts
        for alternative in part.alternatives
        for word in words(alternative)
    }
    assert sorted(typed & named) == []


def test_none_stands_for_two_words(shipped: Engine) -> None:
    typed = [one for key in shipped.content.phrase_books["en"].misspellings for one in key.split("|")]
    assert len(typed) == len({*typed})
