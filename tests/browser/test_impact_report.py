"""The report for funders in a real browser: for everybody, on a phone, on paper, and with nothing fetched."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser

from bot.dialogue.engine import Engine
from bot.operations.impact.counters_file import Cell
from bot.operations.impact.page import page as report_page
from bot.operations.impact.report import make_report
from bot.operations.impact.weeks import periods
from tests.browser.test_accessibility import violations

MONDAY = date(2026, 6, 15)


@pytest.fixture
def report(engine: Engine, tmp_path: Path) -> Path:
    """A report on four periods, in which some figures are shown and some hidden."""
    flows = sorted(engine.content.flows)
    cells: dict[Cell, int] = {
        ("conversations_opened", ("telegram",)): 90,
        ("conversations_opened", ("web",)): 21,
        **{("turns", ("telegram", flow, "none")): 7 * place for place, flow in enumerate(flows)},
        **{("turns", ("web", flow, "none")): place for place, flow in enumerate(flows)},
        **{("subjects", (flow,)): place for place, flow in enumerate(flows)},
        **{("services_shown", (id_,)): place % 9 for place, id_ in enumerate(engine.content.services)},
        ("intents", ("sextortion",)): 30,
        ("not_understood", ("web",)): 1,
    }
    weeks = {MONDAY + timedelta(weeks=week): cells for week in range(20)}
    found = periods(MONDAY, MONDAY + timedelta(weeks=20), 4, date(2027, 1, 1))
    file = tmp_path / "report.html"
    file.write_text(report_page(make_report("Harbour Youth Trust", engine.content, weeks, found)), encoding="utf-8")
    return file


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1200])
async def test_everybody_can_read_the_report(browser: Browser, report: Path, colours: str, width: int) -> None:
    context = await browser.new_context(
        color_scheme="dark" if colours == "dark" else "light", viewport={"width": width, "height": 800}
    )
    page = await context.new_page()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    await page.goto(report.as_uri())
    assert fetched == [report.as_uri()]
    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing scrolls sideways"
    cut = await page.evaluate(
        "[...document.querySelectorAll('svg')].flatMap(svg => [...svg.querySelectorAll('text')].filter(text => {"
        " const [inner, outer] = [text.getBoundingClientRect(), svg.getBoundingClientRect()];"
        " return inner.left < outer.left - 1 || inner.right > outer.right + 1 }).map(text => text.textContent))"
    )
    assert cut == [], "no label is cut off"
    beyond = await page.evaluate(
        "[...document.querySelectorAll('figure svg *')].filter(one => one.getBoundingClientRect().right > innerWidth)"
        ".map(one => one.textContent)"
    )
    assert beyond == [], "each bar and its figure are seen without scrolling, or all bars would look alike"
    assert await page.locator("figure svg .bar").count() > 3
    await context.close()


async def test_it_can_be_printed(browser: Browser, report: Path) -> None:
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto(report.as_uri())
    await page.emulate_media(media="print")
    assert len(await page.pdf(format="A4")) > 20_000
    assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    await context.close()
