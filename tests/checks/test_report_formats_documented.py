"""The reports for programs: JSON has the keys that docs/writing.md names, and SARIF what its standard asks for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from bot.checks.finding import Finding, Severity, Situation, WayIn
from bot.checks.formats.json_report import json_report
from bot.checks.formats.sarif import sarif
from bot.checks.report import Drawn, Failure, Outcome, Report, Silenced
from bot.checks.sent.landing import Landing, Landings
from bot.content.errors import Place
from bot.content.model import Acceptance, StepId
from tests.checks.conftest import Checked
from tests.conftest import AFTERNOON

DOCUMENT = Path(__file__).parents[2] / "docs" / "writing.md"
LEVELS = {"none", "note", "warning", "error"}
"""SARIF 2.1.0, 3.27.10: no other level is known to those who read it."""


@pytest.fixture
def full(checked: Checked) -> Report:
    """A report with something in every part of it."""
    report = checked({"flows/topic.yaml": ("You are doing well.", "Why did you do it?")})
    place = Place(Path("flows/topic.yaml"), 3, 5)
    situation = Situation((WayIn("menu"), "Talk"), ("nation wales",), AFTERNOON)
    finding = Finding("WP404", Severity.WARNING, place, "it is long", "Make it short.", "topic.first", situation, 2)
    acceptance = Acceptance("WP404", "topic.first", "It must be.", "Jo", AFTERNOON.date() + timedelta(30), place)
    landings = Landings("old", "f00", MappingProxyType({Landing.SAME: 3}), {}, (StepId("topic", "gone"),), ())
    return replace(
        report,
        findings=(*report.findings, finding),
        silenced=(Silenced(finding, acceptance),),
        failures=(Failure("WP999", "it fell over"),),
        landings=landings,
        languages=(Drawn("cy", "Welsh", everything=True, offered=False, screens=12, cards=3),),
    )


def keys(value: object) -> Iterator[str]:
    """Every key that the program itself writes; those under `states` and `moved` are the content's."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            if key not in {"states", "moved"}:
                yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


def documented() -> set[str]:
    section = DOCUMENT.read_text(encoding="utf-8").split("### The report for programs\n")[1].split("\n## ")[0]
    return set(re.findall(r"`([a-z_]+)`", section))


def test_every_key_of_the_json_is_documented(full: Report) -> None:
    assert set(keys(json.loads(json_report(full)))) <= documented()


def test_every_documented_key_of_the_first_level_and_of_a_finding_is_there(full: Report) -> None:
    values = json.loads(json_report(full))
    table = DOCUMENT.read_text(encoding="utf-8").split("| key | what it holds |\n")[1].split("\n\n")[0]
    rows = [line.split("|")[1] for line in table.splitlines()[1:]]
    assert {key for row in rows for key in re.findall(r"`(\w+)`", row)} == set(values)
    told = next(finding for finding in values["findings"] if "presses" in finding)
    assert {"file", "line", "column", "pack", "about", "fix", "more", "answers", "moment", "replay"} <= set(told)
    assert date.fromisoformat(values["accepted"][0]["until"])


def test_every_outcome_is_documented() -> None:
    section = DOCUMENT.read_text(encoding="utf-8").split("### The report for programs\n")[1]
    assert [outcome for outcome in Outcome if f"`{outcome}`" not in section] == []


def text_of(message: Any) -> str:
    """SARIF 3.11 and 3.12: a message or multiformat message of ours has its words in `text`."""
    assert isinstance(message, dict)
    assert isinstance(message["text"], str)
    assert message["text"]
    assert set(message) <= {"text", "markdown"}
    return message["text"]


def test_sarif_is_a_log_as_the_standard_asks(full: Report) -> None:
    log = json.loads(sarif(full))
    assert set(log) == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"  # 3.13.2
    (run,) = log["runs"]
    driver = run["tool"]["driver"]  # 3.14.6 and 3.18.2: the only parts of a run that must be there
    assert isinstance(driver["name"], str)
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*", driver["semanticVersion"])
    assert run["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"}  # 3.14.17
    for rule in driver["rules"]:
        assert isinstance(rule["id"], str)
        assert {text_of(rule[key]) for key in ("shortDescription", "fullDescription", "help")}
        assert rule["defaultConfiguration"]["level"] in LEVELS
    assert len({rule["id"] for rule in driver["rules"]}) == len(driver["rules"])  # 3.49.3
    for invocation in run["invocations"]:
        assert isinstance(invocation["executionSuccessful"], bool)  # 3.20.14: it must be there
        for notification in invocation["toolExecutionNotifications"]:
            assert notification["level"] in LEVELS
            assert text_of(notification["message"])


def test_each_result_of_sarif_is_as_the_standard_asks(full: Report) -> None:
    (run,) = json.loads(sarif(full))["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) >= 3
    for result in run["results"]:
        assert text_of(result["message"])  # 3.27.11: it must be there
        assert result["level"] in LEVELS
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]  # 3.27.6
        assert all(isinstance(value, str) for value in result["partialFingerprints"].values())
        for location in result["locations"]:
            artifact = location["physicalLocation"]["artifactLocation"]
            assert not re.search(r"[\s<>\"\\]", artifact["uri"])  # 3.4.3: a URI, escaped
            assert ("uriBaseId" in artifact) is not artifact["uri"].startswith("file:")  # 3.4.4
            assert artifact.get("uriBaseId", "%SRCROOT%") in run["originalUriBaseIds"]
            region = location["physicalLocation"].get("region", {})
            assert all(isinstance(number, int) and number >= 1 for number in region.values())  # 3.30
        for suppression in result.get("suppressions", []):
            assert suppression["kind"] in {"inSource", "external"}  # 3.35.2
            assert suppression["status"] in {"accepted", "underReview", "rejected"}  # 3.35.3
            assert isinstance(suppression["justification"], str)
