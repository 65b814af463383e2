"""The public holidays in flows/shared are what the calendar says, nation by nation."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from tests.tools.make_bank_holidays import PROCLAIMED, SUBDIVISIONS, render

FILE = Path(__file__).parents[1] / "flows" / "shared" / "bank_holidays.yaml"


@pytest.fixture(scope="module")
def table() -> dict[str, dict[date, str]]:
    nations = yaml.safe_load(FILE.read_text(encoding="utf-8"))["nations"]
    return {nation: {entry["date"]: entry["name"] for entry in days} for nation, days in nations.items()}


def test_the_file_is_what_the_script_prints_but_for_days_proclaimed_since() -> None:
    text = FILE.read_text(encoding="utf-8")
    assured_date = yaml.safe_load(text)["assured_date"]
    lines = [line for line in text.splitlines() if line.startswith("#") or PROCLAIMED not in line]
    assert lines == render(str(assured_date)).splitlines()


def test_every_nation_has_its_days_in_order_and_once(table: dict[str, dict[date, str]]) -> None:
    assert set(table) == set(SUBDIVISIONS)
    nations = yaml.safe_load(FILE.read_text(encoding="utf-8"))["nations"]
    for days in nations.values():
        dates = [entry["date"] for entry in days]
        assert dates == sorted(set(dates))


@pytest.mark.parametrize(
    ("day", "nations"),
    [
        ("2026-01-02", {"scotland"}),
        ("2026-03-17", {"northern_ireland"}),
        ("2026-04-03", {"england", "wales", "scotland", "northern_ireland"}),
        ("2026-04-06", {"england", "wales", "northern_ireland"}),
        ("2026-06-15", {"scotland"}),
        ("2026-07-13", {"northern_ireland"}),
        ("2026-08-03", {"scotland"}),
        ("2026-08-31", {"england", "wales", "northern_ireland"}),
        ("2026-11-30", {"scotland"}),
        ("2026-12-26", {"england", "wales", "scotland", "northern_ireland"}),
        ("2026-12-28", {"england", "wales", "scotland", "northern_ireland"}),
        ("2027-01-04", {"scotland"}),
        ("2026-11-23", set()),
    ],
)
def test_days_on_which_the_nations_differ(day: str, nations: set[str], table: dict[str, dict[date, str]]) -> None:
    assert {nation for nation, days in table.items() if date.fromisoformat(day) in days} == nations
