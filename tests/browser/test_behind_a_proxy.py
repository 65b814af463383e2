"""A real browser, a real proxy, https and HTTP/2, with the browser's memory of whole pages forced on."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Error, Page, Response, async_playwright, expect
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route, Router

from bot.channels.web.headers import security_headers
from bot.dialogue.engine import Engine
from tests.browser.conftest import CHROMIUM
from tests.browser.pages import begins, presses, types
from tests.proxies import proxied
from tests.web_server import make_application, make_settings, serving

KEEPING_PAGES = "BackForwardCache,CacheControlNoStoreEnterBackForwardCache"
"""Chromium's own names for keeping pages that were left, and even those that came over https and say ``no-store``."""

TELL = "addEventListener('pageshow', one => console.log(one.persisted, document.body.textContent.length))"
"""Tells of each page that is shown whether it was kept, and how much there is to read on it."""


@dataclass(frozen=True)
class Outside:
    """What somebody on the internet meets: the chat through a proxy, another site, and a browser that trusts both."""

    browser: Browser
    chat: str
    weather: str

    @asynccontextmanager
    async def person(self, *, scripts: bool = True) -> AsyncIterator[Page]:
        """Somebody with a fresh profile. Nothing is intercepted, which would change going back."""
        context = await self.browser.new_context(java_script_enabled=scripts)
        context.set_default_timeout(5000)
        yield await context.new_page()
        await context.close()


@asynccontextmanager
async def outside_of(kind: str, engine: Engine, folder: Path) -> AsyncIterator[Outside]:
    """Behind a proxy of this kind."""

    async def weather(_: Request) -> HTMLResponse:
        return HTMLResponse("<!doctype html><title>Weather</title><h1>Sunny spells</h1>")

    async with serving(Router([Route("/weather", weather)])) as elsewhere:
        settings = make_settings(exit_url=f"{elsewhere}/weather")
        async with (
            serving(make_application(engine, settings), settings) as bot,
            proxied(kind, folder, bot) as proxy,
            async_playwright() as playwright,
        ):
            trusting = await playwright.chromium.launch(
                executable_path=CHROMIUM,
                args=[
                    *("--no-sandbox", "--disable-gpu", f"--enable-features={KEEPING_PAGES}"),
                    f"--ignore-certificate-errors-spki-list={proxy.fingerprint}",
                ],
                ignore_default_args=["--disable-back-forward-cache"],
            )
            yield Outside(trusting, proxy.address, f"{elsewhere}/weather")
            await trusting.close()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def outside(browser: Browser, engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Outside]:
    """``browser`` is asked for so that without one everything here is skipped."""
    async with outside_of("caddy", engine, tmp_path_factory.mktemp("proxy")) as found:
        yield found


async def test_a_conversation_goes_over_http_2_through_caddy(outside: Outside) -> None:
    await assert_a_conversation_over_http_2(outside)


async def test_a_conversation_goes_over_http_2_through_nginx(browser: Browser, engine: Engine, tmp_path: Path) -> None:
    async with outside_of("nginx", engine, tmp_path) as outside:
        await assert_a_conversation_over_http_2(outside)


async def assert_a_conversation_over_http_2(outside: Outside) -> None:
    """It keeps its headers, and is never redirected."""
    answers: list[Response] = []
    async with outside.person() as page:
        page.on("response", lambda answer: answers.append(answer))
        await begins(page, outside.chat)
        await presses(page, "Threats to share my picture")
        await types(page, "i want to die")
        protocols = await page.evaluate(
            "performance.getEntries().filter(one => 'nextHopProtocol' in one).map(one => one.nextHopProtocol)"
        )
        assert set(protocols) == {"h2"}
        assert await page.evaluate("history.length") == 2, "the empty tab, and the conversation"
        said = [await answer.all_headers() for answer in answers if answer.url.endswith("/chat")]
    assert {answer.status for answer in answers} == {200}
    assert {answer.url.removeprefix(outside.chat).split("-")[0] for answer in answers} == {"/chat", "/style", "/page"}
    for headers in said:
        assert {name: headers.get(name) for name in security_headers()} == security_headers()
        assert headers["strict-transport-security"] == "max-age=31536000"


async def test_half_typed_words_do_not_come_back(outside: Outside) -> None:
    async with outside.person() as page:
        await begins(page, outside.chat)
        await presses(page, "Something else")
        await page.get_by_role("textbox").fill("canary half typed")
        await page.goto(outside.weather)
        await page.go_back()
        await expect(page.get_by_role("heading", name="Before you begin")).to_be_visible()
        assert "canary" not in await page.content()
        assert "There is room for your worry" not in await page.content()


@pytest.mark.parametrize(("path", "left"), [("/", r"true 0"), ("/card", r"true [1-9]\d*")])
async def test_a_page_that_the_browser_keeps_whole_is_empty_where_it_has_a_script(
    outside: Outside, path: str, left: str
) -> None:
    """The card has no script and tells everybody the same: it shows that the browser does keep pages."""
    async with outside.person() as page:
        await page.add_init_script(TELL)
        await page.goto(f"{outside.chat}{path}")
        await page.goto(outside.weather)
        async with page.expect_console_message(lambda message: message.text.startswith("true")) as kept:
            await page.go_back(wait_until="commit")
        assert re.fullmatch(left, (await kept.value).text)
        await expect(page.get_by_role("link", name="Exit this page").first).to_be_visible()


async def test_without_scripts_going_back_shows_nothing_that_was_said_or_typed(outside: Outside) -> None:
    async with outside.person(scripts=False) as page:
        await begins(page, outside.chat)
        await types(page, "i want to die")
        await page.get_by_role("textbox").fill("canary half typed")
        await page.get_by_role("link", name="Exit this page").first.click()
        await page.wait_for_url(outside.weather)
        with pytest.raises(Error, match="ERR_CACHE_MISS"):  # the browser asks before it would send the form again
            await page.go_back(wait_until="commit")
        await expect(page.locator("textarea")).to_have_count(0)
        await expect(page.locator("body")).to_have_text("")


async def test_going_back_after_leaving_shows_what_was_before_the_chat(outside: Outside) -> None:
    async with outside.person() as page:
        await page.goto("about:blank")
        await begins(page, outside.chat)
        await presses(page, "Get help now")
        for _ in range(3):
            await page.keyboard.press("Shift")
        await page.wait_for_url(outside.weather)
        assert await page.evaluate("document.referrer") == ""
        await page.go_back()
        assert page.url == "about:blank"


async def test_the_exit_leads_out_when_the_chat_cannot_be_reached_any_more(outside: Outside) -> None:
    for scripts in (True, False):
        async with outside.person(scripts=scripts) as page:
            await begins(page, outside.chat)
            await _cut_off(page.context, outside.chat)
            await page.get_by_role("link", name="Exit this page").first.click()
            await page.wait_for_url(outside.weather)


async def _cut_off(context: BrowserContext, address: str) -> None:
    """From now on nothing comes from this address."""
    await context.route(f"{address}/**", lambda route: route.abort())
