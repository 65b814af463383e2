"""Nothing that can be typed makes the reader stumble. `python -m tests.understanding.fuzz` reads far more."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.understanding.classifying import classify
from bot.understanding.reader import Reader
from tests.understanding.fuzz import LONGEST_SECONDS, fuzz


@pytest.mark.parametrize("seed", [1, 2])
def test_a_thousand_made_up_messages_are_read_without_error_and_quickly(reader: Reader, seed: int) -> None:
    assert fuzz(reader, 1_000, seed) < LONGEST_SECONDS


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=400))
def test_any_text_has_an_answer_that_is_the_same_every_time(reader: Reader, text: str) -> None:
    assert classify(reader, text) == classify(reader, text)
