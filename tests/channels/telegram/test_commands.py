"""What stands after a slash."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.commands import Command, read_command


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/start", Command("start")),
        ("/START", Command("start")),
        (" /stop ", Command("stop")),
        ("/help@Waypost_Bot", Command("help")),
        ("/start image_threats", Command("start", "image_threats")),
        ("/start@waypost_bot Image_Threats", Command("start", "Image_Threats")),
        ("/emergency\nhe is outside", Command("emergency", "he is outside")),
    ],
)
def test_commands(text: str, command: Command) -> None:
    assert read_command(text) == command


@pytest.mark.parametrize("text", ["", "start", "/", "/ stop", "he said /stop", "/stop!", "/стоп", "//start", "/a/b"])
def test_ordinary_words(text: str) -> None:
    assert read_command(text) is None


@pytest.mark.parametrize(
    ("argument", "flow"), [("image_threats", "image_threats"), ("Suicide", "suicide"), ("help me", ""), ("é", "")]
)
def test_a_deep_link_is_one_plain_word(argument: str, flow: str) -> None:
    assert Command("start", argument).deep_link == flow


@given(st.text())
def test_any_text_is_a_command_or_not(text: str) -> None:
    read_command(text)
