"""The page with the flows, on a phone: read first, looked at as a picture later, and nothing too small to press."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Browser

from bot.checks.graph.command import Format, graph
from bot.dialogue.engine import Engine

LEAST = 40
"""Pixels that a finger needs; 44 with the space around it."""


async def test_on_a_phone_the_flows_can_be_read_and_pressed(browser: Browser, engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "flows.html"
    file.write_text(graph(engine.content, Format.HTML), encoding="utf-8")
    context = await browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page = await context.new_page()
    await page.goto(f"{file.as_uri()}#image_threats.money")
    assert await page.locator("#view-list").get_attribute("aria-pressed") == "true"
    assert await page.locator('[id="image_threats.money"]').is_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    await page.select_option("#flow-choice", "all-flows")
    heights = await page.locator(".flows a").evaluate_all("links => links.map(a => a.getBoundingClientRect().height)")
    assert len(heights) > 30
    assert min(heights) >= LEAST
    await page.locator(".flows a").nth(4).tap()  # not the one that was opened
    assert await page.locator("#view-list").get_attribute("aria-pressed") == "true"
    await page.locator("#view-picture").tap()
    cards = page.locator(".figure:not([hidden]) .node .card")
    seen = "cards => cards.some(card => { const { left, top, width } = card.getBoundingClientRect();"
    seen += " return left >= 0 && left < 200 && top > 0 && top < 700 && width > 150 })"
    assert await cards.evaluate_all(seen), "a step is seen, large enough to be read"
    await context.close()
