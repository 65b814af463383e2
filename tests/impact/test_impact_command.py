"""`impact` from counts to files: what a charity hands to those who pay."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner
from markupsafe import escape

from bot.cli import main
from bot.dialogue.engine import Engine
from bot.operations.impact.charts import Bar, bars
from bot.operations.impact.counters_file import Cell, written
from bot.operations.impact.weeks import FIRST_MONDAY, WEEK, monday_of
from bot.operations.metrics.measures import WEEKLY

TODAY = datetime.now(UTC).date()
LAST = monday_of(TODAY) - WEEK * 5
FIRST = FIRST_MONDAY + WEEK * 4 * ((LAST - FIRST_MONDAY).days // 28 - 3)
"""The beginning of a period some months ago."""

CELLS: dict[Cell, int] = {
    ("conversations_opened", ("telegram",)): 21,
    ("turns", ("telegram", "menu", "none")): 60,
    ("turns", ("web", "image_threats", "high")): 12,
    ("subjects", ("image_threats",)): 7,
    ("subjects", ("suicide",)): 1,
    ("intents", ("sextortion",)): 8,
    ("services_shown", ("childline",)): 40,
    ("services_shown", ("a_service_of_old",)): 5,
}


@pytest.fixture(autouse=True)
def in_an_empty_folder(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the shipped content, loaded once for all of these."""
    monkeypatch.setattr("bot.cli.documents.open_engine", lambda _settings: engine)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BRAND_NAME", "Harbour <Youth> Trust")


def counters(tmp_path: Path, weeks: int = 8) -> Path:
    file = tmp_path / "counters.json"
    file.write_text(written({FIRST + WEEK * week: CELLS for week in range(weeks)}), encoding="utf-8")
    return file


def run(*arguments: str, last: date | None = None) -> tuple[int, str]:
    days = ("--from", FIRST.isoformat(), "--to", (last or FIRST + WEEK * 8).isoformat())
    result = CliRunner().invoke(main, ["impact", *days, *arguments], catch_exceptions=False)
    return result.exit_code, result.output


def rows(text: str) -> dict[tuple[str, str, str], str]:
    return {(one["from"], one["table"], one["id"]): one["figure"] for one in csv.DictReader(io.StringIO(text))}


def test_a_spreadsheet_has_one_line_for_each_figure(tmp_path: Path) -> None:
    status, text = run("--counters", str(counters(tmp_path)))
    assert status == 0, text
    found = rows(text)
    first = FIRST.isoformat()
    assert len({period for period, _, _ in found}) == 2
    assert found[first, "use", "opened"] == "85"
    assert found[first, "use", "turns"] == "290"
    assert found[first, "channels", "web"] == "50"
    assert found[first, "subjects", "image_threats"] == "30"
    assert found[first, "subjects", "suicide"] == "hidden"
    assert found[first, "services", "childline"] == "160"
    assert {figure for figure in found.values() if figure != "hidden" and int(figure) % 5} == set()


