"""The channel as a person meets it, against the stand-in for Telegram."""

from __future__ import annotations

import time
from datetime import datetime

import pytest

from bot.channels.telegram.profile import COMMANDS
from bot.dialogue.emergency_card import EMERGENCY_CARD
from bot.dialogue.engine import Engine
from bot.dialogue.screen import Screen
from tests.channels.telegram.conftest import running, soon
from tests.standin import MEDIA, OTHER_UPDATES, SERVICE, StandIn


class BrokenEngine(Engine):
    """An engine with a fault in it; its error quotes what it was given, as errors do."""

    def press(self, token: str, now: datetime) -> Screen:
        raise ValueError(f"canary {token} {now}")

    def read(self, text: str, now: datetime, **more: object) -> Screen:
        raise ValueError(f"canary {text} {now} {more}")


async def test_a_press_changes_the_menu_in_place(telegram: StandIn, engine: Engine) -> None:
    somebody = telegram.person()
    async with running(telegram, lambda: engine):
        await somebody.types("/start")
        menu = await somebody.sees()
        await somebody.presses(menu.labels[0])
        page = await somebody.sees()
        assert page.message_id == menu.message_id
        assert page.text != menu.text
        await telegram.settles()
    assert len(somebody.answers) == 1
    telegram.assert_clean()
    telegram.assert_private()


async def test_words_get_a_new_message(telegram: StandIn, engine: Engine) -> None:
    somebody = telegram.person()
    async with running(telegram, lambda: engine):
        await somebody.types("hello")
        first = await somebody.sees()
        await somebody.types("I want to kill myself")
        assert (await somebody.sees()).message_id > first.message_id
        await telegram.settles()
    telegram.assert_clean()


async def test_leave_takes_the_page_and_the_words_away(telegram: StandIn, engine: Engine) -> None:
    somebody = telegram.person()
    async with running(telegram, lambda: engine):
        await somebody.types("I want to")
        await somebody.types("kill myself")
        page = await somebody.sees()
        await somebody.presses(next(label for label in page.labels if label not in {"Leave", "Get help now"}))
        await somebody.sees()
        await somebody.presses("Leave")
        gone = await somebody.sees()
        await telegram.settles()
        assert await telegram.reaches(lambda: len(somebody.messages) == 1)
    assert gone.message_id == page.message_id
    assert not gone.buttons
    telegram.assert_clean()


async def test_stop_is_leave_and_takes_itself_away(telegram: StandIn, engine: Engine) -> None:
    somebody = telegram.person()
    async with running(telegram, lambda: engine):
        await somebody.types("/stop")
        gone = await somebody.sees()
        assert not gone.buttons
        assert await telegram.reaches(lambda: somebody.messages == (gone,))
    telegram.assert_clean()


async def test_leave_on_a_menu_that_is_gone_gives_a_new_neutral_message(telegram: StandIn, engine: Engine) -> None:
    somebody = telegram.person()
    async with running(telegram, lambda: engine):
        await somebody.types("/start")
        menu = await somebody.sees()
        await somebody.presses("Leave", on=menu)
        await somebody.deletes(menu)
        new = await somebody.sees()
        assert new.message_id != menu.message_id
        assert not new.buttons


@pytest.mark.parametrize("how", ["too old to see", "deleted meanwhile"])
async def test_a_menu_that_cannot_be_changed_goes_on_in_a_new_message(
    telegram: StandIn, engine: Engine, how: str
) -> None:
    somebody = telegram.person()
    async with running(telegram, lambda: engine):
        await somebody.types("/start")
        menu = await somebody.sees()
        await somebody.presses("Get help now", too_old=how == "too old to see")
        if how == "deleted meanwhile":
            await somebody.deletes(menu)
        new = await somebody.sees()
        assert new.message_id != menu.message_id
        assert "999" in new.text
        await somebody.presses("Leave", on=new)
        await somebody.sees()
        await telegram.settles()
    assert somebody.messages[0].text == "/start", "nobody knows any more that this was the message answered"
    telegram.assert_clean()


@pytest.mark.parametrize("data", ["", "garbage", "A" * 64, "é", "x" * 32])
async def test_a_forged_press_gets_a_screen(telegram: StandIn, engine: Engine, data: str) -> None:
    somebody = telegram.person()
    async with running(telegram, lambda: engine):
        await somebody.types("/privacy")
        await somebody.sees()
        await somebody.forges(data)
        assert (await somebody.sees()).buttons
        await telegram.settles()
    telegram.assert_clean()


