"""Which screen answers what a person sent."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.channels.telegram import kinds
from bot.channels.telegram.answers import answer
from bot.channels.telegram.replied import place_of
from bot.channels.telegram.updates import Message
from bot.dialogue.engine import Engine
from bot.dialogue.screen import ButtonRole, Screen

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
BITS = 0xABCD


def sent(text: str = "", notice: str = "", replied: tuple[str, ...] = ()) -> Message:
    return Message(chat=1, message=2, text=text, notice=notice, language="en", replied=replied)


def shown(engine: Engine, message: Message) -> Screen:
    return answer(engine, message, NOW, BITS)


def flow(screen: Screen) -> str:
    return screen.state.step.flow


def words(screen: Screen) -> str:
    return "\n".join(block.plain for block in screen.blocks)


def tokens(screen: Screen) -> tuple[str, ...]:
    return tuple(button.token for button in screen.buttons)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("/start", "menu"),
        ("/START@waypost_bot", "menu"),
        ("/help", "menu"),
        ("/start image_threats", "image_threats"),
        ("/start emergency", "emergency"),
        ("/emergency", "emergency"),
        ("/emergency he is here", "emergency"),
        ("/privacy", "privacy"),
        ("/delete", "delete"),
        ("/feedback the number is wrong", "feedback"),
        ("/language", "language"),
        ("/suicide", "suicide"),
        ("/nothing_of_ours", "menu"),
        ("/start nothing_of_ours", "menu"),
    ],
)
def test_commands_open_their_flow(engine: Engine, text: str, where: str) -> None:
    assert flow(shown(engine, sent(text))) == where


@pytest.mark.parametrize("text", ["/stop", "/STOP", "/leave", "/stop now please"])
def test_stop_is_leave(engine: Engine, text: str) -> None:
    screen = shown(engine, sent(text))
    assert screen.leave
    assert not screen.buttons


@pytest.mark.parametrize("text", ["/help I want to kill myself", "/start I want to kill myself"])
def test_words_after_a_command_are_read(engine: Engine, text: str) -> None:
    assert flow(shown(engine, sent(text))) == flow(shown(engine, sent("I want to kill myself")))
    assert flow(shown(engine, sent(text))) != "menu"


def test_typed_words_are_read(engine: Engine) -> None:
    assert flow(shown(engine, sent("I want to kill myself"))) != "menu"


@pytest.mark.parametrize("notice", sorted({*kinds.NOTICES.values(), kinds.FORWARDED}))
def test_everything_else_gets_its_sentence_and_the_menu(engine: Engine, notice: str) -> None:
    screen = shown(engine, sent(notice=notice))
    assert flow(screen) == "menu"
    assert words(screen).startswith(engine.text(notice))
    assert screen.buttons


def test_a_caption_is_answered_and_so_is_its_picture(engine: Engine) -> None:
    screen = shown(engine, sent("I want to kill myself", kinds.PICTURE))
    assert flow(screen) == flow(shown(engine, sent("I want to kill myself")))
    assert words(screen).endswith(engine.text(kinds.PICTURE))


@pytest.mark.parametrize(
    "message", [sent("hello"), sent("/start"), sent("/privacy"), sent(notice=kinds.VOICE), sent("I want to die")]
)
def test_the_buttons_carry_what_was_typed(engine: Engine, message: Message) -> None:
    assert shown(engine, message).state.channel == BITS
    for token in tokens(shown(engine, message)):
        assert engine.press(token, NOW).state.channel == BITS


def test_a_reply_to_a_menu_is_read_from_there(engine: Engine) -> None:
    menu = engine.start(NOW)
    page = engine.press(menu.buttons[0].token, NOW)
    answered = shown(engine, sent("I want to kill myself", replied=tokens(page)))
    back = next(button for button in answered.buttons if button.role is ButtonRole.BACK)
    assert engine.press(back.token, NOW).state.step == page.state.step
    assert answered.state.channel == BITS


def test_the_place_of_every_first_page_is_found_from_its_buttons(engine: Engine) -> None:
    for name in engine.content.flows:
        page = engine.open(name, NOW, language="en", channel=BITS)
        for button in page.buttons:
            if button.role is ButtonRole.CHOICE:
                following = engine.press(button.token, NOW)
                assert place_of(tokens(following), engine.content) == following.state


@pytest.mark.parametrize("buttons", [(), ("garbage",), ("",)])
def test_a_reply_to_something_else_tells_nothing(engine: Engine, buttons: tuple[str, ...]) -> None:
    assert place_of(buttons, engine.content) is None
    assert shown(engine, sent("hello", replied=buttons)).buttons
