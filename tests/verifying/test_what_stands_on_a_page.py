"""A page is right, wrong or doubtful, whatever it looks like. No fact here is a real one but 0800 1111."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.content.service_schema import Evidence, Link, LinkType, Phone, PhoneType
from bot.operations.verifying.judging import Finding, Verdict, judge, judge_move, judge_target
from bot.operations.verifying.numbers import digits_of, holds, slips
from bot.operations.verifying.page import read_page

ADDRESS = "https://help.example.org/contact"
DAY = "2026-11-22"


def phone(number: str = "0808 157 0100", keyword: str | None = None) -> Phone:
    return Phone(
        id="phone",
        number=number,
        type=PhoneType.NATIONAL,
        keyword=keyword,
        source=ADDRESS,
        evidence=Evidence.OWN_SITE,
        assured_date=DAY,
    )


def link(url: str) -> Link:
    return Link(id="site", type=LinkType.WEBSITE, url=url, source=ADDRESS, evidence=Evidence.OWN_SITE, assured_date=DAY)


def looked(html: str, fact: Phone | Link, known: frozenset[str] = frozenset()) -> Finding:
    return judge(fact, "Harbour Line", read_page(html, ADDRESS), known)


LAYOUTS = {
    "spaced": "<p>Harbour Line: 0808 157 0100</p>",
    "spaced otherwise": "<p>Harbour Line: 08081 570 100, every day from 9am</p>",
    "hyphenated": "<p>Harbour Line on 0808-157-0100.</p>",
    "dotted": "<p>Harbour Line 0808.157.0100</p>",
    "with non-breaking spaces": "<p>Harbour Line 0808&nbsp;157&nbsp;0100</p>",
    "split by tags": "<p>Harbour Line <b>0808</b> <span>157</span><span> 0100</span></p>",
    "split without spaces": "<p>Harbour Line <span>0808</span><span>157</span><span>0100</span></p>",
    "split between cells": "<table><tr><td>Harbour Line</td><td>0808</td><td>157 0100</td></tr></table>",
    "in the words of a picture": '<h1>Harbour Line</h1><img src="n.png" alt="Ring us on 0808 157 0100">',
    "for a screen reader": '<h1>Harbour Line</h1><a href="tel:08081570100" aria-label="Call 0808 157 0100">Call us</a>',
    "international": "<p>Harbour Line +44 (0)808 157 0100</p>",
    "international as a link": '<p>Harbour Line <a href="tel:+448081570100">0808 157 0100</a></p>',
    "before its hours": "<p>Harbour Line 0808 157 0100 24 hours a day, 365 days a year</p>",
    "beside a known number": "<p>Harbour Line 0808 157 0100, or in an emergency 999</p>",
    "beside an explained number": "<p>Harbour Line 0808 157 0100. Fax: 020 7946 0000</p>",
    "in a footer with a charity's number": "<footer>Harbour Line 0808 157 0100 Registered charity 1234567</footer>",
    "full-width": "<p>Harbour Line ０８０８ １５７ ０１００</p>",
    "with invisible marks": "<p>Harbour Line \u202a0808\u200b 157 0100\u202c</p>",
    "as entities": "<p>Harbour Line &#48;808 157 0100</p>",
    "in a head that is never closed": "<html><head><title>Harbour Line</title><h1>0808 157 0100</h1>",
    "in broken HTML": "<p>Harbour Line <b>0808 157 0100<div><td></p></b",
}


@pytest.mark.parametrize("html", LAYOUTS.values(), ids=LAYOUTS)
def test_an_unchanged_number_stands_in_any_layout(html: str) -> None:
    assert looked(html, phone()).verdict is Verdict.STANDS


@pytest.mark.parametrize("wrong", ["0808 157 0101", "0808 157 0010", "0808 175 0100", "0808 157 010", "0809 158 0100"])
@pytest.mark.parametrize("html", LAYOUTS.values(), ids=LAYOUTS)
def test_a_slip_in_what_we_hold_is_found_in_any_layout(html: str, wrong: str) -> None:
    finding = looked(html, phone(wrong))
    assert finding.verdict is Verdict.CHANGED
    assert "08081570100" in finding.why


def test_a_vanished_number_is_gone() -> None:
    assert looked("<h1>Harbour Line</h1><p>Write to us.</p>", phone()).verdict is Verdict.GONE


@pytest.mark.parametrize(
    "hidden",
    [
        "<!-- 0808 157 0100 -->",
        "<script>var n = '0808 157 0100'</script>",
        "<p hidden>0808 157 0100</p>",
        '<div style="display: none"><p>0808 157 0100</p></div>',
        "<p>0808 157 01005</p>",
    ],
)
def test_a_number_that_nobody_can_read_is_gone_or_changed(hidden: str) -> None:
    finding = looked(f"<h1>Harbour Line</h1>{hidden}", phone())
    assert finding.verdict in {Verdict.GONE, Verdict.CHANGED}


@pytest.mark.parametrize(
    "impostor",
    [
        "<p>Harbour Line 0808 157 0100 or 0808 157 0101</p>",
        "<p>Harbour Line 0808 157 0100</p><p>New: 0808 751 0100</p>",
        "<p>Harbour Line 0808 157 0100, or quicker on 0909 879 0123</p>",
        '<p>Harbour Line <a href="tel:09098790123">0808 157 0100</a></p>',
    ],
    ids=["much alike", "much alike elsewhere", "unlike but beside it", "behind the link"],
)
def test_an_impostor_beside_the_right_number_is_found(impostor: str) -> None:
    assert looked(impostor, phone()).verdict is Verdict.DOUBTFUL


def test_a_number_of_ours_beside_another_is_no_impostor() -> None:
    html = "<p>Harbour Line 0808 157 0100 or 0808 157 0101</p>"
    assert looked(html, phone(), known=frozenset({"08081570101"})).verdict is Verdict.STANDS


def test_a_word_to_text_has_to_be_there_too() -> None:
    fact = phone("85299", keyword="HARBOUR")
    assert looked("<p>Harbour Line: text HARBOUR to 85299</p>", fact).verdict is Verdict.STANDS
    assert looked("<p>Text PORT to 85299</p>", fact).verdict is Verdict.GONE


@pytest.mark.parametrize("number", ["999", "101", "85299", "116 000", "0800 1111"])
def test_a_short_number_stands_only_on_its_own(number: str) -> None:
    assert looked(f"<p>Harbour Line {number} 24/7</p>", phone(number)).verdict is Verdict.STANDS
    longer = f"<p>Harbour Line 1{number.replace(' ', '')}7</p>"
    assert looked(longer, phone(number)).verdict is not Verdict.STANDS


@pytest.mark.parametrize(
    "words",
    [
        "This domain is for sale",
        "The domain name help.example.org may be for sale. Make an offer on this domain.",
        "help.example.org: domain has expired",
    ],
)
def test_a_parked_address_is_found_even_if_it_shows_a_number(words: str) -> None:
    html = f"<title>help.example.org</title><p>{words}</p><p>Call 0808 157 0100</p>"
    assert looked(html, phone()).verdict is Verdict.PARKED
    assert judge_target(link(ADDRESS), "Harbour Line", read_page(html, ADDRESS)).verdict is Verdict.PARKED


@pytest.mark.parametrize(
    ("html", "verdict"),
    [
        ('<h1>Harbour Line</h1><a href="tel:08081570100">Call us</a>', Verdict.STANDS),
        ('<h1>Harbour Line</h1><a href="tel:+44-808-157-0100;ext=1">Call us</a>', Verdict.STANDS),
        ('<h1>Harbour Line</h1><a href="tel:08081570100">0808 157 0111</a>', Verdict.CHANGED),
        ("<p>Harbour Line 0808\u2011157\u20110100</p>", Verdict.STANDS),
        ("<p>Harbour Line 0808\u202f157\u202f0100</p>", Verdict.STANDS),
        ("<p>Harbour Line 0161 404 0100</p>", Verdict.GONE),
        (
            '<script type="application/ld+json">{"telephone": "+448081570100"}</script><p>Harbour Line</p>',
            Verdict.DOUBTFUL,
        ),
        ("<p>Harbour Line <s>0808 157 0100</s> 0808 157 0200</p>", Verdict.CHANGED),
        ("<p>Harbour Line: 0808 157 0100 is no longer in use.</p>", Verdict.DOUBTFUL),
        ("<p>Harbour Line 0808 157 0100</p><p>Quicker: 0909 879 0144</p>", Verdict.DOUBTFUL),
        ("<p>Harbour Line 0808 157 0100</p><p>Open 09.00 - 17.00, closed on Sundays</p>", Verdict.STANDS),
        ("<title>Page not found</title><p>Harbour Line 0808 157 0100</p>", Verdict.DOUBTFUL),
        ("<h1>Sorry, we can\u2019t find that page</h1><p>Harbour Line</p>", Verdict.GONE),
        ("<title>Just a moment</title><p>Verify you are human</p>", Verdict.NOT_SEEN),
        ("<title>Before you continue</title><p>We and our partners use cookies. Accept all</p>", Verdict.NOT_SEEN),
        ("<title>Harbour Line</title><noscript>You need to enable JavaScript.</noscript>", Verdict.NOT_SEEN),
        (f"<h1>Harbour Line</h1><p>We use cookies.</p><p>{'Write to us instead. ' * 20}</p>", Verdict.GONE),
        ("<title>Welcome to nginx!</title><p>If you see this page</p>", Verdict.PARKED),
        ("<p>Harbour Line. This site is parked.</p>", Verdict.PARKED),
    ],
)
def test_pages_that_are_not_what_they_seem(html: str, verdict: Verdict) -> None:
    assert looked(html, phone()).verdict is verdict


@pytest.mark.parametrize(
    "picture",
    [
        '<p>Ring us: <img src="number.png"></p>',
        '<p>Ring us: <img src="number.png" alt="our number"></p>',
        "<p>Ring us: <svg><text>0808 157 0100</text></svg></p>",
    ],
)
def test_what_may_stand_in_a_picture_is_not_seen_and_that_is_said(picture: str) -> None:
    finding = looked(f"<h1>Harbour Line</h1>{picture}", phone())
    assert finding.verdict is Verdict.GONE
    assert "picture there? That cannot be seen from here: open the page yourself." in finding.why
    assert "picture" not in looked("<h1>Harbour Line</h1><p>Write to us.</p>", phone()).why


WELSH = '<div lang="cy"><p>Ffoniwch ni ar 0808 157 0100</p></div>'
ROW = "<tr><td>{}</td><td>{}</td></tr>"


@pytest.mark.parametrize(
    ("html", "verdict"),
    [
        (ROW.format("Harbour Line", "0300 123 9876") + ROW.format("Port Line", "0808 157 0100"), Verdict.DOUBTFUL),
        (ROW.format("Harbour Line", "0808 157 0100") + ROW.format("Port Line", "0300 123 9876"), Verdict.STANDS),
        (ROW.format("Harbour Line office", "0300 123 9876") + ROW.format("Ring", "0808 157 0100"), Verdict.STANDS),
        ('<div lang="en"><p>Harbour Line: 0300 123 9876</p></div>' + WELSH, Verdict.DOUBTFUL),
        ('<div lang="en-GB"><p>Harbour Line: 0808 157 0100</p></div>' + WELSH, Verdict.STANDS),
        ('<div lang="en"><p>Harbour Line. Ring us day and night.</p></div>' + WELSH, Verdict.STANDS),
        ('<html lang="cy"><h1>Harbour Line</h1><p>Ffoniwch 0808 157 0100</p>', Verdict.STANDS),
        ('<p lang="cy">Harbour Line: nid yw 0808 157 0100 ar gael mwyach.</p>', Verdict.DOUBTFUL),
        ("<h1>Harbour Line</h1><dl><dt>Our old number</dt><dd>0808 157 0100</dd></dl>", Verdict.DOUBTFUL),
        ('<p lang="cy">Harbour Line: does dim rhaid dioddef mwyach. Ffoniwch 0808 157 0100</p>', Verdict.STANDS),
        ("<h1>Harbour Line</h1><p>Helpline now closed</p><p>0808 157 0100, from 9am</p>", Verdict.STANDS),
        ("<h1>Harbour Line</h1><dl><dt>Number</dt><dd>0808 157 0100</dd></dl>", Verdict.STANDS),
    ],
    ids=[
        *("in another's row", "in its own row", "beside an explained row"),
        *("another in the English half", "in both halves", "in the Welsh half alone", "on a Welsh page"),
        *("given up in Welsh", "given up by its label", "not given up in Welsh", "closed for the night", "labelled"),
    ],
)
def test_a_number_that_is_given_for_something_else_is_doubtful(html: str, verdict: Verdict) -> None:
    assert looked(html, phone()).verdict is verdict


def test_a_long_page_about_consent_is_a_gate_and_a_page_with_a_banner_is_none() -> None:
    consent = (
        "<title>Harbour Line</title><h2>We value your privacy</h2>"
        + "<p>With your consent we and our 1,234 partners use precise geolocation and device scanning.</p>" * 9
        + "<button>Accept all</button><button>Manage options</button>"
    )
    assert looked(consent, phone()).verdict is Verdict.NOT_SEEN
    assert looked(consent + "<p>You can write to us about anything at all.</p>" * 9, phone()).verdict is Verdict.GONE
    assert looked(consent + "<p>Ring 0808 157 0100</p>", phone()).verdict is Verdict.STANDS


@pytest.mark.parametrize("address", ["http://[", "http://[x/", "https://a.example:999999/", "//[", "tel:", "http:///"])
def test_a_link_that_makes_no_sense_is_a_link_like_others(address: str) -> None:
    html = f'<a href="{address}">Chat</a><p>Harbour Line 0808 157 0100</p>'
    assert looked(html, link("https://chat.example.org/start")).verdict is Verdict.GONE
    assert looked(html, phone()).verdict is Verdict.STANDS


SPITEFUL = {
    "ends without a beginning": "<b>" * 20_000 + "</i>" * 20_000,
    "tags that never end": "<a " * 30_000,
    "single digits": "1 " * 8_000,
    "our number again and again": "0808 157 0100 " * 3_000,
}


@pytest.mark.parametrize("html", SPITEFUL.values(), ids=SPITEFUL)
def test_a_spiteful_page_is_read_in_seconds(html: str) -> None:
    began = time.process_time()
    looked(html, phone())
    assert time.process_time() - began < 6  # without care, each takes from a minute to an hour


def test_an_address_whose_page_says_that_it_is_gone_is_gone() -> None:
    page = read_page("<title>404 - Page not found</title><p>Harbour Line</p>", ADDRESS)
    assert judge_target(link(ADDRESS), "Harbour Line", page).verdict is Verdict.GONE
    gate = read_page("<title>Just a moment</title><p>Checking your browser</p>", ADDRESS)
    assert judge_target(link(ADDRESS), "Harbour Line", gate).verdict is Verdict.NOT_SEEN


def test_a_page_that_sends_people_on_has_moved() -> None:
    html = '<meta http-equiv="refresh" content="0; url=https://other.example.org/"><p>Harbour Line 0808 157 0100</p>'
    assert looked(html, phone()).verdict is Verdict.MOVED


@pytest.mark.parametrize(
    ("found_at", "moved"),
    [
        ("https://help.example.org/contact/", False),
        ("https://www.help.example.org/contact", False),
        ("http://help.example.org/contact", False),
        ("https://help.example.org/", True),
        ("https://elsewhere.example.org/contact", True),
    ],
)
def test_a_redirect_to_another_page_is_a_move(found_at: str, moved: bool) -> None:
    page = read_page("<p>Harbour Line 0808 157 0100</p>", found_at)
    finding = judge_move(ADDRESS, page, phone())
    assert (finding is not None) is moved
    assert finding is None or (finding.verdict is Verdict.MOVED and "still stands" in finding.why)


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://chat.example.org/start/">Chat</a>',
        '<a href="//www.chat.example.org/start">Chat</a>',
        "<p>Go to chat.example.org/start to talk</p>",
    ],
)
def test_an_address_stands_as_a_link_or_in_words(html: str) -> None:
    assert looked(html, link("https://chat.example.org/start")).verdict is Verdict.STANDS
    assert looked(html, link("https://chat.example.org/stort")).verdict is Verdict.GONE


def test_a_mail_address_stands_as_a_link_or_in_words() -> None:
    fact = link("mailto:help@example.org")
    assert looked('<a href="mailto:help@example.org?subject=Hi">Write</a>', fact).verdict is Verdict.STANDS
    assert looked("<p>help@example.org</p>", fact).verdict is Verdict.STANDS
    assert looked("<p>nohelp@example.org or help@example.organic</p>", fact).verdict is Verdict.GONE


def test_a_page_that_names_somebody_else_is_doubtful() -> None:
    page = read_page("<h1>Lucky Casino</h1>" + "<p>Spin and win every day, free of charge.</p>" * 20, ADDRESS)
    assert judge_target(link(ADDRESS), "Harbour Line", page).verdict is Verdict.DOUBTFUL


@given(some.text())
def test_any_bytes_are_a_page(html: str) -> None:
    looked(html, phone())
    looked(html, link(ADDRESS))


@given(some.text(alphabet="0123456789", min_size=10, max_size=11), some.data())
def test_a_number_is_found_however_it_is_spaced(digits: str, data: some.DataObject) -> None:
    written = digits[0]
    for digit in digits[1:]:
        written += data.draw(some.sampled_from(["", " ", "-", "\u00a0", " - "])) + digit
    assert holds(f"Ring {written} now", digits_of(digits))


@given(some.text(alphabet="012", max_size=6), some.text(alphabet="012", max_size=6))
def test_slips_are_a_distance(one: str, other: str) -> None:
    assert slips(one, other) == slips(other, one)
    assert (slips(one, other) == 0) is (one == other)
    assert abs(len(one) - len(other)) <= slips(one, other) <= max(len(one), len(other))
