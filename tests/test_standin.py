"""The stand-in for Telegram can be trusted: people see what they would see, and updates travel as they would."""

from __future__ import annotations

import asyncio
import json

import aiohttp
import pytest
import telegram
from aiohttp import web

from tests.standin import KINDS, OTHER_UPDATES, Person, StandIn, standin_in_thread
from tests.standin.tiny_bot import QUIET, TinyBot, keyboard, ptb

pytest_plugins = ("tests.standin.fixtures",)

# What people do and see


async def test_a_person_types_sees_a_menu_presses_and_sees_the_page(standin: StandIn, running: TinyBot) -> None:
    person = standin.person()
    await person.types("/start")
    menu = await person.sees()
    assert (menu.text, menu.html) == ("What is going on?", "<b>What is going on?</b>")
    assert menu.labels == ("Get help now", "Leave")
    assert menu.button_data("Leave") == "to Leave"

    await person.presses("Leave")
    page = await person.sees()
    assert (page.text, page.message_id, page.buttons) == ("Page of to Leave", menu.message_id, ())
    assert [seen.text for seen in person.messages] == ["/start", "Page of to Leave"]
    assert person.toasts == ("One moment",)
    await standin.settles()
    standin.assert_clean()
    standin.assert_private()


async def test_a_button_that_is_not_there_is_an_error_that_lists_what_is(running: TinyBot, standin: StandIn) -> None:
    person = standin.person()
    await person.types("hello")
    await person.sees()
    with pytest.raises(AssertionError, match="no button 'get help'; near: 'Get help now'; there are: 'Get help now'"):
        await person.presses("get help")


