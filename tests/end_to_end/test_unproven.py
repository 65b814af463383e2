"""Content that nobody has proven is never shown: until it is, people get the emergency card, and never nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.telegram.run import STARTING_SECONDS
from bot.checks.example import write_example
from bot.checks.proven import FILE
from bot.dialogue.emergency_card import EMERGENCY_CARD
from tests.end_to_end.process import RunningBot, running_bot
from tests.packs import small_pack
from tests.proven import as_if_proven
from tests.standin import Person, StandIn


@pytest.fixture
async def telegram() -> AsyncIterator[StandIn]:
    async with StandIn() as running:
        yield running


async def test_sound_content_is_served_as_soon_as_it_is_proven(telegram: StandIn, tmp_path: Path) -> None:
    content = write_example(tmp_path)
    person = telegram.person()
    async with running_bot(telegram, content=content, proven=False) as bot:
        await person.types("/start")
        assert (await person.sees()).text == EMERGENCY_CARD
        await _says(bot, "The content is proven")
        await person.types("/start")
        assert "You have come to the right place" in (await person.sees()).text
        await asyncio.sleep(0.5)
    assert telegram.journal.of("setMyCommands")
    assert (content / FILE).is_file()
    telegram.assert_clean()
    async with running_bot(telegram, content=content, proven=False):
        await person.types("/start")
        assert "You have come to the right place" in (await person.sees()).text


async def test_content_with_errors_is_never_served(telegram: StandIn, tmp_path: Path) -> None:
    content = write_example(tmp_path, {"flows/emergency.yaml": ("  ring:\n", "  ring:\n    when: {nation: wales}\n")})
    person = telegram.person()
    async with running_bot(telegram, content=content, proven=False) as bot:
        await _says(bot, "the check found errors")
        await person.types("help")
        assert (await person.sees()).text == EMERGENCY_CARD
    written = bot.output.decode()
    assert "WP101" in written
    assert "python -m bot check" in written
    assert "Traceback" not in written
    assert not (content / FILE).exists()


async def test_buttons_pressed_meanwhile_and_groups_are_answered_too(telegram: StandIn, tmp_path: Path) -> None:
    content = write_example(tmp_path)
    person = telegram.person()
    async with running_bot(telegram, content=content):
        await person.types("/start")
        await person.sees()
    _alter(content)
    async with running_bot(telegram, content=content, proven=False):
        await person.presses("Talk it through")
        assert await _last(person) == EMERGENCY_CARD
        group = telegram.group()
        await group.adds_bot(by=person)
        async with asyncio.timeout(60):
            while not telegram.journal.of("leaveChat"):  # noqa: ASYNC110 (no bell rings for a call)
                await asyncio.sleep(0.02)
    telegram.assert_clean()


async def test_an_order_to_stop_ends_a_check_in_work(telegram: StandIn, tmp_path: Path) -> None:
    async with running_bot(telegram, content=write_example(tmp_path), proven=False) as bot:
        bot.process.terminate()
        assert await bot.ends(within=20) == 0


def _alter(content: Path) -> None:
    menu = content / "flows" / "menu.yaml"
    menu.write_text(menu.read_text(encoding="utf-8").replace("Hello.", "Hello there."), encoding="utf-8")


async def _says(bot: RunningBot, words: str) -> None:
    async with asyncio.timeout(60):
        while words.encode() not in bot.output:  # noqa: ASYNC110 (no bell rings for a line)
            await asyncio.sleep(0.02)


async def _last(person: Person) -> str:
    async with asyncio.timeout(60):
        while person.messages[-1].text != EMERGENCY_CARD:  # noqa: ASYNC110 (it may not have come yet)
            await asyncio.sleep(0.02)
    return person.messages[-1].text


async def test_a_process_that_starts_amid_a_roll_out_asks_telegram_to_wait_for_the_proof(
    telegram: StandIn, tmp_path: Path
) -> None:
    """The files have come and their proof comes a second later: nobody who presses meanwhile gets another screen."""
    content = as_if_proven(small_pack(tmp_path / "pack"))
    person = telegram.person()
    async with running_bot(telegram, content=content, webhook=True):
        await person.types("/start")
        menu = await person.sees()
    (content / FILE).unlink()
    await person.presses("Another thing", on=menu)
    async with running_bot(telegram, content=content, proven=False, webhook=True):
        await asyncio.sleep(1.0)
        as_if_proven(content)
        assert "The second screen." in (await person.sees(within=10)).text
    assert [seen.message_id for seen in person.answers] == [menu.message_id], "and no card"


async def test_if_no_proof_comes_the_card_does_not_wait_for_it(telegram: StandIn, tmp_path: Path) -> None:
    content = small_pack(tmp_path / "pack")
    person = telegram.person()
    async with running_bot(telegram, content=content, proven=False, webhook=True):
        await person.types("/start")
        assert (await person.sees(within=STARTING_SECONDS + 5)).text == EMERGENCY_CARD
