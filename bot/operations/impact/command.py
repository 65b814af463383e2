"""The work of `impact`: read the counts, choose the periods, publish what may be published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import httpx

from bot.content.model import Content
from bot.operations.impact.counters_file import Cell, read_counters
from bot.operations.impact.csv_report import csv_report
from bot.operations.impact.page import page
from bot.operations.impact.prometheus import weekly_counts
from bot.operations.impact.report import make_report
from bot.operations.impact.weeks import Period, periods


class NoPeriodError(Exception):
    """No whole period lies between the dates. The text names the ones nearby."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to report on, and where to write it. Without ``counters`` the counts come from ``prometheus``."""

    first: date
    last: date
    weeks: int
    counters: Sequence[Path]
    prometheus: str
    csv: Path | None
    html: Path | None


def impact(wish: Wish, brand: str, content: Callable[[], Content], today: date, say: Callable[[str], None]) -> None:
    """Write the report, and say what it covers; without files to write, print it as CSV. ``content`` loads the names.

    Raises `NoPeriodError`, `bot.operations.impact.counters_file.CountersFileError`,
    `bot.operations.impact.prometheus.PrometheusError` and OSError.
    """
    chosen = whole_periods(wish.first, wish.last, wish.weeks, today)
    counts = _counts(wish, chosen)
    report = make_report(brand, content(), counts, chosen)
    text = csv_report(report)
    if wish.csv is None and wish.html is None:
        say(text.rstrip("\n"))
        return
    if wish.csv is not None:
        wish.csv.write_text(text, encoding="utf-8")
    if wish.html is not None:
        wish.html.write_text(page(report), encoding="utf-8")
    say(f"It covers {chosen[0].first} to {chosen[-1].last}: {len(chosen)} x {wish.weeks} weeks.")
    for path in filter(None, (wish.csv, wish.html)):
        say(str(path))


def whole_periods(first: date, last: date, weeks: int, today: date) -> tuple[Period, ...]:
    """The periods from ``first`` to ``last`` that are over. Raises `NoPeriodError`."""
    if found := periods(first, last, weeks, today):
        return found
    length = timedelta(weeks=weeks)
    near = periods(first - 2 * length, last + length, weeks, today)
    nearby = ", ".join(f"--from {one.first} --to {one.last}" for one in near[-3:])
    raise NoPeriodError(
        f"No whole period of {weeks} weeks lies between these days and is over. Nothing finer is ever told, since "
        f"it could give single people away. Take for example {nearby or 'later days'}, or a longer time. "
        "IMPACT_WEEKS sets how long a period is."
    )


def _counts(wish: Wish, chosen: Sequence[Period]) -> Mapping[date, Mapping[Cell, int]]:
    weeks = [week for period in chosen for week in period.weeks]
    if not wish.counters:
        with httpx.Client() as client:
            return weekly_counts(client, wish.prometheus, weeks)
    together: dict[date, Counter[Cell]] = {week: Counter() for week in weeks}
    for path in wish.counters:
        for week, cells in read_counters(path).items():
            if week in together:
                together[week].update(cells)
    return together
