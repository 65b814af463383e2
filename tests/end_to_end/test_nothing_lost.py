"""Nothing is lost while replicas die and content changes; `tests/tools/nothing_lost.py` does it for two minutes."""

from __future__ import annotations

import os

import pytest

from tests.tools.nothing_lost import trial


@pytest.mark.skipif(
    not os.environ.get("NOTHING_LOST"), reason="it takes long and needs a quiet machine: NOTHING_LOST=1"
)
async def test_every_press_is_answered_rightly_while_replicas_are_killed_and_given_new_content() -> None:
    outcome = await trial(9, every=3)
    assert outcome.unanswered == []
    assert outcome.wrong == []
    assert outcome.kills >= 2
    assert outcome.presses > 30
    assert len(outcome.shown) >= 2, "the new content was seen by somebody"
