"""A report for people and for programs."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.checks.finding import Finding, Severity, Situation
from bot.checks.formats.json_report import json_report
from bot.checks.formats.page import page
from bot.checks.formats.sarif import sarif
from bot.checks.formats.source_lines import SourceLines
from bot.checks.formats.text import text
from bot.checks.properties import all_properties
from bot.checks.report import Counts, Outcome, Report, Silenced, Verdict
from bot.content.errors import Place
from bot.content.model import Acceptance
from tests.checks.conftest import Checked
from tests.conftest import AFTERNOON

HOSTILE = '<script>alert("x")</script>&amp;'


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    """One error in a small file, met at night on the day the clocks go back."""
    monkeypatch.chdir(tmp_path)
    Path("flows").mkdir()
    Path("flows/x.yaml").write_text("flow: x\nsteps:\n  one:\n    say: Hello there\n", encoding="utf-8")
    situation = Situation(
        ("menu", "Who > what", "It's mine"),
        ("nation scotland", "age under_13"),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    )
    finding = Finding(
        "WP203",
        Severity.ERROR,
        Place(Path("flows/x.yaml"), 4, 10),
        f"the screen says {HOSTILE}",
        "Say something else.",
        "x.one",
        situation,
        more=3,
    )
    labels = {"nation scotland": "Scotland", "age under_13": "Under 13"}
    verdicts = tuple(Verdict(found, Outcome.SKIPPED) for found in all_properties())
    counts = Counts(1, 1, 1, 2, 3, 4)
    return Report("1.2.3", AFTERNOON, "abc123" * 10, counts, (finding,), verdicts=verdicts, labels=labels)


def test_text_reads_like_a_compiler(report: Report) -> None:
    lines = text(report).splitlines()
    assert lines[0] == f"flows/x.yaml:4:10 WP203 error: the screen says {HOSTILE}"
    assert lines[1] == "  4 | say: Hello there"
    assert lines[2].index("^") == lines[1].index("Hello")
    assert lines[3] == r"  way:    menu > Who \> what > It's mine"
    assert lines[4] == "  when:   Sunday 25 Oct 2026 01:30 Europe/London (GMT), Scotland, Under 13"
    assert lines[5] == "  fix:    Say something else."
    assert lines[6].startswith("  replay: python -m bot chat --replay ")
    assert lines[6].endswith(" --at 2026-10-25T01:30+00:00")
    assert lines[7] == "  and 3 more like it"
    assert lines[-1] == "1 error: 1 flows, 1 steps, 1 services. Content abc123abc123."


def test_the_last_line_of_a_clean_report_is_a_friendly_one(checked: Checked) -> None:
    assert text(checked()).splitlines()[-1].startswith("No problems found: 3 flows, 5 steps, 6 services. Content ")


def test_a_long_line_is_cut_around_its_place(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("say: " + "word " * 100 + "HERE " + "word " * 100)
    line, caret = SourceLines().excerpt(Place(file, 1, 506))
    assert len(line) <= 96
    assert line[caret.index("^") :].startswith("HERE")


def test_a_file_that_is_not_there_has_no_line(tmp_path: Path) -> None:
    assert SourceLines().excerpt(Place(tmp_path / "gone.yaml", 3, 1)) == ("", "")


def test_json_holds_all_of_it(report: Report) -> None:
    values = json.loads(json_report(report))
    assert values["clean"] is False
    (finding,) = values["findings"]
    assert (finding["file"], finding["line"], finding["column"]) == ("flows/x.yaml", 4, 10)
    assert finding["presses"] == ["menu", "Who > what", "It's mine"]
    assert finding["moment"] == "2026-10-25T01:30:00+00:00"
    assert values["counts"]["screens"] == 2


def test_json_of_content_that_does_not_load_is_json_too(checked: Checked) -> None:
    values = json.loads(json_report(checked({"flows/topic.yaml": "flow: [\n"})))
    assert values["counts"] is None
    assert values["findings"][0]["code"] == "WP001"


def test_sarif_points_at_the_line_and_explains_the_rule(checked: Checked, tmp_path: Path) -> None:
    edit = {"flows/emergency.yaml": ("  ring:\n", "  ring:\n    when: {nation: wales}\n")}
    log = json.loads(sarif(checked(edit)))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["results"]
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["help"]["text"]
        assert result["level"] in {"error", "warning"}
        assert result["message"]["text"]
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        assert region["startLine"] >= 1
        assert region["startColumn"] >= 1
    assert run["invocations"][0]["executionSuccessful"] is True


def test_sarif_names_files_relative_to_the_folder_of_the_check(report: Report) -> None:
    log = json.loads(sarif(report))
    (location,) = log["runs"][0]["results"][0]["locations"]
    assert location["physicalLocation"]["artifactLocation"] == {"uri": "flows/x.yaml", "uriBaseId": "%SRCROOT%"}


def test_sarif_carries_acceptances_as_suppressions(report: Report) -> None:
    acceptance = Acceptance("x.one", "WP203", "Agreed with them", "Our editor", date(2027, 1, 31), Place(Path()))
    silenced = (Silenced(report.findings[0], acceptance),)
    (result,) = json.loads(sarif(replace(report, findings=(), silenced=silenced)))["runs"][0]["results"]
    (suppression,) = result["suppressions"]
    assert suppression["kind"] == "inSource"
    assert suppression["justification"] == "Agreed with them (Our editor, until 2027-01-31)"
    assert "Agreed with them" in page(replace(report, findings=(), silenced=silenced))


class Reader(HTMLParser):
    """Gathers what a browser would make of a page."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.words = ""
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src", "action"}]

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_page_is_one_file_without_scripts_and_fetches_nothing(checked: Checked) -> None:
    markup = page(checked())
    read = Reader(markup)
    assert not {"script", "link", "img", "iframe", "form", "object"} & set(read.tags)
    assert not re.search(r"url\(|@import|\bon\w+=", markup)
    assert all(address.startswith("https://") for address in read.addresses)
    assert "prefers-color-scheme: dark" in markup
    assert 'name="viewport"' in markup


def test_the_page_says_what_was_proven_of_what_when_and_how_old_each_number_is(checked: Checked) -> None:
    found = checked()
    words = Reader(page(found)).words
    assert found.fingerprint in words
    assert "Tuesday 24 Nov 2026 14:00" in words
    assert "No problems found" in words
    for verdict in found.verdicts:
        assert verdict.property.code in words
        assert verdict.property.title in words
    assert "0800 1111" in words
    assert "23 days" in words


def test_nothing_from_the_content_becomes_markup(report: Report) -> None:
    markup = page(report)
    assert "<script" not in markup
    assert HOSTILE in Reader(markup).words


def test_the_page_shows_the_way_to_a_finding(report: Report) -> None:
    words = Reader(page(report)).words
    for expected in (r"menu > Who \> what", "Sunday 25 Oct 2026 01:30", "Scotland, Under 13", "flows/x.yaml:4:10"):
        assert expected in words
    assert "should not go live" in words
