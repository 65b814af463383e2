"""A report: for whole periods, what of each table may be published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.content.model import Content
from bot.operations.impact.counters_file import Cell
from bot.operations.impact.disclosure import Name, Publication, protect
from bot.operations.impact.tables import TOTAL, Table, figures, relations, tables
from bot.operations.impact.weeks import Period
from bot.operations.metrics.vocabulary import CHANNELS, OTHER


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
    """A table as it is published, the largest rows first. ``total`` is None for a table that has none."""

    table: Table
    rows: tuple[Row, ...]
    total: Row | None


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
    known = relations(content, wanted)
    true = [figures(_together(weeks, period), wanted) for period in periods]
    empty = _empty(wanted, true)
    published = [protect(counts, known, empty) for counts in true]
    return Report(
        brand, tuple(periods), tuple(_shown(table, published, empty) for table in wanted), content.fingerprint
    )


def _together(weeks: Mapping[date, Mapping[Cell, int]], period: Period) -> Counter[Cell]:
    found: Counter[Cell] = Counter()
    for week in period.weeks:
        found.update(weeks.get(week, {}))
    return found


def _empty(wanted: Sequence[Table], true: Sequence[Mapping[Name, int]]) -> frozenset[Name]:
    """What anybody can tell to be 0 throughout: a channel that is not there, content that was never taken away."""
    could_be = {(table.id, row) for table in wanted for row, _ in table.rows if row in {OTHER, *CHANNELS}}
    return frozenset(name for name in could_be if not any(counts[name] for counts in true))


def _shown(table: Table, published: Sequence[Publication], empty: frozenset[Name]) -> Shown:
    def row(id_: str, name: str) -> Row:
        return Row(id_, name, tuple(one.shown[table.id, id_] for one in published))

    rows = [row(id_, name) for id_, name in table.rows if (table.id, id_) not in empty]
    rows.sort(key=lambda one: (-(one.sum or 0), one.name))
    return Shown(table, tuple(rows), row(TOTAL, table.total) if table.total else None)
