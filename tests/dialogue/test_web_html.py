"""Parts of a screen as HTML: everything escaped, every number and address pressable, nothing else."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.content.languages import Direction
from bot.content.text import Block, Span
from bot.dialogue.cards import contact_address
from bot.dialogue.engine import Engine
from bot.dialogue.rendering.web_html import blocks, buttons, card, inline
from bot.dialogue.screen import Button, Card

TAG = re.compile(r"<[^>]*>")
OURS = re.compile(
    r"</?(?:p|ul|li|strong|h3|article|a)>|<article class=\"card\">|<p class=\"when\">"
    r"|<(?:p|li|h3|span|p class=\"when\") dir=\"(?:ltr|rtl)\">|</span>"
    r"|<a class=\"reach\" href=\"(?:tel|sms):[^\"<>]*\">"
    r"|<a href=\"https?://[^\"<>]*\" rel=\"noreferrer noopener\">|<a href=\"mailto:[^\"<>]*\">"
)

NASTY = st.text(st.sampled_from("<>&\"'/= abcjsript:()\\\n1ا"), max_size=30)
URLS = st.one_of(
    st.just(""), NASTY, NASTY.map("https://{}".format), NASTY.map("tel:{}".format), st.just("javascript:x")
)
SPANS = st.builds(Span, NASTY, st.booleans(), URLS)
BLOCKS = st.builds(Block, st.lists(st.lists(SPANS, max_size=3).map(tuple), max_size=3).map(tuple), st.booleans())


@given(st.lists(BLOCKS, max_size=3), st.sampled_from(["ltr", "rtl"]))
def test_nothing_but_our_own_tags_comes_out(shown: list[Block], direction: Direction) -> None:
    html = blocks(shown, direction) + inline(shown, direction) + card(Card("id", "<b>", '"&', tuple(shown)), direction)
    assert all(OURS.fullmatch(tag) or tag.startswith('<a href="mailto:') for tag in TAG.findall(html))
    assert "<script" not in html


def test_a_scheme_that_could_run_something_is_never_a_link() -> None:
    html = blocks([Block(((Span("press", url="javascript:alert(1)"), Span("me", url="data:text/html,x")),))])
    assert "href" not in html


def test_every_number_of_the_content_can_be_pressed(engine: Engine) -> None:
    for service in engine.content.services.values():
        for phone in service.facts.phones:
            address = contact_address(phone)
            digits = phone.number.replace(" ", "")
            assert address == f"tel:{digits}" or address.startswith(f"sms:{digits}"), phone.number
            assert (address.endswith(f"?body={phone.keyword}")) is bool(phone.keyword)


def test_lists_paragraphs_and_bold_words_are_told_apart() -> None:
    shown = [Block(((Span("One "), Span("two", bold=True)),)), Block(((Span("a"),), (Span("b"),)), bullets=True)]
    assert blocks(shown) == "<p>One <strong>two</strong></p>\n<ul><li>a</li><li>b</li></ul>"


def test_a_number_between_arabic_words_keeps_the_order_of_its_groups() -> None:
    ring = Block(((Span("اتصل "), Span("0800 1111", bold=True, url="tel:08001111"), Span(".")),))
    number = '<a class="reach" href="tel:08001111">\u20660800 1111\u2069</a>'
    assert blocks([ring], "rtl") == f"<p>اتصل <strong>{number}</strong>.</p>"
    assert blocks([ring], "ltr") == f'<p dir="rtl">اتصل <strong>{number}</strong>.</p>', "in the list of languages"


def test_english_words_on_a_page_from_the_right_run_from_the_left() -> None:
    listed = Block(((Span("Are you safe?"),), (Span("نعم"),)), bullets=True)
    assert blocks([listed], "rtl") == '<ul><li dir="ltr">Are you safe?</li><li>نعم</li></ul>'
    assert inline([Block(((Span("Safe?"),),))], "rtl") == '<span dir="ltr">Safe?</span>'
    assert (
        buttons([Button("Safe?", "t")], "rtl")
        == '<button name="press" value="t" class="choice" dir="ltr">Safe?</button>'
    )


def test_no_full_stop_stands_alone_after_a_number_that_looks_like_a_button() -> None:
    text = Block(((Span("Text 88247", bold=True, url="sms:88247"), Span(".")),))
    ring = Block(((Span("Ring "), Span("116 123", url="tel:116123"), Span(" (free).")), (Span("Yes"), Span("."))))
    html = card(Card("id", "Name", "Open", (text, ring)))
    assert "</a></strong></p>" in html
    assert "</a> (free).</p>" in html
    assert "<p>Yes.</p>" in html
    assert blocks([text]).endswith("</strong>.</p>"), "in a sentence it stays"
