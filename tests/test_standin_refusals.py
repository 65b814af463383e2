"""The stand-in refuses what Telegram refuses, in Telegram's words, and breaks the line when it is told to."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest

from tests.standin import Person, StandIn
from tests.standin.tiny_bot import TinyBot, keyboard, ptb

pytest_plugins = ("tests.standin.fixtures",)

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"

# What Telegram refuses


def to_blame(standin: StandIn) -> str | None:
    """Whose fault the last refusal was."""
    return standin.refusals[-1].cause


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "message text is empty"),
        ("   \n ", "text must be non-empty"),
        ("<b> </b>", "text must be non-empty"),
        ("x" * 4097, "message is too long"),
        ("x" * 32769, "text is too long"),
        ("a < b", 'can\'t parse entities: Unsupported start tag "" at byte offset 2'),
        ("ü<br>", 'can\'t parse entities: Unsupported start tag "br" at byte offset 2'),
        ("<b>loud", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ("<b>x</i>", 'can\'t parse entities: Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "can't parse entities: Unexpected end tag at byte offset 1"),
        ("x <b", "can't parse entities: Unclosed start tag at byte offset 2"),
        ("<b>x</b", "can't parse entities: Unclosed end tag at byte offset 4"),
        ('<a href="x', "can't parse entities: Unclosed start tag at byte offset 0"),
        ("<span>x</span>", 'can\'t parse entities: Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
async def test_texts_that_telegram_refuses(bot: TinyBot, person: Person, text: str, refusal: str) -> None:
    assert await bot.say(person, text, parse_mode="HTML") == f"Bad Request: {refusal}"
    assert person.answers == ()


async def test_html_becomes_plain_text_and_entities_in_utf16_units(bot: TinyBot, person: Person) -> None:
    html = ' 🙂<b>bold &lt;<i>both</i></b> &nbsp;&#33; <a href="https://example.org">link</a>\n'
    sent = await bot.say(person, html, parse_mode="HTML")
    assert sent["text"] == "🙂bold <both &nbsp;! link"
    assert sent["entities"] == [
        {"type": "bold", "offset": 2, "length": 10},
        {"type": "italic", "offset": 8, "length": 4},
        {"type": "text_link", "offset": 21, "length": 4, "url": "https://example.org"},
    ]
    assert (await bot.say(person, "x" * 4096 + "<b></b>", parse_mode="HTML"))["text"] == "x" * 4096


@pytest.mark.parametrize(
    ("button", "refusal"),
    [
        ({"text": "A", "callback_data": "ü" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "A"}, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        ({"text": "A", "url": "tel:117"}, "inline keyboard button URL 'tel:117' is invalid: Wrong HTTP URL"),
        (
            {"text": "A", "url": "http://localhost:80/"},
            "inline keyboard button URL 'http://localhost:80/' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "A", "url": "ftp://example.org"},
            "inline keyboard button URL 'ftp://example.org' is invalid: Unsupported URL protocol",
        ),
        ({"callback_data": "a"}, 'can\'t parse inline keyboard button: Field "text" must be of type String'),
    ],
)
async def test_buttons_that_telegram_refuses(
    bot: TinyBot, person: Person, button: dict[str, str], refusal: str
) -> None:
    assert await bot.say(person, reply_markup={"inline_keyboard": [[button]]}) == f"Bad Request: {refusal}"


async def test_keyboards_have_a_size(bot: TinyBot, person: Person) -> None:
    fits = [f"label {number}" for number in range(100)]
    assert (await bot.say(person, reply_markup=keyboard(*fits)))["text"] == "Hello"
    too_long = "Bad Request: reply markup is too long"
    assert await bot.say(person, reply_markup=keyboard(*fits, "one more")) == too_long
    assert await bot.say(person, reply_markup=keyboard(*(f"{'x' * 55}{n}" for n in range(100)))) == too_long


async def test_what_telegram_takes_without_a_word_is_a_finding(standin: StandIn, bot: TinyBot, person: Person) -> None:
    await bot.call("sendMessage", chat_id=person.id, text="https://example.org")
    await bot.say(person, '<a href="tel:117">117</a>', parse_mode="HTML")
    await bot.say(person, reply_markup={"inline_keyboard": [[{"text": "  ", "callback_data": "a"}]]})
    await bot.say(person, reply_markup={"inline_keyboard": [[{"text": "Mail", "url": "mailto:a@example.org"}]]})
    kinds = [finding.kind for finding in standin.findings]
    assert kinds == ["preview_enabled", "link_vanished", "blank_label", "link_rewritten"]
    assert person.answers[0].preview
    assert person.answers[2].buttons == ()
    with pytest.raises(AssertionError, match="preview_enabled"):
        standin.assert_clean()


async def test_edits_that_telegram_refuses(bot: TinyBot, person: Person, standin: StandIn) -> None:
    sent = await bot.say(person, "<b>one</b>", parse_mode="HTML", reply_markup=keyboard("A"))
    number = sent["message_id"]
    same = await bot.edit(person, number, "<b>one</b> ", parse_mode="HTML", reply_markup=keyboard("A"))
    assert same.startswith("Bad Request: message is not modified: specified new message content")
    plain = await bot.edit(person, number, "one", reply_markup=keyboard("A"))
    assert "entities" not in plain
    without_keyboard = await bot.edit(person, number, "one")
    assert "reply_markup" not in without_keyboard
    markup = await bot.call("editMessageReplyMarkup", chat_id=person.id, message_id=number)
    assert "message is not modified" in markup["description"]
    assert await bot.edit(person, 1, "x") == "Bad Request: message to edit not found"
    assert await bot.edit(person, person.messages[0].message_id, "x") == "Bad Request: message can't be edited"
    other = standin.person()
    await other.types("hi")
    assert await bot.edit(other, number, "x") == "Bad Request: message to edit not found"
    await person.deletes(person.answers[0])
    assert await bot.edit(person, number, "x") == "Bad Request: message to edit not found"
    assert to_blame(standin) == "world"


async def test_ids_count_through_all_private_chats(bot: TinyBot, standin: StandIn, person: Person) -> None:
    other = standin.person()
    await other.types("hi")
    first = await bot.say(person)
    second = await bot.say(other)
    assert second["message_id"] == first["message_id"] + 1


async def test_messages_can_be_deleted_for_two_days(standin: StandIn, bot: TinyBot, person: Person) -> None:
    typed, sent, kept = person.messages[0].message_id, await bot.say(person), await bot.say(person, "stays")
    answer = await bot.call("deleteMessages", chat_id=person.id, message_ids=[typed, sent["message_id"], 5])
    assert answer == {"ok": True, "result": True}
    assert [seen.text for seen in person.messages] == ["stays"]
    many = await bot.call("deleteMessages", chat_id=person.id, message_ids=list(range(1, 102)))
    assert many["description"] == "Bad Request: too many message identifiers specified"
    gone = await bot.call("deleteMessage", chat_id=person.id, message_id=typed)
    assert gone["description"] == "Bad Request: message to delete not found"
    standin.clock.shift(hours=48.1)
    old = await bot.call("deleteMessage", chat_id=person.id, message_id=kept["message_id"])
    assert old["description"] == "Bad Request: message can't be deleted for everyone"


async def test_a_press_is_answered_once_and_within_15_seconds(standin: StandIn, bot: TinyBot, person: Person) -> None:
    await bot.say(person, reply_markup=keyboard("A"))

    async def answer(query_id: str, **more: str) -> Any:
        return await bot.call("answerCallbackQuery", callback_query_id=query_id, **more)

    press = await person.presses("A")
    await bot.call("getUpdates", offset=-1)
    assert (await answer(press.query_id, text="x" * 201))["description"] == "Bad Request: MESSAGE_TOO_LONG"
    assert (await answer(press.query_id, text="x" * 200))["ok"]
    assert (await answer(press.query_id))["description"] == TOO_OLD
    assert (await answer("123"))["description"] == TOO_OLD
    slow = await person.presses("A")
    await bot.call("getUpdates", offset=-1)
    standin.clock.shift(seconds=16)
    assert (await answer(slow.query_id))["description"] == TOO_OLD
    assert to_blame(standin) == "bot"
    away = await person.presses("A")
    standin.clock.shift(seconds=16)
    await bot.call("getUpdates", offset=-1)
    assert (await answer(away.query_id))["description"] == TOO_OLD
    assert to_blame(standin) == "world"


async def test_people_whom_the_bot_may_not_write_to(standin: StandIn, bot: TinyBot, person: Person) -> None:
    stranger = standin.person()
    assert await bot.say(stranger) == "Forbidden: bot can't initiate conversation with a user"
    await person.blocks()
    assert await bot.say(person) == "Forbidden: bot was blocked by the user"
    [update] = (await bot.call("getUpdates"))["result"]
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    await person.deactivates()
    assert await bot.say(person) == "Forbidden: user is deactivated"
    nobody = await bot.call("sendMessage", chat_id=5, text="x")
    assert nobody["description"] == "Bad Request: chat not found"
    assert (await bot.call("sendMessage", text="x"))["description"] == "Bad Request: chat_id is empty"


@pytest.mark.parametrize(
    ("command", "description", "refusal"),
    [
        ("Start", "Begin", "BOT_COMMAND_INVALID"),
        ("s" * 33, "Begin", "command length must not exceed 32"),
        ("start", " ", "command description must be non-empty"),
        ("start", "x" * 257, "command description length must not exceed 256"),
    ],
)
async def test_commands_that_telegram_refuses(bot: TinyBot, command: str, description: str, refusal: str) -> None:
    answer = await bot.call("setMyCommands", commands=[{"command": command, "description": description}])
    assert answer["description"] == f"Bad Request: {refusal}"


async def test_the_profile_is_kept_per_language(standin: StandIn, bot: TinyBot) -> None:
    start = [{"command": "start", "description": "Begin"}]
    await bot.call("setMyCommands", commands=start)
    assert (await bot.call("getMyCommands"))["result"] == start
    assert (await bot.call("getMyCommands", language_code="cy"))["result"] == []
    assert standin.profile.commands_shown("cy") == start
    await bot.call("setMyDescription", description="In danger? Ring 999.")
    assert (await bot.call("getMyDescription", language_code="cy"))["result"]["description"] == "In danger? Ring 999."
    assert (await bot.call("setMyDescription", description="x" * 513))["error_code"] == 400
    assert (await bot.call("setMyShortDescription", short_description="x" * 121))["error_code"] == 400
    assert (await bot.call("setMyName", name="x" * 65))["error_code"] == 400
    assert (await bot.call("setMyName", name="Waypost", language_code="english"))["error_code"] == 400


async def test_media_is_never_fetched_without_being_caught(standin: StandIn, bot: TinyBot, person: Person) -> None:
    sent = await person.sends("photo")
    assert not (await bot.call("getFile", file_id=sent.fields["photo"][0]["file_id"]))["ok"]
    async with aiohttp.ClientSession() as session:
        await session.get(f"{standin.url}/file/bot{standin.token}/photos/1.jpg")
    assert len(standin.downloads) == 2
    with pytest.raises(AssertionError, match="media touched: getFile"):
        standin.assert_clean()


async def test_a_wrong_token_and_an_unknown_method_are_refused(standin: StandIn, bot: TinyBot) -> None:
    assert (await bot.call("sendFax"))["description"] == "Not Found: method not found"
    assert (await bot.call("getMe"))["result"]["username"] == standin.username
    bot.base = f"{standin.url}/bot1:wrong"
    answer = await bot.call("getMe")
    assert answer == {"ok": False, "error_code": 401, "description": "Unauthorized"}


# What goes wrong on the way


async def test_faults_hit_so_many_calls_of_a_method(standin: StandIn, bot: TinyBot, person: Person) -> None:
    standin.faults.fails("sendMessage", 500, calls=2)
    standin.faults.floods("sendMessage", 3)
    assert [(await bot.call("getMe"))["ok"]] == [True]
    assert await bot.say(person) == await bot.say(person) == "Internal Server Error"
    flood = await bot.call("sendMessage", chat_id=person.id, text="x")
    assert flood["parameters"] == {"retry_after": 3}
    assert (await bot.say(person))["text"] == "Hello"
    standin.assert_clean()


async def test_a_cut_line_before_and_after_the_deed(standin: StandIn, bot: TinyBot, person: Person) -> None:
    standin.faults.cuts_before("sendMessage")
    with pytest.raises(aiohttp.ClientError):
        await bot.say(person, "never")
    standin.faults.cuts_after("sendMessage")
    with pytest.raises(aiohttp.ClientError):
        await bot.say(person, "done all the same")
    assert [seen.text for seen in person.answers] == ["done all the same"]


async def test_slow_hanging_and_garbled_answers(standin: StandIn, bot: TinyBot, person: Person) -> None:
    standin.faults.slows("sendMessage", 0.1, calls=1)
    await bot.say(person)
    assert standin.calls("sendMessage")[0].seconds >= 0.1
    standin.faults.garbles("sendMessage")
    with pytest.raises(aiohttp.ContentTypeError):
        await bot.say(person)
    standin.faults.hangs("sendMessage")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(bot.say(person, "swallowed"), 0.1)
    standin.faults.clear()
    assert [seen.text for seen in person.answers] == ["Hello", "Hello"]


async def test_an_outage_refuses_connections_and_keeps_what_people_write(standin: StandIn, bot: TinyBot) -> None:
    person = standin.person()
    async with standin.outage():
        await person.types("are you there?")
        with pytest.raises(aiohttp.ClientConnectionError):
            await bot.call("getUpdates")
    assert len((await bot.call("getUpdates"))["result"]) == 1


async def test_a_poisoned_update_breaks_a_library_and_can_be_stepped_over(standin: StandIn, bot: TinyBot) -> None:
    poison = standin.poisons()
    standin.updates.add_raw("not even an object")
    await standin.person().types("behind it")
    got = (await bot.call("getUpdates"))["result"]
    assert [got[0]["update_id"], got[1]] == [poison, "not even an object"]
    assert got[2]["message"]["text"] == "behind it"
    async with ptb(standin) as library:
        with pytest.raises((TypeError, ValueError, AttributeError)):
            await library.get_updates(timeout=0)
