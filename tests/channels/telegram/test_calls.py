"""Each error of Telegram handled as what it is."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
import telegram as library
from telegram.error import BadRequest, TelegramError

from bot.channels.telegram.calls import Calls
from bot.channels.telegram.request import LineRequest
from bot.channels.telegram.retrying import LONGEST_PAUSE, Patience, pause_before
from tests.standin import Person, Seen, StandIn


@pytest.fixture
async def calls(telegram: StandIn) -> AsyncIterator[Calls]:
    request = LineRequest(telegram.url)
    bot = library.Bot(telegram.token, f"{telegram.url}/bot", request=request, get_updates_request=request)
    async with request:
        yield Calls(bot, Patience(answer=1.0, edit=4.0, send=4.0))


@pytest.fixture
async def person(telegram: StandIn) -> Person:
    somebody = telegram.person()
    await somebody.types("hello")
    return somebody


@pytest.fixture
async def menu(calls: Calls, person: Person) -> Seen:
    await calls.send(person.id, "Menu", [[{"text": "Go", "callback_data": "x"}]])
    return person.menu


def texts(person: Person) -> list[str]:
    return [seen.text for seen in person.answers]


async def test_a_message_is_html_without_preview(telegram: StandIn, calls: Calls, person: Person) -> None:
    await calls.send(person.id, '<b>See</b> <a href="https://example.org">this</a>')
    assert texts(person) == ["See this"]
    telegram.assert_clean()


async def test_plain_text_is_not_read_as_html(calls: Calls, person: Person) -> None:
    await calls.send(person.id, "1 < 2 & 3", html=False)
    assert texts(person) == ["1 < 2 & 3"]


@pytest.mark.parametrize("status", [500, 502, 503, 401, 404])
async def test_a_message_refused_by_the_server_is_sent_again(
    telegram: StandIn, calls: Calls, person: Person, status: int
) -> None:
    telegram.faults.fails("sendMessage", status, calls=2)
    await calls.send(person.id, "Help")
    assert texts(person) == ["Help"]


async def test_the_wait_that_telegram_asks_for_is_kept(telegram: StandIn, calls: Calls, person: Person) -> None:
    telegram.faults.floods("sendMessage", 1)
    begun = time.monotonic()
    await calls.send(person.id, "Help")
    assert texts(person) == ["Help"]
    assert time.monotonic() - begun >= 1.0


async def test_a_wait_longer_than_the_answer_is_worth_is_an_error(
    telegram: StandIn, calls: Calls, person: Person
) -> None:
    telegram.faults.floods("sendMessage", 60)
    with pytest.raises(TelegramError):
        await calls.send(person.id, "Help")


async def test_a_message_of_unknown_fate_is_sent_once_more_because_silence_is_worse(
    telegram: StandIn, calls: Calls, person: Person
) -> None:
    telegram.faults.cuts_before("sendMessage")
    await calls.send(person.id, "Help")
    assert texts(person) == ["Help"]


async def test_a_line_that_breaks_after_every_message_does_not_fill_the_chat(
    telegram: StandIn, calls: Calls, person: Person
) -> None:
    telegram.faults.cuts_after("sendMessage", calls=None)
    with pytest.raises(TelegramError):
        await calls.send(person.id, "Help")
    assert texts(person) == ["Help", "Help"]


async def test_a_message_cut_off_by_an_outage_is_sent_when_it_ends(
    telegram: StandIn, calls: Calls, person: Person
) -> None:
    telegram.faults.cuts_before("*", calls=4)
    await calls.send(person.id, "Help")
    assert texts(person) == ["Help"]


async def test_a_message_that_never_left_is_sent_when_the_line_is_back(
    telegram: StandIn, calls: Calls, person: Person
) -> None:
    async with telegram.outage():
        sending = asyncio.create_task(calls.send(person.id, "Help"))
        await asyncio.sleep(0.5)
    await sending
    assert texts(person) == ["Help"]


@pytest.mark.parametrize("fault", ["cuts_before", "cuts_after", "garbles"])
async def test_an_edit_is_repeated_until_it_stands(
    telegram: StandIn, calls: Calls, person: Person, menu: Seen, fault: str
) -> None:
    getattr(telegram.faults, fault)("editMessageText")
    assert await calls.edit(person.id, menu.message_id, "Page")
    assert texts(person) == ["Page"]


async def test_an_edit_that_changes_nothing_is_no_error(calls: Calls, person: Person, menu: Seen) -> None:
    assert await calls.edit(person.id, menu.message_id, "Page")
    assert await calls.edit(person.id, menu.message_id, "Page")


async def test_a_menu_that_is_gone_needs_a_new_message(calls: Calls, person: Person, menu: Seen) -> None:
    await person.deletes(menu)
    assert not await calls.edit(person.id, menu.message_id, "Page")


async def test_a_message_that_is_not_ours_needs_a_new_one(calls: Calls, person: Person) -> None:
    assert not await calls.edit(person.id, person.messages[0].message_id, "Page")


async def test_broken_html_is_an_error_to_be_told(calls: Calls, person: Person, menu: Seen) -> None:
    with pytest.raises(BadRequest):
        await calls.edit(person.id, menu.message_id, "<b>never closed")
    with pytest.raises(BadRequest):
        await calls.send(person.id, "<b>never closed")


async def test_somebody_who_blocked_the_bot_gets_nothing_and_nobody_is_troubled(
    telegram: StandIn, calls: Calls, person: Person, menu: Seen
) -> None:
    await person.blocks()
    await calls.send(person.id, "Help")
    assert await calls.edit(person.id, menu.message_id, "Page")
    await calls.delete(person.id, [menu.message_id])
    assert len(telegram.calls("sendMessage", "editMessageText", "deleteMessages")) == 4


async def test_a_press_too_old_to_answer_is_harmless(telegram: StandIn, calls: Calls) -> None:
    await calls.answer("12345")
    assert len(telegram.calls("answerCallbackQuery")) == 1


async def test_messages_are_deleted_as_far_as_they_are_there(telegram: StandIn, calls: Calls, person: Person) -> None:
    await calls.delete(person.id, [person.messages[0].message_id, 4_000])
    assert person.messages == ()
    await calls.delete(person.id, [])
    assert len(telegram.calls("deleteMessages")) == 1


async def test_leaving_where_the_bot_is_not_is_harmless(calls: Calls, telegram: StandIn) -> None:
    await calls.leave(telegram.group().chat.id)


def test_pauses_grow_and_stay_short() -> None:
    pauses = [pause_before(attempt) for attempt in range(40)]
    assert pauses == sorted(pauses)
    assert max(pauses) == LONGEST_PAUSE
