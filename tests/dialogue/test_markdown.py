"""Screens as Markdown: every word as it stands, and nothing that becomes markup."""

from __future__ import annotations

import pytest

from bot.content.text import Block, Span
from bot.dialogue.rendering import markdown
from bot.dialogue.screen import Button, Card


def line(*spans: Span) -> str:
    (made,) = markdown.blocks([Block((spans,))])
    return made


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("plain words", "plain words"),
        ("*not* _bold_ `or` <b>markup</b>", r"\*not\* \_bold\_ \`or\` \<b\>markup\</b\>"),
        ("[a](b)", r"\[a\](b)"),
        ("1. no list", r"1\. no list"),
        ("- no list", r"\- no list"),
        ("A&E and &amp;", r"A&E and \&amp;"),
        ("# no heading | no cell", r"\# no heading \| no cell"),
    ],
)
def test_whatever_stands_in_a_text_stays_text(text: str, made: str) -> None:
    assert markdown.escaped(text) == made
    assert line(Span(text)) == made


def test_bold_words_that_touch_are_bold_together() -> None:
    spans = (Span("Ring "), Span("Police, ", bold=True), Span("101", bold=True, url="tel:101"), Span(", please."))
    assert line(*spans) == "Ring **Police, 101**, please."


def test_asterisks_stand_at_the_words_and_not_at_spaces() -> None:
    assert line(Span("a"), Span(" bold ", bold=True), Span("b")) == "a **bold** b"


def test_links_lead_on_and_numbers_are_just_numbers() -> None:
    assert line(Span("Open it", url="https://example.org/a_b")) == "[Open it](https://example.org/a_b)"
    assert line(Span("Open it", url="https://example.org/(a)")) == "[Open it](<https://example.org/(a)>)"
    assert line(Span("https://example.org", url="https://example.org")) == "<https://example.org>"
    assert line(Span("0800 1111", url="tel:08001111")) == "0800 1111"
    assert line(Span("Write", url="mailto:a@example.org")) == "Write: a@example.org"


def test_a_card_begins_with_its_name_and_when_somebody_answers() -> None:
    card = Card("some", "A *line*", "Open now", (Block(((Span("What it is."),),)),))
    assert markdown.card(card) == [r"**A \*line\***: open now", "What it is."]


def test_a_list_a_button_and_a_quotation() -> None:
    (made,) = markdown.blocks([Block(((Span("one"),), (Span("two"),)), bullets=True)])
    assert made == "- one\n- two"
    assert markdown.button(Button("Yes [1]", "")) == r"\[ Yes \[1\] \]"
    assert markdown.quoted(["a\nb", "c"]) == "> a\n> b\n>\n> c"
