"""Updates become the few facts a turn needs, whatever they hold."""

from __future__ import annotations

import copy
import json
from dataclasses import fields
from typing import Any

import pytest
import telegram
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram import kinds
from bot.channels.telegram.kinds import Fate
from bot.channels.telegram.updates import Group, Ignored, Message, Press, decode, update_id

CHAT = 5_550_001
PERSON = {"id": CHAT, "is_bot": False, "first_name": "Ada", "username": "ada_l", "language_code": "cy-GB"}
OURS = {"id": 99, "is_bot": True, "first_name": "Bot"}
PRIVATE = {"id": CHAT, "type": "private", "first_name": "Ada", "username": "ada_l"}
GROUP = {"id": -77, "type": "supergroup", "title": "A class"}

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def message(**parts: Any) -> dict[str, Any]:
    return {"message_id": 41, "date": 1_790_000_000, "chat": PRIVATE, "from": PERSON, **parts}


def press(**parts: Any) -> dict[str, Any]:
    menu = {**message(text="Menu"), "from": OURS, "message_id": 40}
    return {"id": "8811", "from": PERSON, "message": menu, "data": "token", "chat_instance": "1", **parts}


def read(kind: str, body: Any) -> Any:
    return decode({"update_id": 1, kind: body})


def test_every_kind_of_update_is_decided_upon() -> None:
    assert set(kinds.UPDATES) == {str(kind.value) for kind in telegram.constants.UpdateType}
    assert set(kinds.UPDATES) == set(telegram.Update.ALL_TYPES)


def test_every_part_of_a_message_is_decided_upon() -> None:
    known = {name for name in telegram.Message.__slots__ if not name.startswith("_")}
    known |= set(telegram.MaybeInaccessibleMessage.__slots__)
    assert set(kinds.MESSAGE_PARTS) == known


def test_only_what_is_answered_is_asked_for() -> None:
    assert set(kinds.ALLOWED_UPDATES) == {kind for kind, fate in kinds.UPDATES.items() if fate is Fate.ANSWERED}
    assert "inline_query" not in kinds.ALLOWED_UPDATES


@pytest.mark.parametrize("kind", [kind for kind, fate in kinds.UPDATES.items() if fate is Fate.IGNORED])
def test_what_is_not_asked_for_is_ignored_if_it_comes(kind: str) -> None:
    assert read(kind, message(text="hello")) == Ignored()


@pytest.mark.parametrize("part", sorted(kinds.NOTICES))
def test_everything_a_person_can_send_gets_an_answer(part: str) -> None:
    answered = read("message", message(**{part: {"anything": 1}}))
    assert answered.notice == kinds.NOTICES[part]
    assert answered.text == ""


@pytest.mark.parametrize("part", sorted(kinds.EVENTS))
def test_events_in_a_chat_get_no_answer(part: str) -> None:
    assert read("message", message(**{part: True})) == Ignored()
    assert read("message", message(chat=GROUP, **{part: True})) == Ignored()


def test_a_part_that_nobody_knows_yet_is_answered_all_the_same() -> None:
    assert read("message", message(hologram={"size": 3})).notice == kinds.ONLY_WORDS


def test_typed_words_are_read() -> None:
    found = read("message", message(text="help me"))
    assert found == Message(chat=CHAT, message=41, text="help me", language="cy")


def test_a_caption_is_read_as_typed_and_the_picture_is_answered_too() -> None:
    found = read("message", message(photo=[{"file_id": "x"}], caption="he sent this", media_group_id="77"))
    assert (found.text, found.notice, found.album) == ("he sent this", kinds.PICTURE, "77")


def test_edited_words_are_read_and_other_edits_left_alone() -> None:
    assert read("edited_message", message(text="help me")).text == "help me"
    assert read("edited_message", message(photo=[], caption="look")).text == "look"
    assert read("edited_message", message(location={"latitude": 1.0})) == Ignored()


@pytest.mark.parametrize("mark", ["forward_origin", "forward_date", "forward_sender_name"])
def test_forwarded_words_are_never_taken_for_the_persons_own(mark: str) -> None:
    found = read("message", message(text="I will hurt you", **{mark: 1}))
    assert (found.text, found.notice) == ("", kinds.FORWARDED)


def test_a_reply_to_our_menu_brings_its_buttons() -> None:
    buttons = [[{"text": "A", "callback_data": "one"}], [{"text": "B", "url": "https://a.b"}, {"callback_data": "two"}]]
    menu = {**message(text="Menu"), "from": OURS, "reply_markup": {"inline_keyboard": buttons}}
    assert read("message", message(text="yes", reply_to_message=menu)).replied == ("one", "two")
    menu["from"] = PERSON
    assert read("message", message(text="yes", reply_to_message=menu)).replied == ()


