"""Capitals, hidden characters, look-alikes, markup and typos cost next to nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.understanding.classifying import EMERGENCY_FLOWS, classify
from bot.understanding.labelled_file import labelled_messages
from bot.understanding.reader import Reader
from tests.understanding.disguises import LOSSY, REVERSIBLE
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


@pytest.mark.parametrize("name", REVERSIBLE)
def test_what_only_looks_different_costs_at_most_two_points(reader: Reader, grave: list[str], name: str) -> None:
    assert share(reader, grave, REVERSIBLE[name]) >= 0.98


@pytest.mark.parametrize("name", LOSSY)
def test_what_loses_letters_costs_at_most_eight_points(reader: Reader, grave: list[str], name: str) -> None:
    assert share(reader, grave, LOSSY[name]) >= 0.92
