"""Capitals, hidden characters, look-alikes, markup and typos cost next to nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.understanding.classifying import EMERGENCY_FLOWS, classify
from bot.understanding.labelled_file import labelled_messages
from bot.understanding.reader import Reader
from tests.understanding.disguises import LOSSY, REVERSIBLE, in_the_middle
from tests.understanding.ratchet import FOLDER


@pytest.fixture(scope="module")
def grave(reader: Reader) -> list[str]:
    """Messages of danger and suicide in Latin letters that are understood as they stand."""
    every = [one for split in ("tuning", "rounds") for one in labelled_messages(FOLDER / f"messages_{split}.yaml")]
    texts = [one.text.lower() for one in every if one.is_crisis and one.text.isascii() and one.language == "en"]
    return [text for text in texts if classify(reader, text).flow in EMERGENCY_FLOWS]


def share(reader: Reader, texts: list[str], disguise: Callable[[str], str]) -> float:
    """How many of the messages an emergency flow still answers."""
    return sum(classify(reader, disguise(text)).flow in EMERGENCY_FLOWS for text in texts) / len(texts)


@pytest.fixture(scope="module")
def unseen(reader: Reader) -> list[str]:
    """Messages of danger and suicide that nothing was learnt from, understood or not."""
    every = labelled_messages(FOLDER / "messages_held.yaml")
    return [one.text for one in every if one.is_crisis and one.language == "en"]


@pytest.mark.parametrize("name", [*REVERSIBLE, *LOSSY])
def test_the_same_holds_for_messages_that_nothing_was_learnt_from(reader: Reader, unseen: list[str], name: str) -> None:
    disguise = (REVERSIBLE | LOSSY)[name]
    most_lost = 0.02 if name in REVERSIBLE else 0.08
    assert share(reader, unseen, disguise) >= share(reader, unseen, str) - most_lost


def test_a_sentence_that_matters_is_found_among_many_that_do_not(reader: Reader, unseen: list[str]) -> None:
    amid = share(reader, unseen, in_the_middle)
    assert amid >= share(reader, unseen, str) - 0.08


@pytest.mark.parametrize("name", REVERSIBLE)
def test_what_only_looks_different_costs_at_most_two_points(reader: Reader, grave: list[str], name: str) -> None:
    assert share(reader, grave, REVERSIBLE[name]) >= 0.98


@pytest.mark.parametrize("name", LOSSY)
def test_what_loses_letters_costs_at_most_eight_points(reader: Reader, grave: list[str], name: str) -> None:
    assert share(reader, grave, LOSSY[name]) >= 0.92


def test_a_sign_at_the_end_of_a_word_ends_a_sentence_and_is_no_letter(reader: Reader) -> None:
    assert reader.words("i dont want to be here lol!")[-1] == "lol"
    assert reader.words("i want to d!e!")[-1] == "die"
