"""A report for spreadsheets: one line for each figure."""

from __future__ import annotations

import csv
import io

from bot.operations.impact.report import Report, Row

COLUMNS = ("from", "to", "table", "id", "name", "figure")

HIDDEN = "hidden"


def csv_report(report: Report) -> str:
    """The report as CSV. A hidden figure is the word ``hidden``; the others are rounded to 5."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for shown in report.tables:
        for row in shown.rows:
            writer.writerows(_lines(report, shown.table.id, row))
    return text.getvalue()


def _lines(report: Report, table: str, row: Row) -> list[tuple[str, ...]]:
    return [
        (
            period.first.isoformat(),
            period.last.isoformat(),
            table,
            row.id,
            _plain(row.name),
            HIDDEN if figure is None else str(figure),
        )
        for period, figure in zip(report.periods, row.shown, strict=True)
    ]


def _plain(name: str) -> str:
    """A spreadsheet takes what begins like this for a formula."""
    return f"'{name}" if name.startswith(("=", "+", "-", "@")) else name
