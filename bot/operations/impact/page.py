"""A report as a web page for trustees and funders: one file, nothing fetched, no script, fit to be printed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bot import __version__
from bot.operations.impact.charts import Bar, bars
from bot.operations.impact.disclosure import BASE, SMALLEST
from bot.operations.impact.report import Report, Row, Shown
from bot.operations.impact.tables import ALL_OPENED, ALL_TURNS
from bot.operations.impact.weeks import Period

_MOST_BARS: Final = 12
_MONTHS: Final = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def page(report: Report) -> str:
    """The page. All names in it come from the content and the settings, and are escaped."""
    environment = Environment(
        loader=PackageLoader("bot.operations.impact"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    weeks = len(report.periods[0].weeks)
    periods = len(report.periods)
    each = "one week" if weeks == 1 else f"{weeks} weeks"
    style = files(__package__).joinpath("templates", "report.css").read_text(encoding="utf-8")
    return environment.get_template(
        "report.html"
    ).render(
        brand=report.brand,
        style=Markup(style),  # noqa: S704 (our own file)
        from_to=_from_to(report.periods[0].first, report.periods[-1].last),
        period_words=f"in {periods} periods of {each} each" if periods > 1 else f"one period of {each}",
        periods=[_heading(period) for period in report.periods],
        facts=list(_facts(report)),
        smallest=SMALLEST,
        base=BASE,
        shortest="one week" if weeks == 1 else f"{weeks} weeks together",
        sections=[_section(shown, report) for shown in report.tables],
        how_made=(
            f"Made by Waypost {__version__} from counts by week and nothing else, with the names of content "
            f"{report.content[:12]}. Weeks begin on Monday, 00:00 UTC. What people type is read once, in memory, to "
            "answer it; it is never counted, stored or shown."
        ),
    )


def _facts(report: Report) -> Iterator[dict[str, str]]:
    rows = {(shown.table.id, row.id): row for shown in report.tables for row in shown.rows}
    yield {"figure": _about(rows[ALL_OPENED]), "words": "conversations opened"}
    yield {"figure": _about(rows[ALL_TURNS]), "words": "turns: a press or a message, answered"}
    for table, words in (
        ("subjects", "different subjects, each come to often enough to be shown here"),
        ("services", "different services, each shown to people often enough to be told"),
    ):
        told = sum(row.sum is not None for (where, _), row in rows.items() if where == table)
        yield {"figure": str(told), "words": words}


def _about(row: Row) -> str:
    if row.sum is None:
        return "hidden"
    return f"{'at least ' if None in row.shown else 'about '}{row.sum:,}"


def _section(shown: Shown, report: Report) -> dict[str, object]:
    seen = sorted((row for row in shown.rows if row.sum is not None), key=lambda row: (-(row.sum or 0), row.name))
    unseen = sorted(row.name for row in shown.rows if row.sum is None)
    caption, chart = _chart(shown, seen, report)
    return {
        "id": shown.table.id,
        "title": shown.table.title,
        "units": shown.table.units,
        "heading": shown.table.heading,
        "rows": [_line(row) for row in seen],
        "unseen": unseen,
        "chart": Markup(chart),  # noqa: S704 (escaped where it is drawn)
        "caption": caption,
    }


def _chart(shown: Shown, seen: list[Row], report: Report) -> tuple[str, str]:
    """Conversations over time, or the largest rows."""
    if shown.table.id == ALL_OPENED[0]:
        opened = shown.rows[0]
        found = [Bar(_heading(period), figure) for period, figure in zip(report.periods, opened.shown, strict=True)]
        caption = f"{opened.name}, period by period."
    else:
        found = [Bar(row.name, row.sum) for row in seen[:_MOST_BARS]]
        more = f" The {_MOST_BARS} largest." if len(seen) > _MOST_BARS else ""
        caption = f"{shown.table.title}: the shown figures of all periods together.{more}"
    if not found or all(bar.figure is None for bar in found):
        return "", ""
    words = "; ".join(f"{bar.label}: {'hidden' if bar.figure is None else bar.figure}" for bar in found)
    return caption, bars(shown.table.title, words, found)


def _line(row: Row) -> dict[str, object]:
    figures = [None if figure is None else f"{figure:,}" for figure in row.shown]
    together = None if row.sum is None else f"{row.sum:,}"
    return {"name": row.name, "figures": figures, "sum": together}


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]}"


def _heading(period: Period) -> str:
    return f"{_day(period.first)} – {_day(period.last)} {period.last.year}"


def _from_to(first: date, last: date) -> str:
    return f"{_day(first)} {first.year} to {_day(last)} {last.year}"