def test_the_page_is_one_file_in_the_charitys_name_with_every_unit_and_nothing_to_fetch(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    status, text = run("--counters", str(counters(tmp_path)), "--html", str(page))
    assert status == 0, text
    html = page.read_text(encoding="utf-8")
    assert "Harbour &lt;Youth&gt; Trust" in html
    assert "<Youth>" not in html
    for measure in WEEKLY:
        assert str(escape(measure.unit)) in html
    assert not re.search(r"(?:src|href)=|url\(|<script|@import", html)
    assert html.count("<svg") == html.count("<title>") - 1 == html.count("<desc>")
    assert "not of people" in html
    assert "suicide" not in html, "ids are for machines"


def test_whatever_a_hidden_figure_is_every_byte_of_the_report_is_the_same(tmp_path: Path) -> None:
    """The bars are drawn from what is told alone, too."""
    told = set()
    for hidden in (0, 1, 9):
        week = {**CELLS, ("subjects", ("suicide",)): 0, ("services_shown", ("shout",)): 0}
        first = {**week, ("subjects", ("suicide",)): hidden, ("services_shown", ("shout",)): 9 - hidden}
        file, page = tmp_path / "counters.json", tmp_path / "report.html"
        file.write_text(written({FIRST + WEEK * n: week if n % 4 else first for n in range(8)}), encoding="utf-8")
        status, text = run("--counters", str(file), "--html", str(page))
        assert status == 0
        told.add((text, page.read_text("utf-8")))
    assert len(told) == 1


def test_a_long_title_is_cut_between_words_above_its_bar() -> None:
    titles = ("A partner or family member hurts or controls me", "Short", "x" * 60)
    drawn = bars("Subjects", "What people came to", [Bar(title, 20) for title in titles])
    labels = re.findall(r'<text x="0" y="\d+">([^<]+)</text>', drawn)
    assert labels == ["A partner or family member hurts or…", "Short", "x" * 41 + "…"]


def test_replicas_are_added_before_anything_is_hidden(tmp_path: Path) -> None:
    one = counters(tmp_path)
    other = tmp_path / "other.json"
    other.write_text(one.read_text())
    _, text = run("--counters", str(one), "--counters", str(other))
    assert rows(text)[FIRST.isoformat(), "use", "opened"] == "170"


def test_a_setting_names_the_file_and_the_length_of_a_period(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPACT_FILE", str(counters(tmp_path)))
    monkeypatch.setenv("IMPACT_WEEKS", "1")
    status, text = run(last=FIRST + WEEK * 3)
    assert status == 0, text
    assert len({period for period, _, _ in rows(text)}) == 3


@pytest.mark.parametrize("last", [FIRST, FIRST + WEEK, FIRST + timedelta(days=26)])
def test_nothing_finer_than_a_period_is_told(tmp_path: Path, last: date) -> None:
    status, text = run("--counters", str(counters(tmp_path)), last=last)
    assert status == 2
    assert "No whole period" in text
    assert "hidden" not in text


def test_a_period_that_is_not_over_is_not_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPACT_WEEKS", "1")
    this_week = monday_of(TODAY)
    days = ["--from", this_week.isoformat(), "--to", (this_week + WEEK).isoformat()]
    result = CliRunner().invoke(main, ["impact", *days, "--counters", str(counters(tmp_path))])
    assert result.exit_code == 2
    assert "is over" in result.output


def test_a_planted_count_of_something_undeclared_fails(tmp_path: Path) -> None:
    file = counters(tmp_path)
    values = json.loads(file.read_text())
    values["weeks"][FIRST.isoformat()]["towns"] = {"leeds": 40}
    file.write_text(json.dumps(values))
    status, text = run("--counters", str(file))
    assert status == 2
    assert "not declared" in text
    assert "leeds" not in text


def test_a_label_that_no_content_has_is_told_under_no_name_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "counters.json"
    cells: dict[Cell, int] = {("intents", ("ann_from_leeds",)): 50, ("subjects", ("ann_from_leeds",)): 50}
    file.write_text(written({FIRST: cells}))
    page = tmp_path / "report.html"
    assert run("--counters", str(file), "--html", str(page), "--csv", str(tmp_path / "r.csv"))[0] == 0
    assert "leeds" not in page.read_text() + (tmp_path / "r.csv").read_text()


@pytest.mark.parametrize(
    "arguments", [(), ("--counters", "none.json"), ("--counters", "x", "--prometheus", "http://x")]
)
def test_without_a_source_it_says_what_to_name(arguments: tuple[str, ...]) -> None:
    status, text = run(*arguments)
    assert status == 2
    assert "IMPACT_FILE" in text


@contextmanager
def prometheus(
    cells: dict[Cell, int], status: int = 200, body: str = "", *, since: date = date(2024, 1, 1)
) -> Iterator[tuple[str, list[str]]]:
    """Answers questions as Prometheus does, and remembers them. It has watched the bot from ``since`` on."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            given = parse_qs(urlsplit(self.path).query)
            query = given["query"][0]
            asked.append(query)
            if query.startswith("count("):
                there = float(given["time"][0]) > datetime.combine(since, time(), UTC).timestamp()
                self._answer([{"metric": {}, "value": [0, "750"]}] if there else [])
                return
            name = re.search(r"waypost_([a-z_]+)_total", query)
            labels = re.search(r"by \(([a-z, ]+)\)", query)
            assert name
            assert labels
            keys = labels[1].split(", ")
            result = [
                {"metric": dict(zip(keys, values, strict=True)), "value": [0, f"{count + 0.2}"]}
                for (measure, values), count in cells.items()
                if measure == name[1]
            ]
            self._answer(result)

        def _answer(self, result: list[dict[str, Any]]) -> None:
            answer = body or json.dumps({"status": "success", "data": {"resultType": "vector", "result": result}})
            self.send_response(status)
            self.end_headers()
            self.wfile.write(answer.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def test_prometheus_gives_the_same_report_as_the_file(tmp_path: Path) -> None:
    _, from_file = run("--counters", str(counters(tmp_path)))
    with prometheus(CELLS) as (address, asked):
        status, text = run("--prometheus", address)
    assert status == 0, text
    assert text == from_file
    assert len(asked) == 1 + 8 * len(WEEKLY)


def test_weeks_that_prometheus_knows_nothing_of_are_not_told_as_weeks_in_which_nothing_happened() -> None:
    with prometheus(CELLS, since=FIRST + WEEK) as (address, _):
        status, text = run("--prometheus", address)
    assert status == 2
    assert f"begins in the week of {FIRST + WEEK}: choose --from after that" in text
    assert "retention" in text
    with prometheus(CELLS, since=TODAY + WEEK) as (address, _):
        assert "Does it watch the bot?" in run("--prometheus", address)[1]


@pytest.mark.parametrize(
    ("status", "body"), [(400, '{"status": "error"}'), (200, "<html>"), (200, '{"status": "success"}')]
)
def test_what_is_not_prometheus_is_said_in_one_line(status: int, body: str) -> None:
    with prometheus({}, status, body) as (address, _):
        code, text = run("--prometheus", address)
    assert code == 2
    assert address in text


def test_a_prometheus_that_is_not_there_is_said_in_one_line() -> None:
    code, text = run("--prometheus", "http://127.0.0.1:9")
    assert code == 2
    assert "cannot be reached" in text
