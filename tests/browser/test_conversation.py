"""Whole conversations in a real browser, with scripts and without."""

from __future__ import annotations

from playwright.async_api import BrowserContext, Page, Request, expect

from tests.browser.pages import begins, heads_for, presses, types


async def test_from_the_first_page_to_help_and_out(visitor: Page, site: str) -> None:
    await visitor.goto(f"{site}/chat")
    await expect(visitor.get_by_role("heading", name="Before you begin")).to_be_visible()
    await presses(visitor, "Begin")
    await presses(visitor, "Threats to share my picture")
    await presses(visitor, "Me (under 18)")
    await expect(visitor.get_by_role("heading", name="Childline")).to_be_visible()
    await types(visitor, "i want to die")
    await expect(visitor.get_by_role("link", name="0800 068 4141")).to_have_attribute("href", "tel:08000684141")
    await presses(visitor, "Back")
    await expect(visitor.locator("main")).to_contain_text("not your fault")
    await presses(visitor, "Leave")
    await expect(visitor.get_by_role("heading", name="This page is closed")).to_be_visible()
    assert visitor.url == f"{site}/chat"
    assert await visitor.title() == "Information"


async def test_a_page_asks_for_no_more_than_itself_its_style_and_its_script(visitor: Page, site: str) -> None:
    asked: list[Request] = []
    visitor.on("request", lambda request: asked.append(request))
    await visitor.goto(f"{site}/chat")
    assert len(asked) <= 3
    assert all(request.url.startswith(site) for request in asked)


async def test_nothing_is_stored_and_nobody_else_is_asked(visitor: Page, site: str) -> None:
    asked: list[Request] = []
    complaints: list[str] = []
    visitor.context.on("request", lambda request: asked.append(request))
    visitor.context.on("console", lambda message: complaints.append(message.text))
    await begins(visitor, site)
    for label in ("I'm worried about a child", "My child", "Get help now"):
        await presses(visitor, label)
    await types(visitor, "canaryzebraquartz")
    assert await visitor.context.cookies() == []
    stored = await _stored(visitor.context, site)
    assert {"local", "session", "cache_storage", "service_workers", "indexeddb"} <= stored.keys()
    assert set(stored.values()) == {0}
    assert {request.url.removeprefix(site).split("-")[0] for request in asked} <= {"/chat", "/style", "/page"}
    assert not [request.url for request in asked if "canary" in request.url]
    assert complaints == [], "the browser found nothing to object to in headers, style or script"


async def _stored(context: BrowserContext, site: str) -> dict[str, int]:
    """How much the site has put into each of the browser's stores."""
    session = await context.new_cdp_session(context.pages[0])
    stored = await session.send("Storage.getUsageAndQuota", {"origin": site})
    usage = {item["storageType"]: int(item["usage"]) for item in stored["usageBreakdown"]}
    for name, local in (("local", True), ("session", False)):
        place = {"securityOrigin": site, "isLocalStorage": local}
        found = await session.send("DOMStorage.getDOMStorageItems", {"storageId": place})
        usage[name] = len(found["entries"])
    return usage


async def test_the_newest_answer_is_announced_and_focused(scripted: Page, site: str) -> None:
    await begins(scripted, site)
    await presses(scripted, "Something else")
    await expect(scripted.get_by_role("status")).to_contain_text("There is room for your worry here too")
    assert await heads_for(scripted) == "H1"
    assert await scripted.evaluate("window.scrollY") == 0


async def test_a_keyboard_is_enough(scripted: Page, site: str) -> None:
    await scripted.goto(f"{site}/chat")
    keyboard = scripted.keyboard
    await keyboard.press("Tab")
    assert await scripted.evaluate("document.activeElement.textContent") == "Exit this page"
    for _ in range(3):  # past the emergency numbers
        await keyboard.press("Tab")
    assert await scripted.evaluate("document.activeElement.textContent") == "Skip to the answer"
    await keyboard.press("Enter")
    await keyboard.press("Tab")
    assert await scripted.evaluate("document.activeElement.textContent") == "Begin"
    await keyboard.press("Enter")
    await expect(scripted.locator("main")).to_contain_text("What is going on?")
    await keyboard.press("Tab")
    assert await scripted.evaluate("document.activeElement.textContent") == "Threats to share my picture"
    await keyboard.press("Enter")
    await expect(scripted.locator("main")).to_contain_text("Who is this about?")
    await keyboard.press("Tab")
    await keyboard.press("Space")
    await expect(scripted.locator("main")).to_contain_text("not your fault")
    await scripted.get_by_role("textbox").focus()
    await keyboard.type("i want to die")
    await keyboard.press("Tab")
    await keyboard.press("Enter")
    await expect(scripted.locator("main")).to_contain_text("Papyrus HOPELINE247")


async def test_when_the_server_cannot_be_reached_in_the_background_the_form_is_sent_plainly(
    scripted: Page, site: str
) -> None:
    await begins(scripted, site)
    await scripted.route(
        f"{site}/chat",
        lambda route: route.abort() if route.request.resource_type == "xhr" else route.continue_(),
    )
    await scripted.get_by_role("button", name="Something else").click()
    await expect(scripted.locator("main")).to_contain_text("There is room for your worry here too")


async def test_a_refusal_is_shown_with_its_numbers(scripted: Page, site: str) -> None:
    await begins(scripted, site)
    await scripted.route(
        f"{site}/chat",
        lambda route: route.continue_(headers={**route.request.headers, "content-type": "text/plain"}),
    )
    await scripted.get_by_role("button", name="Something else").click()
    await expect(scripted.get_by_role("link", name="0800 1111")).to_be_visible()
    await expect(scripted.get_by_role("link", name="Exit this page")).to_be_visible()
