"""On paper a page is a clean card: who helps and how to reach them, in black, and nothing that only a screen can do."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from tests.browser.test_accessibility import go_to


@pytest.mark.parametrize("kind", ["services", "danger", "emergency"])
async def test_a_printed_page_holds_the_words_and_numbers_and_no_button(unscripted: Page, site: str, kind: str) -> None:
    await go_to(unscripted, site, "danger" if kind == "danger" else "services")
    if kind == "emergency":
        await unscripted.locator(".emergency").click()
    ways = await unscripted.locator(".said a, .card a").all_inner_texts()

    await unscripted.emulate_media(media="print")

    assert await unscripted.locator("button:visible, textarea:visible, .exit:visible, .skip:visible").all() == []
    assert await unscripted.locator(".said a:visible, .card a:visible").all_inner_texts() == ways != []
    assert await unscripted.locator(".danger a:visible").count() == 2
    shown = await unscripted.locator("h2, h3, p, li, a").evaluate_all(
        """found => [...new Set(found.filter(one => one.offsetParent).flatMap(one => {
          const look = getComputedStyle(one);
          return [look.color, look.backgroundColor];
        }))]"""
    )
    assert set(shown) <= {"rgb(0, 0, 0)", "rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}


async def test_the_address_of_a_page_can_be_read_on_paper(unscripted: Page, site: str) -> None:
    await go_to(unscripted, site, "services")
    await unscripted.emulate_media(media="print")
    link = unscripted.locator(".card a[href^='https']").first
    address = str(await link.get_attribute("href"))
    added = "none"
    for _ in range(20):  # the style sheet for paper may take a moment to apply
        added = await link.evaluate("link => getComputedStyle(link, '::after').content")
        if added != "none":
            break
        await unscripted.wait_for_timeout(100)
    assert address in added or "attr(href)" in added
