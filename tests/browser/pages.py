"""What tests do on a page, as a person would: by what can be read on it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from playwright.async_api import Page, expect


async def begins(page: Page, site: str) -> None:
    """Open the conversation."""
    await page.goto(f"{site}/chat")
    await presses(page, "Begin")
    await expect(page.get_by_role("textbox")).to_be_visible()


async def presses(page: Page, label: str) -> None:
    """Press a button and wait for the page that it leads to."""
    await _turn(page, page.get_by_role("button", name=label, exact=True).click)


async def types(page: Page, words: str) -> None:
    """Write into the text box, send it, and wait for the answer."""
    await page.get_by_role("textbox").fill(words)
    await _turn(page, page.get_by_role("button", name="Send", exact=True).click)


async def heads_for(page: Page) -> str:
    """The name of the element that has the focus."""
    return str(await page.evaluate("document.activeElement.tagName"))


async def _turn(page: Page, act: Callable[[], Awaitable[None]]) -> None:
    await page.locator("main").evaluate("main => main.dataset.old = 'yes'")
    await act()
    await page.locator("main:not([data-old])").wait_for()
