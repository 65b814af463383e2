"""One browser for all tests of this folder, a fresh profile and the real server for each."""

from __future__ import annotations

import inspect
import os
import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from bot.dialogue.engine import Engine
from tests.web_server import make_application, make_settings, serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

PATIENCE = 30_000
"""Milliseconds until a page that does not come counts as lost. Long: how fast it comes is for benchmarks to say."""

expect.set_options(timeout=PATIENCE)

EXIT_HOST = "exit.test"
"""Stands for the neutral page that people leave to. No test opens a connection to the outside."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests here share one event loop, since they share one browser."""
    for item in items:
        if "tests/browser/" in item.path.as_posix() and inspect.iscoroutinefunction(getattr(item, "function", None)):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The system's Chromium. Without one these tests are skipped, except where everything has to be tested."""
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("chromium is missing, and where CI is true no test may be left out")
        pytest.skip("needs chromium (on Debian: apt-get install chromium)")
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu"],
            # Playwright switches the back/forward cache off, and what it would keep is just what matters here.
            ignore_default_args=["--disable-back-forward-cache"],
        )
        yield running
        await running.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def site(engine: Engine) -> AsyncIterator[str]:
    """The web chat with the shipped content on a Tuesday afternoon: its address."""
    settings = make_settings(exit_url=f"http://{EXIT_HOST}/weather")
    async with serving(make_application(engine, settings), settings) as address:
        yield address


@pytest_asyncio.fixture(params=["with scripts", "without scripts"], loop_scope="session")
async def visitor(request: pytest.FixtureRequest, browser: Browser) -> AsyncIterator[Page]:
    """Somebody with a fresh profile, once with and once without scripts."""
    context = await browser.new_context(java_script_enabled=request.param == "with scripts")
    yield await arrive(context)
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def scripted(browser: Browser) -> AsyncIterator[Page]:
    """Somebody with a fresh profile and scripts."""
    context = await browser.new_context()
    yield await arrive(context)
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def unscripted(browser: Browser) -> AsyncIterator[Page]:
    """Somebody with a fresh profile and no scripts."""
    context = await browser.new_context(java_script_enabled=False)
    yield await arrive(context)
    await context.close()


async def arrive(context: BrowserContext) -> Page:
    """A new tab in which the neutral page exists."""
    context.set_default_timeout(PATIENCE)
    await context.route(
        f"http://{EXIT_HOST}/**",
        lambda route: route.fulfill(
            body="<!doctype html><title>Weather</title><h1>Sunny spells</h1>", content_type="text/html"
        ),
    )
    return await context.new_page()