async def test_a_press_elsewhere_is_answered_and_shows_nothing(telegram: StandIn, engine: Engine) -> None:
    somebody = telegram.person()
    async with running(telegram, lambda: engine):
        await somebody.types("/start")
        await somebody.sees()
        await somebody.forges("x", elsewhere=True)
        await telegram.settles()
        await somebody.sees_nothing()
    telegram.assert_clean()


@pytest.mark.parametrize("kind", sorted(MEDIA))
async def test_media_gets_an_answer_and_is_never_fetched(telegram: StandIn, engine: Engine, kind: str) -> None:
    somebody = telegram.person()
    async with running(telegram, lambda: engine):
        await somebody.sends(kind)
        answer = await somebody.sees()
        assert answer.text.startswith("Notice: ")
        assert answer.buttons
        await telegram.settles()
    assert telegram.downloads == []
    telegram.assert_clean()


@pytest.mark.parametrize("kind", sorted(set(SERVICE) - {"suggested_post_info"}))  # that one goes along with words
async def test_what_merely_happens_in_a_chat_gets_no_answer(telegram: StandIn, engine: Engine, kind: str) -> None:
    somebody = telegram.person()
    async with running(telegram, lambda: engine):
        await somebody.sends(kind)
        await somebody.sees_nothing()


@pytest.mark.parametrize("kind", sorted(OTHER_UPDATES))
async def test_other_updates_are_not_asked_for(telegram: StandIn, engine: Engine, kind: str) -> None:
    somebody = telegram.person()
    async with running(telegram, lambda: engine):
        await somebody.types("/start")
        await somebody.sees()
        await somebody.causes(kind)
        assert not telegram.updates.wants(kind) or kind == "my_chat_member"


async def test_an_album_gets_one_answer(telegram: StandIn, engine: Engine) -> None:
    somebody = telegram.person()
    async with running(telegram, lambda: engine):
        await somebody.sends_album(5)
        await somebody.sees()
        await telegram.settles()
    assert len(somebody.answers) == 1


async def test_waiting_messages_are_read_together(telegram: StandIn, engine: Engine) -> None:
    somebody = telegram.person()
    for text in ("I want to", "kill", "myself"):
        await somebody.types(text)
    async with running(telegram, lambda: engine):
        await telegram.settles()
    assert len(somebody.answers) == 1
    assert "999" in somebody.answers[0].text


async def test_forwarded_words_are_not_read_as_the_persons_own(telegram: StandIn, engine: Engine) -> None:
    somebody = telegram.person()
    async with running(telegram, lambda: engine):
        await somebody.forwards("I want to kill myself")
        assert (await somebody.sees()).text.startswith("Notice: forwarded.")


async def test_edited_words_are_answered_in_a_new_message(telegram: StandIn, engine: Engine) -> None:
    somebody = telegram.person()
    async with running(telegram, lambda: engine):
        own = await somebody.types("hello")
        first = await somebody.sees()
        await somebody.edits(own, "I want to kill myself")
        assert (await somebody.sees()).message_id > first.message_id


@pytest.mark.parametrize("place", ["group", "channel"])
async def test_in_a_group_it_asks_once_to_write_in_private_and_leaves(
    telegram: StandIn, engine: Engine, place: str
) -> None:
    somebody = telegram.person()
    group = telegram.group() if place == "group" else telegram.channel()
    async with running(telegram, lambda: engine):
        await group.adds_bot(somebody)
        assert (await group.sees()).text == "Notice: group."
        assert await telegram.reaches(lambda: group.chat.left)
        await telegram.settles()
    assert len(group.answers) == 1
    telegram.assert_clean()


async def test_a_press_is_answered_although_the_page_has_trouble(telegram: StandIn, engine: Engine) -> None:
    somebody = telegram.person()
    async with running(telegram, lambda: engine):
        await somebody.types("/start")
        await somebody.sees()
        telegram.faults.floods("editMessageText", 2)
        press = await somebody.presses("Get help now")
        assert await telegram.reaches(lambda: press.answered)
        assert not [call for call in telegram.calls("editMessageText") if call.status == 200], "the page comes later"
        assert "999" in (await somebody.sees()).text


async def test_the_page_changes_although_the_press_is_too_old_to_answer(telegram: StandIn, engine: Engine) -> None:
    somebody = telegram.person()
    async with running(telegram, lambda: engine):
        await somebody.types("/start")
        menu = await somebody.sees()
        telegram.faults.fails("answerCallbackQuery", 400)
        await somebody.presses("Get help now")
        assert await soon(lambda: somebody.answers[0].text != menu.text)


