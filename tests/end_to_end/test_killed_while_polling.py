"""A process that polls is killed while more people have pressed than one poll can hold. Nobody is forgotten."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.end_to_end.process import running_bot
from tests.packs import small_pack
from tests.standin import Person, StandIn

PEOPLE = 120
"""More than the hundred updates of one poll."""

QUICK = 40
"""So many are answered at once, the others after a while."""


async def test_what_telegram_has_forgotten_was_answered_and_everything_else_comes_again(tmp_path: Path) -> None:
    pack = small_pack(tmp_path)
    async with StandIn() as telegram:
        people = [telegram.person() for _ in range(PEOPLE)]
        async with running_bot(telegram, content=pack) as bot:
            for person in people:
                await person.types("/start topic")
            await asyncio.gather(*(person.sees(within=30) for person in people))
            await telegram.settles()
            for person in people[:QUICK]:
                await person.presses("On")
            telegram.faults.slows("editMessageText", 0.4)
            for person in people[QUICK:]:
                await person.presses("On")
            assert await telegram.reaches(lambda: len(telegram.updates.pending) < PEOPLE)
            await asyncio.sleep(0.2)  # polls go out while the others are still in work
            await bot.killed()
        forgotten, answered = PEOPLE - len(telegram.updates.pending), sum(_is_answered(person) for person in people)
        assert 0 < forgotten <= answered < PEOPLE
        telegram.faults.clear()
        async with running_bot(telegram, content=pack):
            assert await telegram.reaches(lambda: all(_is_answered(person) for person in people))
            await telegram.settles()
    # What was answered and not yet forgotten is answered once more, and shows the same.
    telegram.assert_clean(allow=["message is not modified", "query is too old", "was never answered"])


def _is_answered(person: Person) -> bool:
    return "The second screen." in person.messages[-1].text