def test_a_press_knows_its_menu() -> None:
    found = read("callback_query", press())
    assert found == Press(chat=CHAT, message=40, sent=1_790_000_000, callback="8811", token="token")


def test_a_press_on_a_menu_too_old_to_see_has_no_message_to_edit() -> None:
    found = read("callback_query", press(message={"chat": PRIVATE, "message_id": 3, "date": 0}))
    assert (found.chat, found.message, found.callback) == (CHAT, None, "8811")
    without = press()
    del without["message"]
    assert read("callback_query", without).chat == CHAT


def test_a_press_outside_our_chats_is_answered_and_nothing_else() -> None:
    elsewhere = press(inline_message_id="abc")
    del elsewhere["message"]
    assert read("callback_query", elsewhere) == Ignored(callback="8811")
    in_group = press(message={**message(), "chat": GROUP})
    assert read("callback_query", in_group) == Group(-77, "8811")


def test_groups_and_channels_are_told_apart_from_people() -> None:
    assert read("message", message(text="hi", chat=GROUP)) == Group(-77)
    assert read("channel_post", {"message_id": 1, "chat": {"id": -5, "type": "channel"}, "text": "x"}) == Group(-5)
    joined = {"chat": GROUP, "from": PERSON, "new_chat_member": {"status": "member"}}
    assert read("my_chat_member", joined) == Group(-77)
    assert read("my_chat_member", {**joined, "new_chat_member": {"status": "left"}}) == Ignored()
    assert read("my_chat_member", {**joined, "chat": PRIVATE}) == Ignored()


def test_another_bot_is_not_talked_to() -> None:
    assert read("message", {**message(text="hello"), "from": {**PERSON, "is_bot": True}}) == Ignored()


@pytest.mark.parametrize("broken", [None, 7, [], {}, {"update_id": 1}, {"update_id": 1, "message": None}])
def test_what_makes_no_sense_is_counted_as_such(broken: object) -> None:
    assert decode(broken) == Ignored(unreadable=True)


@given(JSON)
def test_no_json_at_all_raises(anything: object) -> None:
    decode(anything)
    update_id(anything)


@given(st.sampled_from(sorted(kinds.UPDATES)), JSON)
def test_no_kind_of_update_raises_whatever_it_holds(kind: str, anything: object) -> None:
    decode({"update_id": 1, kind: anything})


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return found + [deeper for key, inner in items for deeper in paths(inner, (*path, key))]


BUTTON = {"inline_keyboard": [[{"text": "A", "callback_data": "x"}]]}
FULL: dict[str, Any] = {
    "callback_query": press(),
    "message": message(
        text="hi", photo=[{}], media_group_id="1", reply_to_message={**message(), "from": OURS, "reply_markup": BUTTON}
    ),
    "my_chat_member": {"chat": GROUP, "new_chat_member": {"status": "member"}},
}


@given(st.data())
def test_no_real_update_with_one_part_broken_raises(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(FULL)))
    update = {"update_id": 1, kind: copy.deepcopy(FULL[kind])}
    *way, last = data.draw(st.sampled_from(paths(update)))
    place: Any = update
    for key in way:
        place = place[key]
    place[last] = data.draw(JSON)
    decode(update)


def test_names_numbers_and_places_never_become_fields() -> None:
    body = message(
        contact={"phone_number": "+44 7700 900123", "first_name": "Canary", "vcard": "Canary"},
        location={"latitude": 51.5074, "longitude": -0.1278},
        venue={"address": "Canary Road 5"},
        poll={"question": "Canary?"},
        document={"file_name": "Canary.pdf", "file_id": "CanaryFile"},
        forward_origin={"sender_user_name": "Canary"},
        caption="Canary caption",
    )
    found = read("message", body)
    kept = json.dumps([getattr(found, part.name) for part in fields(found)])
    for personal in ("Ada", "ada_l", "7700", "51.5", "Canary"):
        assert personal not in kept


def test_what_is_kept_for_the_turn_is_not_shown_in_a_log() -> None:
    for event in (read("message", message(text="secret words")), read("callback_query", press()), Group(-77)):
        shown = repr(event)
        for private in ("secret", str(CHAT), "8811", "token", "-77"):
            assert private not in shown


@pytest.mark.parametrize(
    ("code", "language"), [("en", "en"), ("pt-br", "pt"), ("EN_gb", "en"), ("yue", ""), ("", ""), (None, ""), (7, "")]
)
def test_the_language_of_the_app_is_a_hint_of_two_letters(code: object, language: str) -> None:
    assert read("message", {**message(text="x"), "from": {**PERSON, "language_code": code}}).language == language


@pytest.mark.parametrize(
    ("update", "number"),
    [({"update_id": 7}, 7), ({"update_id": True}, None), ({"update_id": 2**70}, None), ({}, None), (3, None)],
)
def test_an_update_is_known_by_its_number(update: object, number: int | None) -> None:
    assert update_id(update) == number