async def test_one_chat_that_must_wait_holds_up_nobody_else(telegram: StandIn, engine: Engine) -> None:
    slow, quick = telegram.person(), telegram.person()
    async with running(telegram, lambda: engine):
        telegram.faults.floods("sendMessage", 2)
        await slow.types("/start")
        assert await telegram.reaches(lambda: len(telegram.calls("sendMessage")) == 1)
        await quick.types("/start")
        await quick.sees()
        assert not slow.answers, "whoever is quick has not waited for whoever must wait"
        await slow.sees()


async def test_whatever_breaks_the_emergency_card_arrives_and_the_log_tells_no_secrets(
    telegram: StandIn, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    somebody, broken = telegram.person(), BrokenEngine(engine.content)
    async with running(telegram, lambda: broken):
        await somebody.types("words that nobody must see")
        assert (await somebody.sees()).text == EMERGENCY_CARD
        await somebody.types("/start")
        await somebody.sees()
        await somebody.presses("Get help now")
        assert (await somebody.sees()).text == EMERGENCY_CARD
        await telegram.settles()
    lines = [record.getMessage() for record in caplog.records]
    assert [line for line in lines if "ValueError" in line]
    assert not [line for line in lines if "canary" in line or "nobody must see" in line or str(somebody.id) in line]
    assert not telegram.canaries.found_in(caplog.text)


async def test_a_page_that_telegram_refuses_is_replaced_by_the_emergency_card(
    telegram: StandIn, engine: Engine
) -> None:
    somebody = telegram.person()
    async with running(telegram, lambda: engine):
        telegram.faults.fails("sendMessage", 400)
        await somebody.types("/start")
        assert (await somebody.sees()).text == EMERGENCY_CARD


async def test_without_an_engine_the_emergency_card_still_arrives(telegram: StandIn) -> None:
    def nothing() -> Engine:
        raise OSError("the content is gone")

    somebody = telegram.person()
    async with running(telegram, nothing):
        await somebody.types("/start")
        assert (await somebody.sees()).text == EMERGENCY_CARD


async def test_the_profile_is_set_in_every_language_and_only_where_it_differs(
    telegram: StandIn, engine: Engine
) -> None:
    for _ in range(2):
        async with running(telegram, lambda: engine):
            assert await telegram.reaches(lambda: len(telegram.calls("getMyShortDescription")) % 2 == 0)
            await telegram.settles()
    languages = {language for _, language in telegram.profile.commands}
    assert languages >= {""}
    assert [command["command"] for command in telegram.profile.commands["default", ""]] == list(COMMANDS)
    assert "999" in telegram.profile.texts["description", ""]
    assert len(telegram.calls("setMyDescription")) == 1
    telegram.assert_clean()


async def test_trouble_with_the_profile_stops_nothing(telegram: StandIn, engine: Engine) -> None:
    somebody = telegram.person()
    telegram.faults.fails("getMyCommands", 400, calls=None)
    async with running(telegram, lambda: engine):
        await somebody.types("/start")
        await somebody.sees()


async def test_a_stop_lets_the_turn_in_work_be_finished(telegram: StandIn, engine: Engine) -> None:
    somebody = telegram.person()
    telegram.faults.slows("sendMessage", 1.0)
    async with running(telegram, lambda: engine):
        await somebody.types("/start")
        assert await telegram.reaches(lambda: bool(telegram.calls("sendMessage")))
        begun = time.monotonic()
    assert time.monotonic() - begun < 8.0
    assert len(somebody.answers) == 1
    assert telegram.updates.pending == []


async def test_a_stop_does_not_wait_for_ever(telegram: StandIn, engine: Engine) -> None:
    somebody = telegram.person()
    telegram.faults.hangs("sendMessage", calls=None)
    async with running(telegram, lambda: engine):
        await somebody.types("/start")
        assert await telegram.reaches(lambda: bool(telegram.calls("sendMessage")))
        begun = time.monotonic()
    assert time.monotonic() - begun < 15.0
    assert len(telegram.updates.pending) == 1, "it was not answered, so it comes again at the next start"


async def test_a_stop_in_the_middle_loses_nobodys_message(telegram: StandIn, engine: Engine) -> None:
    people = [telegram.person() for _ in range(30)]
    telegram.faults.hangs("sendMessage", calls=None)
    async with running(telegram, lambda: engine):
        for somebody in people:
            await somebody.types("/start")
        assert await telegram.reaches(lambda: len(telegram.calls("sendMessage")) == len(people))
    telegram.faults.clear()
    async with running(telegram, lambda: engine):
        await telegram.settles()
    assert all(len(somebody.answers) == 1 for somebody in people)
