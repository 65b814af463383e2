"""Numbers and addresses keep their order in languages that run from right to left, on Telegram and in the terminal."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.channel import keyboard
from bot.content.text import Block, Span
from bot.dialogue.engine import Engine
from bot.dialogue.rendering import plain_text, telegram_html
from bot.dialogue.rendering.direction import (
    LEFT_TO_RIGHT_ISOLATE,
    POP_ISOLATE,
    RIGHT_TO_LEFT_MARK,
    breakable,
    directed,
    isolated,
    unbroken,
)
from bot.dialogue.screen import Card, Screen
from tests.conftest import AFTERNOON

MARKS = re.compile(f"[{LEFT_TO_RIGHT_ISOLATE}{POP_ISOLATE}{RIGHT_TO_LEFT_MARK}]")
ARABIC = "اتصل بالرقم"


@pytest.mark.parametrize(
    "whole",
    [
        "0800 1111",
        "116 123",
        "999",
        "+44 20 7946 0000",
        "18:00",
        "https://www.childline.org.uk/get-support/",
        "report.iwf.org.uk/en",
        "jo@samaritans.org",
    ],
)
def test_a_number_or_an_address_stands_in_an_isolate_of_its_own(whole: str) -> None:
    assert directed(f"{ARABIC} {whole}.", "rtl") == (
        f"{RIGHT_TO_LEFT_MARK}{ARABIC} {LEFT_TO_RIGHT_ISOLATE}{whole}{POP_ISOLATE}."
    )


def test_two_numbers_stand_in_two_isolates() -> None:
    assert isolated(f"999 {ARABIC} 112").count(LEFT_TO_RIGHT_ISOLATE) == 2


@pytest.mark.parametrize("line", ["Ring 0800 1111.", "Zadzwoń: 999", "হ্যাঁ 999", "", "0800 1111"])
def test_other_lines_stay_as_they_are(line: str) -> None:
    assert directed(line, "ltr") == directed(line, "rtl") == line


def test_a_line_that_begins_in_arabic_runs_from_the_right_on_any_screen() -> None:
    assert directed(f"{ARABIC} 116 123", "ltr") == directed(f"{ARABIC} 116 123", "rtl")
    assert directed(f"Call it {ARABIC} 116 123", "ltr") == f"Call it {ARABIC} 116 123"


@given(st.text(st.sampled_from("اب تن 0123456789 +:./-a"), max_size=60))
def test_marks_change_nothing_but_the_order(line: str) -> None:
    shown = directed(line, "rtl")
    assert MARKS.sub("", shown) == line
    assert shown.count(LEFT_TO_RIGHT_ISOLATE) == shown.count(POP_ISOLATE)
    if shown != line:
        outside = re.sub(f"{LEFT_TO_RIGHT_ISOLATE}[^{POP_ISOLATE}]*{POP_ISOLATE}", "", shown)
        assert not re.search(r"[0-9]", outside)


@given(st.text(st.sampled_from("ab 01 "), max_size=40))
def test_spaces_in_numbers_come_back(line: str) -> None:
    assert breakable(unbroken(line)) == line


@pytest.mark.parametrize("width", range(12, 60))
def test_a_number_is_never_broken_across_lines(width: int) -> None:
    screen = Screen(None, (Block(((Span("They listen, so ring 0800 1111 or 116 123 now."),),)),))  # type: ignore[arg-type]
    lines = plain_text.render(screen, width).splitlines()
    assert sum("0800 1111" in line for line in lines) == 1
    assert sum("116 123" in line for line in lines) == 1


@pytest.mark.parametrize("language", ["ar", "ur"])
def test_the_emergency_card_keeps_every_number_whole(engine: Engine, language: str) -> None:
    screen = engine.start(AFTERNOON, language=language)
    assert screen.direction == "rtl"
    for shown in (telegram_html.render(screen), plain_text.render(screen)):
        for number in ("999", "0800 1111", "116 123"):
            pattern = f"{LEFT_TO_RIGHT_ISOLATE}{number}{POP_ISOLATE}"
            assert pattern in re.sub(r"</?b>", "", shown)
        for line in re.sub(r"<[^>]*>", "", shown).splitlines():
            has_letters_from_the_right = re.search("[\u0600-\u06ff]", line) is not None
            assert line.startswith(RIGHT_TO_LEFT_MARK) is has_letters_from_the_right


def test_telegrams_tags_hold_no_marks_inside() -> None:
    link = Span("افتح", url="https://example.org/0800%201111?a=1&b=2")
    card = Card("x", "Childline", "مفتوح 18:00", (Block(((link,),)),))
    screen = Screen(None, (), (card,), direction="rtl")  # type: ignore[arg-type]
    shown = telegram_html.render(screen)
    assert '<a href="https://example.org/0800%201111?a=1&amp;b=2">' in shown
    assert f"{LEFT_TO_RIGHT_ISOLATE}18:00{POP_ISOLATE}" in shown


def test_a_language_is_named_the_right_way_round_on_its_button(engine: Engine) -> None:
    rows = keyboard(engine.open("language", AFTERNOON))
    labels = [button["text"] for row in rows for button in row]
    assert f"{RIGHT_TO_LEFT_MARK}العربية" in labels
    assert "Polski" in labels
