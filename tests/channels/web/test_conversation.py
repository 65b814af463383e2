"""A conversation on the web, as somebody without scripts has it."""

from __future__ import annotations

import re

import httpx
import pytest
from starlette.types import ASGIApp

from bot.channels.web.pages import PADDED_TO
from bot.dialogue.engine import Engine
from tests.channels.web.conftest import BUTTON, Visitor, begun, client_of
from tests.web_server import make_application, make_settings


async def test_the_first_page_says_how_to_leave_and_what_stays_before_anything_is_asked(
    client: httpx.AsyncClient,
) -> None:
    visitor = Visitor(client, await client.get("/"))
    assert visitor.response.status_code == 200
    assert "Exit this page" in visitor.words
    assert "press Shift three times" in visitor.words
    assert "stays in your browser's history" in visitor.words
    assert visitor.buttons == ["Begin"]
    assert "noindex" not in visitor.response.headers["x-robots-tag"]
    assert "noindex" in (await client.get("/chat")).headers["x-robots-tag"]


async def test_buttons_lead_on_and_back(visitor: Visitor) -> None:
    assert "What is going on?" in visitor.words
    await visitor.presses("Threats to share my picture")
    await visitor.presses("Me (under 18)")
    assert "not your fault" in visitor.words
    assert "Childline" in visitor.words
    await visitor.presses("Back")
    assert "Who is this about?" in visitor.words


async def test_typed_words_are_understood_where_the_person_stands(visitor: Visitor) -> None:
    await visitor.presses("Threats to share my picture")
    await visitor.presses("Me (under 18)")
    await visitor.types("i want to die")
    assert "I'm really glad you are here" in visitor.words
    assert "Papyrus HOPELINE247" in visitor.words, "the age told before still chooses"
    await visitor.presses("Back")
    assert "not your fault" in visitor.words


async def test_typed_words_are_never_repeated(visitor: Visitor) -> None:
    await visitor.types("canary <b>canary</b> wants money")
    assert "canary" not in visitor.page
    assert visitor.response.status_code == 200


async def test_every_turn_has_the_same_address_and_no_redirect(visitor: Visitor) -> None:
    for label in ("I'm worried about a child", "My child", "Get help now", "Back", "Leave"):
        await visitor.presses(label)
        assert visitor.response.status_code == 200
        assert visitor.response.history == []
        assert visitor.response.url.path == "/chat"
        assert not visitor.response.url.query


async def test_every_form_posts_to_the_one_address_and_asks_the_browser_to_remember_nothing(visitor: Visitor) -> None:
    for label in ("Threats to share my picture", "Me (under 18)", "Get help now"):
        forms = re.findall(r"<form[^>]*>", visitor.page)
        assert len(forms) >= 3
        assert {re.sub(r' class="\w+"', "", form) for form in forms} == {
            '<form method="post" action="/chat" autocomplete="off">'
        }
        await visitor.presses(label)


async def test_the_text_box_is_kept_from_spelling_services_and_memory(visitor: Visitor) -> None:
    box = re.search(r"<textarea[^>]*>", visitor.page)
    assert box is not None
    for attribute in (
        'autocomplete="off"',
        'autocapitalize="sentences"',
        'spellcheck="false"',
        'writingsuggestions="false"',
        'maxlength="2000"',
        'rows="3"',
        'enterkeyhint="send"',
    ):
        assert attribute in box[0]
    assert '<label for="words">' in visitor.page
    assert visitor.page.index("</form>") < visitor.page.index("<textarea"), "buttons come first, so nobody has to type"


async def test_numbers_can_be_pressed_and_are_read_as_well(visitor: Visitor) -> None:
    await visitor.types("i want to die")
    assert '<a class="reach" href="tel:08000684141">0800 068 4141</a>' in visitor.page
    await visitor.presses("What happens then?")
    assert 'href="tel:112"' in visitor.page


async def test_a_text_carries_its_keyword(visitor: Visitor) -> None:
    await visitor.types("i want to die")
    await visitor.presses("Help me through this hour")
    await visitor.presses("I can't talk out loud")
    assert 'href="sms:85258?body=SHOUT">' in visitor.page


