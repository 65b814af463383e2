"""Leaving quickly, and what the back button shows afterwards: nothing."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Error, Page, expect
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router

from bot.dialogue.engine import Engine
from tests.browser.conftest import EXIT_HOST, arrive
from tests.browser.pages import begins, presses
from tests.packs import REPOSITORY
from tests.web_server import make_application, make_settings, serving

WEATHER = f"http://{EXIT_HOST}/weather"


async def test_the_link_leads_out_at_once(visitor: Page, site: str) -> None:
    await begins(visitor, site)
    await presses(visitor, "Something else")
    await visitor.get_by_role("link", name="Exit this page").first.click()
    await visitor.wait_for_url(WEATHER)
    assert await visitor.evaluate("document.referrer") == ""


async def test_three_times_shift_leads_out_and_says_how_often_is_left(scripted: Page, site: str) -> None:
    await begins(scripted, site)
    await scripted.keyboard.press("Shift")
    await expect(scripted.get_by_role("status")).to_have_text("Press Shift two more times to exit.")
    await scripted.keyboard.press("Shift")
    await expect(scripted.get_by_role("status")).to_have_text("Press Shift once more to exit.")
    await expect(scripted.locator(".dots")).to_have_text("●●○")
    await scripted.keyboard.press("Shift")
    await scripted.wait_for_url(WEATHER)


async def test_shift_with_another_key_is_writing_and_not_leaving(scripted: Page, site: str) -> None:
    await begins(scripted, site)
    box = scripted.get_by_role("textbox")
    await box.focus()
    for _ in range(4):
        await scripted.keyboard.press("Shift+H")
    await scripted.keyboard.press("Shift")
    await scripted.keyboard.type("a")
    await scripted.keyboard.press("Shift")
    await scripted.keyboard.press("Shift")
    await expect(box).to_have_value("HHHHa")
    assert scripted.url == f"{site}/chat"


async def test_presses_that_are_far_apart_do_not_add_up(scripted: Page, site: str) -> None:
    await scripted.clock.install()
    await begins(scripted, site)
    for _ in range(4):
        await scripted.keyboard.press("Shift")
        await scripted.clock.fast_forward(5100)
    await expect(scripted.locator(".dots")).to_have_text("")
    assert scripted.url == f"{site}/chat"


async def test_the_screen_is_covered_before_the_other_page_has_come(scripted: Page, site: str) -> None:
    await begins(scripted, site)
    seen = await scripted.evaluate(
        """() => {
          document.querySelector(".exit").click();
          return [document.documentElement.className, getComputedStyle(document.body).visibility];
        }"""
    )
    assert seen == ["covered", "hidden"]


async def test_going_back_after_leaving_shows_what_was_before_the_chat(scripted: Page, site: str) -> None:
    await scripted.goto("about:blank")
    await begins(scripted, site)
    for label in ("I'm worried about a child", "My child", "Get help now"):
        await presses(scripted, label)
    assert await scripted.evaluate("history.length") == 2, "the conversation is one entry"
    await scripted.get_by_role("link", name="Exit this page").first.click()
    await scripted.wait_for_url(WEATHER)
    await scripted.go_back()
    assert scripted.url == "about:blank"


async def test_going_back_after_following_a_link_shows_a_fresh_beginning(scripted: Page, site: str) -> None:
    await begins(scripted, site)
    await presses(scripted, "Something else")
    await scripted.get_by_role("textbox").fill("canary half typed")
    await scripted.goto(WEATHER)
    await scripted.go_back()
    await expect(scripted.get_by_role("heading", name="Before you begin")).to_be_visible()
    assert "canary" not in await scripted.content()
    assert "There is room for your worry" not in await scripted.content()


async def test_without_scripts_going_back_shows_no_half_typed_words(browser: Browser, site: str) -> None:
    context = await browser.new_context(java_script_enabled=False)  # and nothing intercepted, which changes going back
    page = await context.new_page()
    await begins(page, site)
    await page.get_by_role("textbox").fill("canary half typed")
    await page.goto(f"{site}/card")
    with pytest.raises(Error, match="ERR_CACHE_MISS"):  # the browser asks before it would send the form again
        await page.go_back(wait_until="commit")
    # Chromium may still be going back when it is asked what it shows; these ask again while the page changes.
    await expect(page.locator("textarea")).to_have_count(0)
    await expect(page.locator("body")).to_have_text("")
    assert "canary" not in await page.content()
    await context.close()


async def test_what_can_be_got_without_a_form_has_nothing_to_type_into(unscripted: Page, site: str) -> None:
    for path in ("/", "/chat", "/card", "/nowhere"):
        await unscripted.goto(f"{site}{path}")
        assert await unscripted.locator("textarea, input").count() == 0, path


async def test_what_was_left_is_empty_even_where_the_browser_keeps_whole_pages(scripted: Page, site: str) -> None:
    await begins(scripted, site)
    await scripted.get_by_role("textbox").fill("canary half typed")
    await scripted.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    assert (await scripted.locator("body").inner_html()).strip() == ""
    async with scripted.expect_navigation():
        await scripted.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    await expect(scripted.get_by_role("heading", name="Before you begin")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
async def test_inside_a_charitys_own_page_the_exit_leaves_the_whole_page(
    browser: Browser, engine: Engine, scripts: bool
) -> None:
    frame = ""

    async def show(_: Request) -> Response:
        return Response(frame, media_type="text/html")

    context = await browser.new_context(java_script_enabled=scripts)
    page = await arrive(context)
    async with serving(Router([Route("/help", show)])) as charity, serving(Router([Route("/help", show)])) as stranger:
        settings = make_settings(exit_url=WEATHER, frame_ancestors=(charity,))
        async with serving(make_application(engine, settings), settings) as site:
            frame = snippet().replace("https://chat.example.org/chat", f"{site}/chat")
            await page.goto(f"{stranger}/help")
            assert await page.frame_locator("iframe").get_by_role("button").count() == 0, "no other site can show it"
            await page.goto(f"{charity}/help")
            inside = page.frame_locator("iframe")
            await inside.get_by_role("button", name="Begin").click()
            await inside.get_by_role("button", name="Something else").click()
            await expect(inside.locator("main")).to_contain_text("There is room for your worry here too")
            rounded = await inside.locator(".exit").first.evaluate("link => getComputedStyle(link).borderRadius")
            assert rounded == "32px", "the style comes into a frame too"
            await inside.get_by_role("link", name="Exit this page").first.click()
            await page.wait_for_url(WEATHER)
    await context.close()


def snippet() -> str:
    """What docs/web-chat.md tells a charity to put into its page."""
    words = (REPOSITORY / "docs" / "web-chat.md").read_text(encoding="utf-8")
    return words[words.index("<iframe") : words.index("</iframe>") + len("</iframe>")]