async def test_silence_is_told_with_its_reason(standin: StandIn, bot: TinyBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.standin.room.FETCHED_WITHIN", 0.05)
    person = standin.person()
    await person.types("hello")
    with pytest.raises(AssertionError, match="the bot has not fetched the update"):
        await person.sees(within=0.05)
    with pytest.raises(AssertionError, match="its silence means nothing"):
        await person.sees_nothing()
    await bot.call("getUpdates")
    with pytest.raises(AssertionError, match="fetched the update and showed nothing"):
        await person.sees(within=0.05)
    await person.sees_nothing(within=0.05)


async def test_a_press_is_only_over_when_it_was_answered(standin: StandIn, bot: TinyBot, person: Person) -> None:
    sent = await bot.say(person, reply_markup=keyboard("A"))
    await person.presses("A")
    await bot.call("getUpdates")
    await bot.edit(person, sent["message_id"], "changed")
    with pytest.raises(AssertionError, match="the button is busy"):
        await person.sees(within=0.05)
    with pytest.raises(AssertionError, match="was never answered"):
        standin.assert_clean()


async def test_every_kind_of_message_and_update_is_one_the_library_knows(
    standin: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    async with ptb(standin) as library:
        everything = [str(kind) for kind in telegram.constants.UpdateType]
        await library.get_updates(offset=0, timeout=0, allowed_updates=everything)
        person = standin.person()
        for kind in KINDS:
            await person.sends(kind)
        for kind in OTHER_UPDATES:
            await person.causes(kind)
        first = await library.get_updates(timeout=0)
        rest = await library.get_updates(offset=first[-1].update_id + 1, timeout=0)
    updates = [*first, *rest]
    assert len(updates) == len(KINDS) + len(OTHER_UPDATES)
    for kind, update in zip(KINDS, updates, strict=False):
        assert update.message is not None
        assert kind == "unknown" or getattr(update.message, kind), kind
    for kind, update in zip(OTHER_UPDATES, updates[len(KINDS) :], strict=True):
        assert getattr(update, kind), kind
    own_ways = {"message", "edited_message", "channel_post", "edited_channel_post", "callback_query", "my_chat_member"}
    assert set(everything) == set(OTHER_UPDATES) | own_ways
    not_contents = {"business_connection_id", "effect_id", "sender_boost_count", "sender_business_bot"}
    assert {str(kind) for kind in telegram.constants.MessageType} <= set(KINDS) | not_contents


async def test_people_edit_reply_forward_send_albums_and_press_old_or_forged_buttons(
    standin: StandIn, bot: TinyBot, person: Person
) -> None:
    menu = person.messages[0]
    await bot.say(person, reply_markup=keyboard("A"))
    await person.edits(menu, "/start again")
    await person.replies(person.menu, "what is this?")
    await person.forwards("not my words", origin="hidden_user")
    await person.sends_album(2, caption="look")
    await person.presses("A", too_old=True)
    await person.forges("garbage")
    await person.forges("garbage", elsewhere=True)
    got = (await bot.call("getUpdates"))["result"]
    assert got[0]["edited_message"]["text"] == "/start again"
    assert got[1]["message"]["reply_to_message"]["reply_markup"] == keyboard("A")
    assert got[2]["message"]["forward_origin"]["type"] == "hidden_user"
    assert got[3]["message"]["media_group_id"] == got[4]["message"]["media_group_id"]
    assert got[3]["message"]["caption"] == "look"
    assert got[5]["callback_query"]["message"]["date"] == 0
    assert got[6]["callback_query"]["data"] == "garbage"
    assert "message" not in got[7]["callback_query"]
    assert got[1]["message"]["from"]["first_name"] == person.first_name
    assert person.first_name in standin.canaries.found_in(json.dumps(got))


async def test_a_group_hears_little_and_can_be_left(standin: StandIn, bot: TinyBot, person: Person) -> None:
    group = standin.group()
    await group.adds_bot(person)
    await group.types(person, "talk among people")
    await group.types(person, f"/start@{standin.username}")
    got = (await bot.call("getUpdates"))["result"]
    assert got[0]["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert got[1]["message"]["new_chat_members"][0]["is_bot"]
    assert [update["message"].get("text") for update in got[2:]] == [f"/start@{standin.username}"]
    assert (await bot.call("leaveChat", chat_id=group.chat.id))["ok"]
    late = await bot.call("sendMessage", chat_id=group.chat.id, text="x", link_preview_options=QUIET)
    assert late["description"] == "Forbidden: bot is not a member of the supergroup chat"
    private = await bot.call("leaveChat", chat_id=person.id)
    assert private["description"] == "Bad Request: chat member status can't be changed in private chats"


async def test_a_group_that_became_a_supergroup_says_where_it_went(
    standin: StandIn, bot: TinyBot, person: Person
) -> None:
    group = standin.group(kind="group")
    await group.adds_bot(person)
    new = await group.upgrades()
    answer = await bot.call("sendMessage", chat_id=group.chat.id, text="x")
    assert answer["parameters"] == {"migrate_to_chat_id": new.chat.id}


async def test_a_channel_post_has_no_author(standin: StandIn, bot: TinyBot) -> None:
    channel = standin.channel()
    await channel.edits(await channel.posts("news"), "newer news")
    posted, edited = (await bot.call("getUpdates"))["result"]
    assert "from" not in posted["channel_post"]
    assert edited["edited_channel_post"]["text"] == "newer news"


# How updates travel


async def test_updates_come_again_until_they_are_confirmed(standin: StandIn, bot: TinyBot) -> None:
    person = standin.person()
    await person.types("one")
    await person.types("two")
    [first] = (await bot.call("getUpdates", limit=1))["result"]
    again = (await bot.call("getUpdates"))["result"]
    assert [update["message"]["text"] for update in again] == ["one", "two"]
    [second] = (await bot.call("getUpdates", offset=first["update_id"] + 1))["result"]
    assert second["message"]["text"] == "two"
    assert (await bot.call("getUpdates", offset=second["update_id"] + 1))["result"] == []
    standin.updates.repeat(first["update_id"])
    assert (await bot.call("getUpdates"))["result"] == [first]


async def test_presses_live_150_seconds_and_messages_a_day(standin: StandIn, bot: TinyBot, person: Person) -> None:
    await bot.say(person, reply_markup=keyboard("A"))
    await person.types("help")
    await person.presses("A")
    standin.clock.shift(seconds=151)
    [left] = (await bot.call("getUpdates"))["result"]
    assert left["message"]["text"] == "help"
    standin.clock.shift(hours=24)
    assert (await bot.call("getUpdates"))["result"] == []


async def test_a_long_poll_waits_and_is_woken(standin: StandIn, bot: TinyBot) -> None:
    person = standin.person()
    waiting = asyncio.create_task(bot.call("getUpdates", timeout=20))
    await standin.is_polled()
    assert not waiting.done()
    await person.types("hello")
    assert len((await asyncio.wait_for(waiting, 2))["result"]) == 1


async def test_the_older_of_two_polls_ends_with_a_conflict(standin: StandIn, bot: TinyBot) -> None:
    older = asyncio.create_task(bot.call("getUpdates", timeout=20))
    await standin.is_polled()
    newer = asyncio.create_task(bot.call("getUpdates", timeout=1))
    answer = await older
    assert answer["error_code"] == 409
    assert answer["description"].startswith("Conflict: terminated by other getUpdates request")
    assert (await newer)["ok"]


async def test_a_poller_that_dies_leaves_no_conflict_and_loses_nothing(standin: StandIn, bot: TinyBot) -> None:
    dying = asyncio.create_task(bot.call("getUpdates", timeout=20))
    await standin.is_polled()
    dying.cancel()
    assert await standin.reaches(lambda: standin.calls("getUpdates")[0].fault == "connection lost")
    person = standin.person()
    await person.types("still there?")
    assert len((await bot.call("getUpdates", timeout=5))["result"]) == 1
    assert standin.refusals == []


async def test_subscriptions_stick_until_they_are_changed(standin: StandIn, bot: TinyBot, person: Person) -> None:
    await bot.call("getUpdates", allowed_updates=["callback_query"])
    await bot.call("getUpdates")
    await person.types("not heard")
    assert (await bot.call("getUpdates"))["result"] == []
    await bot.call("getUpdates", allowed_updates=[])
    await person.types("heard")
    assert len((await bot.call("getUpdates"))["result"]) == 1


async def test_a_webhook_gets_updates_with_its_secret_until_it_says_200(
    standin: StandIn, bot: TinyBot, person: Person
) -> None:
    got: list[tuple[str | None, str]] = []

    async def receive(request: web.Request) -> web.Response:
        body = await request.json()
        got.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), body["message"]["text"]))
        if len(got) == 1:
            return web.Response(status=503)
        reply = {"method": "sendMessage", "chat_id": person.id, "text": "hi", "link_preview_options": QUIET}
        return web.json_response(reply)

    application = web.Application()
    application.router.add_post("/hook", receive)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    assert (await bot.call("setWebhook", url=address, secret_token="not allowed"))["error_code"] == 400
    assert (await bot.call("setWebhook", url=address, secret_token="s3cret"))["ok"]
    assert (await bot.call("getUpdates"))["description"].startswith("Conflict: can't use getUpdates method while")
    await person.types("hello")
    assert (await person.sees()).text == "hi"
    assert got == [("s3cret", "hello"), ("s3cret", "hello")]
    info = (await bot.call("getWebhookInfo"))["result"]
    assert (info["pending_update_count"], "503" in info["last_error_message"]) == (0, True)
    await bot.call("deleteWebhook")
    assert (await bot.call("getUpdates"))["ok"]
    await runner.cleanup()