async def test_leaving_tells_the_truth_about_the_history(visitor: Visitor) -> None:
    await visitor.presses("Leave")
    assert "Your browser may still list this page in its history" in visitor.words
    assert "Nothing of what you pressed or wrote is kept here" in visitor.words
    assert BUTTON.findall(visitor.page) == []
    await visitor.asks_what_stays()
    assert "You can delete it there" in visitor.words


async def test_what_stays_on_the_device_is_told_without_losing_the_place(visitor: Visitor) -> None:
    await visitor.presses("Threats to share my picture")
    await visitor.presses("Me (under 18)")
    before = visitor.page
    await visitor.asks_what_stays()
    assert "a program that spies on the device" in visitor.words
    await visitor.presses("Go on")
    assert visitor.page == before


async def test_two_people_on_the_same_way_get_the_same_bytes(app: ASGIApp) -> None:
    pages = []
    for agent in ("Mozilla/5.0 (one)", "Mozilla/5.0 (another)"):
        async with client_of(app) as client:
            client.headers["user-agent"] = agent
            visitor = await begun(client)
            seen = [visitor.response.content]
            for label in ("I'm worried about a child", "My child"):
                await visitor.presses(label)
                seen.append(visitor.response.content)
            await visitor.types("someone wants to meet her")
            pages.append([*seen, visitor.response.content])
    assert pages[0] == pages[1]


async def test_the_length_of_a_page_says_little_about_which_one_it_is(visitor: Visitor) -> None:
    lengths = {len(visitor.response.content)}
    for label in ("Threats to share my picture", "Me (under 18)", "Get help now", "Leave"):
        await visitor.presses(label)
        lengths.add(len(visitor.response.content))
    assert all(length % PADDED_TO == 0 for length in lengths)


async def test_a_screen_is_whole_in_its_first_15_kilobytes(visitor: Visitor) -> None:
    files = re.findall(r'(?:href|src)="(/(?:style|page)-[^"]+)"', visitor.page)
    style, script = [await visitor.client.get(found) for found in files]
    assert len(visitor.response.content) <= 15 * 1024
    assert len(style.content) <= 8 * 1024
    assert len(script.content) <= 8 * 1024
    await visitor.types("i want to die")
    assert len(visitor.response.content) + len(style.content) + len(script.content) <= 50 * 1024


async def test_the_style_and_script_may_be_kept_because_their_names_change_with_them(visitor: Visitor) -> None:
    for path in re.findall(r'(?:href|src)="(/(?:style|page)-[^"]+)"', visitor.page):
        response = await visitor.client.get(path)
        assert response.status_code == 200
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"


async def test_title_and_icon_tell_nothing_unless_a_charity_wants_its_own(engine: Engine) -> None:
    async with client_of(make_application(engine)) as client:
        page = (await client.get("/chat")).text
    assert page.index("<title>Information</title>") < 200
    assert '<link rel="icon" href="data:image/svg+xml;base64,' in page
    settings = make_settings(page_title="Ask <us>", brand_name="A & B", brand_colour="#7a1fa2")
    async with client_of(make_application(engine, settings)) as client:
        page = (await client.get("/chat")).text
        style = re.search(r'href="(/style-[^"]+)"', page)
        assert style is not None
        assert "--brand: #7a1fa2" in (await client.get(style[1])).text
    assert "<title>Ask &lt;us&gt;</title>" in page
    assert "A &amp; B" in page


@pytest.mark.parametrize("asked", ["xx", "xx,en;q=0.5", "*", "", "en" * 5000, "\xff"])
async def test_whatever_language_is_asked_for_there_is_a_page(client: httpx.AsyncClient, asked: str) -> None:
    response = await client.get("/chat", headers=[(b"accept-language", asked.encode("latin-1"))])
    assert response.status_code == 200
    assert '<html lang="en" dir="ltr">' in response.text


async def test_the_exit_is_a_plain_link_before_everything_else(client: httpx.AsyncClient, visitor: Visitor) -> None:
    lost = await client.get("/nowhere")
    for page in (visitor.page, lost.text):
        body = page[page.index("<body>") :]
        first = re.search(r"<(?:a|button|input|textarea)\b[^>]*>", body)
        assert first is not None
        assert 'class="exit" ' in first[0]
        assert 'href="https://www.bbc.co.uk/weather" rel="noreferrer noopener nofollow" target="_top"' in first[0]
