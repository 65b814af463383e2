"""What waits in a chat is answered together where one page answers it all."""

from __future__ import annotations

from bot.channels.telegram import kinds
from bot.channels.telegram.together import LONGEST_TEXT, MOST_TOGETHER, Answerable, count_together, merged, pause_before
from bot.channels.telegram.updates import Group, Message, Press


def typed(text: str = "", notice: str = "", number: int = 1, **more: str) -> Message:
    return Message(chat=1, message=number, text=text, notice=notice, **more)  # type: ignore[arg-type]


def pressed(menu: int | None, button: str = "t") -> Press:
    return Press(chat=1, message=menu, sent=0, callback="c", token=button)


def test_messages_that_wait_are_read_together() -> None:
    assert count_together([typed("he has"), typed("my pictures"), typed(notice=kinds.PICTURE), pressed(5)]) == 3


def test_a_command_stands_alone_but_repeated_it_is_one() -> None:
    assert count_together([typed("hello"), typed("/stop")]) == 1
    assert count_together([typed("/stop"), typed("hello")]) == 1
    assert count_together([typed("/start"), typed("/start"), typed("/stop")]) == 2


def test_presses_on_one_menu_show_one_page() -> None:
    assert count_together([pressed(5, "a"), pressed(5, "b"), pressed(6)]) == 2
    assert count_together([pressed(None, "a"), pressed(None, "b")]) == 1


def test_a_press_and_words_keep_their_order() -> None:
    waiting: list[Answerable] = [typed("a"), pressed(5), typed("b")]
    assert count_together(waiting) == 1


def test_joining_a_group_is_answered_once() -> None:
    assert count_together([Group(1), Group(1), Group(1)]) == 3


def test_a_flood_is_taken_in_portions() -> None:
    assert count_together([typed("x")] * 500) == MOST_TOGETHER
    assert len(merged([typed("x" * 4096)] * 50).text) <= LONGEST_TEXT


def test_merged_messages_are_one_with_all_words() -> None:
    one = merged([typed("he has", number=3), typed(notice=kinds.PICTURE, number=4), typed("my pictures", number=5)])
    assert one == typed("he has\nmy pictures", kinds.PICTURE, number=5)


def test_a_sticker_beside_words_needs_no_sentence_and_a_picture_does() -> None:
    assert merged([typed("help"), typed(notice=kinds.ONLY_WORDS)]).notice == ""
    assert merged([typed(notice=kinds.ONLY_WORDS), typed(notice=kinds.PICTURE)]).notice == kinds.PICTURE


def test_the_same_command_twice_is_that_command() -> None:
    assert merged([typed("/start"), typed("/start")]).text == "/start"


def test_every_notice_has_its_weight() -> None:
    for notice in {*kinds.NOTICES.values(), kinds.FORWARDED}:
        assert merged([typed(notice=notice)]).notice == notice


def test_the_rest_of_an_album_is_waited_for() -> None:
    assert pause_before(typed(notice=kinds.PICTURE, album="7")) > 0
    assert pause_before(Group(1)) > 0
    assert pause_before(typed("help")) == 0
    assert pause_before(pressed(5)) == 0