# Other ways to reach it


async def test_the_library_sends_edits_answers_and_reads_refusals(
    standin: StandIn, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    quiet = telegram.LinkPreviewOptions(is_disabled=True)
    menu = telegram.InlineKeyboardMarkup.from_button(telegram.InlineKeyboardButton("A", callback_data="a"))
    async with ptb(standin) as library:
        sent = await library.send_message(
            person.id, "<b>hi</b>", parse_mode="HTML", link_preview_options=quiet, reply_markup=menu
        )
        await person.presses("A")
        [update] = await library.get_updates(timeout=1)
        assert update.callback_query is not None
        await update.callback_query.answer()
        await update.callback_query.edit_message_text("new", link_preview_options=quiet)
        assert (await person.sees()).text == "new"
        with pytest.raises(telegram.error.BadRequest, match="not modified"):
            await sent.edit_text("new", link_preview_options=quiet)
        await person.blocks()
        with pytest.raises(telegram.error.Forbidden):
            await library.send_message(person.id, "x", link_preview_options=quiet)
        standin.faults.floods("sendMessage", 7)
        with pytest.raises(telegram.error.RetryAfter):
            await library.send_message(person.id, "x")
        standin.faults.fails("sendMessage", 502)
        with pytest.raises(telegram.error.NetworkError):
            await library.send_message(person.id, "x")
    standin.assert_clean(allow=["message is not modified"])


async def test_forms_multipart_and_the_query_string_are_read_like_json(
    standin: StandIn, bot: TinyBot, person: Person
) -> None:
    fields = {"chat_id": str(person.id), "text": "[1]", "link_preview_options": json.dumps(QUIET)}
    multipart = aiohttp.FormData(fields)
    multipart.add_field("upload", b"bytes", filename="x.txt")
    async with aiohttp.ClientSession() as session:
        for body in (fields, multipart):
            async with session.post(f"{bot.base}/sendmessage", data=body) as response:
                assert (await response.json())["ok"]
        async with session.get(f"{bot.base}/sendMessage", params=fields) as response:
            assert (await response.json())["ok"]
    assert [seen.text for seen in person.answers] == ["[1]"] * 3
    assert standin.calls("sendMessage")[0].parameters["link_preview_options"] == QUIET
    assert standin.findings == []


async def test_leaks_are_found(standin: StandIn, bot: TinyBot, person: Person) -> None:
    await bot.say(person, "Hello you")
    standin.assert_private()
    await bot.say(person, f"Hello {person.first_name}")
    with pytest.raises(AssertionError, match=f"{person.first_name} in text of sendMessage"):
        standin.assert_private()
    assert standin.canaries.found_in(f"log line with {person.id}") == [str(person.id)]


def test_tests_without_a_loop_run_it_in_a_thread() -> None:
    with standin_in_thread() as there:
        person = there.telegram.person()
        there.run(person.types("hello"))
        assert [seen.text for seen in person.messages] == ["hello"]
