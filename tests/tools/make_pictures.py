"""Takes the pictures of the web chat that the README shows: .venv/bin/python -m tests.tools.make_pictures"""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

from bot.dialogue.opening import open_engine
from tests.browser.conftest import CHROMIUM
from tests.browser.pages import begins, presses, types
from tests.packs import REPOSITORY
from tests.web_server import make_application, make_settings, serving

FOLDER = REPOSITORY / "docs" / "pictures"
COLOURS = 48
PHONE, DESKTOP = (390, 844), (1100, 1000)


async def page_of(browser: Browser, size: tuple[int, int], scheme: str) -> Page:
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        device_scale_factor=1.5,
    )
    return await context.new_page()


async def take(page: Page, name: str) -> None:
    """A picture of what is in the window, with few colours, so that it is small."""
    await page.mouse.move(0, 0)
    picture = Image.open(io.BytesIO(await page.screenshot())).convert("RGB")
    made = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    made.save(Path(FOLDER, f"{name}.png"), optimize=True)


async def main() -> None:
    """Take them all."""
    FOLDER.mkdir(exist_ok=True)
    settings = make_settings()
    app = make_application(open_engine(["base"]), settings)
    async with serving(app, settings) as site, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = await page_of(browser, PHONE, "light")
        await page.goto(site)
        await take(page, "before")
        await begins(page, site)
        await presses(page, "Threats to share my picture")
        await presses(page, "Me (under 18)")
        await take(page, "phone")
        page = await page_of(browser, PHONE, "dark")
        await begins(page, site)
        await types(page, "i want to die")
        await take(page, "phone-dark")
        page = await page_of(browser, DESKTOP, "light")
        await begins(page, site)
        await presses(page, "I'm worried about a child")
        await presses(page, "My child")
        await take(page, "desktop")
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
