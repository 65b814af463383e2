"""Every kind of screen for everybody: axe finds nothing, nothing scrolls sideways, everything can be hit."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from importlib.resources import files
from itertools import pairwise
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from bot.dialogue.engine import Engine
from tests.browser.conftest import arrive
from tests.browser.pages import begins, presses, types
from tests.web_server import make_application, make_settings, serving

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "wcag2aaa", "wcag22aaa", "best-practice"]

KINDS = ["first", "menu", "services", "danger", "emergency", "details", "question", "traces", "left", "refused"]
"""Every kind of page there is."""


async def go_to(page: Page, site: str, kind: str) -> None:
    """Bring the browser to a page of this kind."""
    if kind == "first":
        await page.goto(f"{site}/")
    elif kind == "refused":
        await page.goto(f"{site}/nowhere")
    else:
        await begins(page, site)
    if kind == "services":
        await presses(page, "Threats to share my picture")
        await presses(page, "Me (under 18)")
    if kind == "danger":
        await types(page, "i want to die")


async def walk(page: Page, site: str) -> AsyncIterator[str]:
    """One conversation through every kind of page."""
    await go_to(page, site, "first")
    yield "first"
    await presses(page, "Begin")
    yield "menu"
    await presses(page, "Threats to share my picture")
    await presses(page, "Me (under 18)")
    yield "services"
    await presses(page, "What happens then?")
    yield "details"
    await types(page, "i want to die")
    yield "danger"
    await presses(page, "Help where I live")
    yield "question"
    await presses(page, "Get help now")
    yield "emergency"
    await presses(page, "What stays on this device?")
    yield "traces"
    await presses(page, "Go on")
    await presses(page, "Leave")
    yield "left"
    await go_to(page, site, "refused")
    yield "refused"


async def violations(page: Page) -> list[str]:
    """What axe finds, in words."""
    await page.evaluate(AXE)
    found: dict[str, Any] = await page.evaluate("tags => axe.run(document, {runOnly: tags})", TAGS)
    return [f"{item['id']}: {node['html']}" for item in found["violations"] for node in item["nodes"]]


@pytest_asyncio.fixture(params=["light", "dark"], loop_scope="session")
async def themed(request: pytest.FixtureRequest, browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(color_scheme=request.param, bypass_csp=True)  # for axe itself
    yield await arrive(context)
    await context.close()


async def test_every_kind_of_page_is_sound(themed: Page, site: str) -> None:
    wrong = {}
    async for kind in walk(themed, site):
        wrong[kind] = [*await violations(themed), *await too_small(themed), *await disordered(themed)]
    assert wrong == {kind: [] for kind in KINDS}


async def too_small(page: Page) -> list[str]:
    """What is to be pressed and less than 44 pixels high."""
    found: list[str] = await page.evaluate(
        """() => [...document.querySelectorAll("button, .exit, .card a, textarea")].filter(
          element => element.getBoundingClientRect().height < 44).map(element => "small: " + element.outerHTML)"""
    )
    return found


async def disordered(page: Page) -> list[str]:
    """Headings that skip a level, or are not one at the top."""
    names = await page.locator("h1, h2, h3, h4").evaluate_all("found => found.map(heading => heading.tagName)")
    levels = [int(name[1]) for name in names]
    sound = levels[0] == 1 and levels.count(1) == 1
    sound = sound and all(later <= earlier + 1 for earlier, later in pairwise(levels))
    return [] if sound else [f"headings: {levels}"]


async def test_axe_would_find_something(themed: Page, site: str) -> None:
    await go_to(themed, site, "menu")
    await themed.locator("label").evaluate("label => label.remove()")
    assert any("label" in violation for violation in await violations(themed))


async def test_nothing_scrolls_sideways_on_a_window_of_320_pixels(browser: Browser, site: str) -> None:
    context = await browser.new_context(viewport={"width": 320, "height": 640}, bypass_csp=True)
    page = await arrive(context)
    wide = {}
    async for kind in walk(page, site):
        for size in ("100%", "200%"):
            await page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
            wide[kind, size] = await page.evaluate("document.documentElement.scrollWidth")
            assert await page.locator(".exit").first.is_visible()
    assert set(wide.values()) == {320}, wide
    await context.close()


async def test_words_may_be_spaced_out_without_anything_being_cut_off(browser: Browser, site: str) -> None:
    context = await browser.new_context(viewport={"width": 360, "height": 640}, bypass_csp=True)
    page = await arrive(context)
    await go_to(page, site, "services")
    spacing = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"
    await page.add_style_tag(content=f"{spacing} p {{ margin-bottom: 2em !important; }}")
    cut = await page.evaluate(
        """() => [...document.querySelectorAll("main *, .bar *")].filter(element =>
          !element.closest(".unseen, .skip, .exit-again") &&
          element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 &&
          getComputedStyle(element).display !== "inline").map(element => element.outerHTML)"""
    )
    assert cut == []
    await context.close()


async def test_the_exit_stays_in_view_and_covers_nothing_that_has_the_focus(scripted: Page, site: str) -> None:
    await go_to(scripted, site, "danger")
    await scripted.set_viewport_size({"width": 390, "height": 600})
    hidden = []
    for _ in range(25):
        await scripted.keyboard.press("Tab")
        covered = await scripted.evaluate(
            """() => {
              const active = document.activeElement;
              if (active === document.body || active.closest(".bar")) { return false; }
              const bar = document.querySelector(".bar").getBoundingClientRect();
              const focus = active.getBoundingClientRect();
              return focus.height > 0 && focus.top < bar.bottom - 1 && focus.bottom > bar.top;
            }"""
        )
        if covered:
            hidden.append(await scripted.evaluate("document.activeElement.outerHTML"))
        assert await scripted.evaluate(
            "document.querySelector('.exit').getBoundingClientRect().top >= 0 "
            "&& document.querySelector('.exit').getBoundingClientRect().bottom <= innerHeight"
        )
    assert hidden == []


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_the_exit_covers_no_number_where_the_page_is_magnified_four_times(
    browser: Browser, site: str, language: str
) -> None:
    """A window of 1,280 by 1,024 pixels shows as much as one of 320 by 256 (WCAG 2.2, 1.4.10)."""
    context = await browser.new_context(viewport={"width": 320, "height": 256}, locale=language)
    page = await arrive(context)
    await page.goto(f"{site}/chat")
    await page.locator("main button").first.click()
    await page.locator("textarea").wait_for()
    exit_ = await page.locator(".exit").bounding_box()
    assert exit_ is not None
    for number in await page.locator(".danger a").all():
        box = await number.bounding_box()
        assert box is not None
        beside = box["x"] + box["width"] <= exit_["x"] or box["x"] >= exit_["x"] + exit_["width"]
        assert beside or box["y"] >= exit_["y"] + exit_["height"]
    await context.close()


async def test_no_word_is_broken_in_large_letters_on_a_small_window(browser: Browser, site: str) -> None:
    context = await browser.new_context(viewport={"width": 320, "height": 640})
    page = await arrive(context)
    await page.goto(f"{site}/chat")
    await page.evaluate("document.documentElement.style.fontSize = '200%'")
    broken = await page.evaluate(
        """() => {
          const found = [], walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            for (const word of walker.currentNode.data.matchAll(/[\\p{L}']+/gu)) {
              const range = document.createRange();
              range.setStart(walker.currentNode, word.index);
              range.setEnd(walker.currentNode, word.index + word[0].length);
              if (range.getClientRects().length > 1) { found.push(word[0]); }
            }
          }
          return found;
        }"""
    )
    assert broken == []
    await context.close()


async def test_a_page_can_be_read_from_top_to_bottom_without_its_style(unscripted: Page, site: str) -> None:
    await unscripted.route("**/*.css", lambda route: route.abort())
    await go_to(unscripted, site, "services")
    words = await unscripted.locator("body").inner_text()
    order = ["Exit this page", "In danger? Ring 999", "not your fault", "Childline", "How are you right now?", "Send"]
    places = [words.index(wanted) for wanted in order]
    assert places == sorted(places)


async def test_every_kind_of_page_works_in_a_browser_that_loads_and_runs_nothing(unscripted: Page, site: str) -> None:
    """As Tor Browser's safest setting does, and more: no script, style, picture or font comes, only the page itself."""
    await unscripted.route(
        "**/*", lambda route: route.continue_() if route.request.resource_type == "document" else route.abort()
    )
    wrong = {}
    async for kind in walk(unscripted, site):
        found: list[str] = await unscripted.evaluate(
            """() => [...document.querySelectorAll("svg, math, canvas, video, audio, details, iframe, main img")]
              .map(element => element.outerHTML)"""
        )
        words = await unscripted.locator("body").inner_text()
        shown = all(wanted in words for wanted in ("999", "Exit this page"))
        wrong[kind] = found if shown else [*found, words]
    assert wrong == {kind: [] for kind in KINDS}


async def test_nothing_moves(scripted: Page, site: str) -> None:
    await go_to(scripted, site, "services")
    moving = await scripted.evaluate(
        """() => [...document.querySelectorAll("*")].filter(element => {
          const style = getComputedStyle(element);
          return style.animationName !== "none" || style.transitionDuration !== "0s"
            || style.scrollBehavior === "smooth";
        }).length"""
    )
    assert moving == 0


async def test_colours_of_the_system_are_respected(browser: Browser, site: str) -> None:
    context = await browser.new_context(forced_colors="active")
    page = await arrive(context)
    await go_to(page, site, "menu")
    border = await page.get_by_role("button", name="Get help now").evaluate(
        "one => getComputedStyle(one).borderTopWidth"
    )
    assert border == "2px"
    await context.close()


@pytest.mark.parametrize("language", ["ar", "ur"])
async def test_numbers_read_as_they_are_rung_between_words_that_run_from_the_right(
    browser: Browser, site: str, language: str
) -> None:
    context = await browser.new_context(locale=language)
    page = await arrive(context)
    await page.goto(f"{site}/chat")
    await page.get_by_role("button").first.click()
    await page.locator("html[dir=rtl] .card").first.wait_for()
    read: dict[str, str] = await page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('main a[href^="tel:"]')].map(link => {
          const letters = [], walker = document.createTreeWalker(link, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            for (let index = 0; index < node.length; index += 1) {
              const range = document.createRange();
              range.setStart(node, index);
              range.setEnd(node, index + 1);
              letters.push([range.getBoundingClientRect().left, node.data[index]]);
            }
          }
          letters.sort((one, other) => one[0] - other[0]);
          return [link.getAttribute("href"), letters.map(letter => letter[1]).join("").replace(/[^0-9]/g, "")];
        }))"""
    )
    assert len(read) >= 3
    assert read == {address: address.removeprefix("tel:") for address in read}, "from left to right, as on the screen"
    await context.close()


async def test_what_has_no_translation_says_in_which_language_it_is(browser: Browser, engine: Engine) -> None:
    content = engine.content
    english, urdu = content.texts("en"), content.editions["ur"]
    own = {key: english[key] for key in ("web_before_text", "web_exit", "web_type")}
    partly = replace(urdu, texts={**urdu.texts, **own})
    settings = make_settings()
    app = make_application(Engine(replace(content, editions={**content.editions, "ur": partly})), settings)
    context = await browser.new_context(locale="ur")
    page = await arrive(context)
    async with serving(app, settings) as site:
        await page.goto(f"{site}/chat")
        assert await page.locator("html").get_attribute("lang") == "en", "what this page is about is not in Urdu"
        await page.get_by_role("button").first.click()
        await page.locator("html[lang=ur]").wait_for()
        assert await page.get_by_role("link", name="Exit this page").first.get_attribute("lang") == "en"
        assert await page.locator("label").get_attribute("dir") == "ltr"
    await context.close()


async def test_what_is_translated_greets_people_in_their_language(browser: Browser, site: str) -> None:
    context = await browser.new_context(locale="ur")
    page = await arrive(context)
    await page.goto(f"{site}/chat")
    assert await page.locator("html").get_attribute("lang") == "ur"
    assert await page.locator("html").get_attribute("dir") == "rtl"
    assert await page.locator("[lang=en]").count() == 0
    await context.close()


async def test_a_language_that_runs_from_right_to_left(browser: Browser, engine: Engine) -> None:
    content = engine.content
    turned = {code: replace(edition, direction="rtl") for code, edition in content.editions.items()}
    settings = make_settings()
    app = make_application(Engine(replace(content, editions=turned)), settings)
    context = await browser.new_context(viewport={"width": 390, "height": 800})
    page = await arrive(context)
    async with serving(app, settings) as site:
        await go_to(page, site, "services")
        assert await page.locator("html").get_attribute("dir") == "rtl"
        exit_, said = await page.locator(".exit").first.bounding_box(), page.locator(".said")
        assert exit_ is not None
        assert exit_["x"] < 100, "the way out stands at the other end of the line"
        assert await said.evaluate("one => getComputedStyle(one).borderRightWidth") != "1px"
        assert await page.evaluate("document.documentElement.scrollWidth") == 390
    await context.close()
