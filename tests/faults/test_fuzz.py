"""Three thousand random and mutated updates; `tests/tools/fuzz_updates.py` runs any number of them."""

from __future__ import annotations

from bot.dialogue.engine import Engine
from tests.tools.fuzz_updates import fuzz


async def test_whatever_an_update_holds_nobody_goes_unanswered(engine: Engine) -> None:
    outcome = await fuzz(engine, 1500)
    assert outcome.unanswered == []
    assert outcome.not_accepted == []
    assert outcome.people > 1000
    assert outcome.grown_mib < 5
    assert "getFile" not in outcome.methods
