"""A report: for whole periods, what of each table may be published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.content.model import Content
from bot.operations.impact.counters_file import Cell
from bot.operations.impact.disclosure import Name, protect
from bot.operations.impact.tables import Table, covers, figures, splits, tables
from bot.operations.impact.weeks import Period


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a figure for each period, None where it is hidden."""

    id: str
    name: str
    shown: tuple[int | None, ...]

    @property
    def sum(self) -> int | None:
        """The shown figures together; None if all are hidden. Nothing new follows from it."""
        found = [figure for figure in self.shown if figure is not None]
        return sum(found) if found else None


@dataclass(frozen=True, slots=True)
class Shown:
    """A table as it is published."""

    table: Table
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is published."""

    brand: str
    periods: tuple[Period, ...]
    tables: tuple[Shown, ...]
    content: str
    """The hash of the content whose names are shown."""


def make_report(
    brand: str, content: Content, weeks: Mapping[date, Mapping[Cell, int]], periods: Sequence[Period]
) -> Report:
    """The report for ``periods``, from the counts of their weeks."""
    wanted = tables(content)
    known = covers(content, wanted)
    # Each period by itself, so that it is published alike in whichever report it stands.
    published = [protect(figures(_together(weeks, period), wanted), splits(), known) for period in periods]
    return Report(brand, tuple(periods), tuple(_shown(table, published) for table in wanted), content.fingerprint)


def _together(weeks: Mapping[date, Mapping[Cell, int]], period: Period) -> Counter[Cell]:
    found: Counter[Cell] = Counter()
    for week in period.weeks:
        found.update(weeks.get(week, {}))
    return found


def _shown(table: Table, published: Sequence[Mapping[Name, int | None]]) -> Shown:
    rows = [Row(id_, name, tuple(one[table.id, id_] for one in published)) for id_, name in table.rows]
    return Shown(table, tuple(rows))
