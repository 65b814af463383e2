"""Nothing is lost while replicas die and content and versions change; the tool behind it does it for two minutes."""

from __future__ import annotations

from tests.tools.nothing_lost import trial


async def test_every_press_is_answered_rightly_while_replicas_are_killed_and_given_new_content() -> None:
    outcome = await trial(12, every=3)
    assert outcome.unanswered == []
    assert outcome.wrong == []
    assert outcome.kills >= 2
    assert outcome.presses > 20
    assert len(outcome.shown) >= 2, "the new content was seen by somebody"
