"""What a check does with rules: all are asked, alike findings are put together, and nothing is left out in silence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.checks import run
from bot.checks.finding import Severity, Situation
from bot.checks.properties import all_properties
from bot.checks.report import Outcome
from bot.checks.rule import Part, Rule, Violation
from bot.checks.rules import all_rules
from bot.checks.subject import Subject
from tests.checks.conftest import Checked
from tests.conftest import AFTERNOON

NOT_NEAR = {"flows/emergency.yaml": ("  ring:\n", "  ring:\n    when: {nation: wales}\n")}
"""Hides the emergency screen from almost everybody (WP101)."""


def test_sound_content_is_clean_and_every_property_has_its_verdict(checked: Checked) -> None:
    report = checked()
    assert report.findings == ()
    assert report.whole
    assert report.fit
    assert [verdict.property.code for verdict in report.verdicts] == [found.code for found in all_properties()]
    outcomes = {verdict.property.code: verdict.outcome for verdict in report.verdicts}
    for code in ("WP601", "WP602"):  # there is no older content to compare with
        assert outcomes.pop(code) is Outcome.SKIPPED
    assert set(outcomes.values()) == {Outcome.HOLDS}
    assert len(report.fingerprint) == 64


def test_it_counts_what_it_explored(checked: Checked) -> None:
    counts = checked().counts
    assert counts is not None
    assert (counts.flows, counts.steps) == (3, 5)
    assert counts.places >= counts.screens > counts.steps
    assert counts.moments >= 1


def test_a_finding_has_its_place_and_the_shortest_way_there(checked: Checked) -> None:
    report = checked(NOT_NEAR, only=["WP101"])
    assert not report.fit
    first = report.errors[0]
    assert first.code == "WP101"
    assert first.place.line > 0
    assert first.situation is not None
    assert len(first.situation.presses) == 1


def test_findings_alike_at_one_place_are_put_together(checked: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    def look(subject: Subject) -> Iterator[Violation]:
        place = subject.content.flows["topic"].place
        for presses in (("menu", "a", "b"), ("menu", "a"), ("menu", "b", "a")):
            yield Violation(place, "it is wrong", "topic", Situation(presses))

    monkeypatch.setattr(run, "all_rules", lambda: (_rule(look),))
    (finding,) = checked().findings
    assert finding.more == 2
    assert finding.situation is not None
    assert finding.situation.presses == ("menu", "a")


def test_a_rule_that_breaks_down_is_told_and_hides_no_other(checked: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    def look(subject: Subject) -> Iterator[Violation]:
        yield Violation(subject.content.flows["topic"].place, "found before")
        raise ZeroDivisionError("in the rule")

    monkeypatch.setattr(run, "all_rules", lambda: (_rule(look), *all_rules()))
    report = checked(NOT_NEAR)
    assert [failure.what for failure in report.failures] == ["WP999"]
    assert "ZeroDivisionError" in report.failures[0].reason
    assert {"WP101", "WP999"} <= {finding.code for finding in report.findings}
    assert not report.fit


def test_an_engine_that_breaks_down_leaves_the_rules_for_texts(
    checked: Checked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(*_: object, **__: object) -> None:
        raise LookupError("no such place")

    monkeypatch.setattr("bot.checks.subject.explore", explode)
    report = checked()
    assert [failure.what for failure in report.failures] == ["exploration"]
    assert not report.fit
    by_part = {rule.code: rule.part for rule in all_rules()}
    held = {verdict.property.code for verdict in report.verdicts if verdict.outcome is Outcome.HOLDS}
    assert {by_part[code] for code in held if code in by_part} == {Part.CONTENT}


def test_content_that_does_not_load_is_a_finding_at_its_line(checked: Checked) -> None:
    report = checked({"flows/topic.yaml": ("go: second", "go: secund")})
    (finding,) = report.findings
    assert finding.code == "WP001"
    assert finding.place.line > 0
    assert "second" in finding.hint
    assert not report.fit
    assert not report.whole


def test_packs_can_be_named_as_they_are(tmp_path: Path) -> None:
    report = run.run_checks([str(tmp_path / "nowhere")], AFTERNOON)
    assert [finding.code for finding in report.findings] == ["WP001"]


def test_only_some_rules_are_asked_if_one_says_so_and_the_report_says_it_too(checked: Checked) -> None:
    report = checked(NOT_NEAR, only=["WP203"])
    assert report.findings == ()
    assert any("WP203" in sentence for sentence in report.skipped)
    assert not report.whole
    looked = {verdict.property.code for verdict in report.verdicts if verdict.outcome is Outcome.HOLDS}
    assert looked == {"WP001", "WP203"}


def test_a_quick_check_leaves_time_out_and_says_so(checked: Checked) -> None:
    report = checked(parts=(Part.CONTENT, Part.SCREENS), quick=True)
    assert report.findings == ()
    assert any("Time" in sentence for sentence in report.skipped)
    assert any("combination" in sentence for sentence in report.skipped)
    skipped = {verdict.property.code for verdict in report.verdicts if verdict.outcome is Outcome.SKIPPED}
    assert {rule.code for rule in all_rules() if rule.part is Part.TIME} <= skipped


def test_what_time_alone_brings_never_keeps_content_from_being_served(
    checked: Checked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(subject: Subject) -> Iterator[Violation]:
        yield Violation(subject.content.flows["topic"].place, "it has become old", "topic")

    monkeypatch.setattr(run, "all_rules", lambda: (_rule(look, ageing=True),))
    report = checked()
    assert len(report.errors) == 1
    assert report.fit


def test_every_number_comes_with_its_age(checked: Checked) -> None:
    ages = {fact.told: fact.days for fact in checked().facts if fact.service == "childline"}
    assert ages["0800 1111"] == 23


def _rule(look: object, *, ageing: bool = False) -> Rule:
    return Rule(
        code="WP999",
        severity=Severity.ERROR,
        title="For a test",
        why="A test needs it.",
        fix="Nothing.",
        part=Part.CONTENT,
        look=look,  # type: ignore[arg-type]  # each test's own
        breaks={},
        mends={},
        ageing=ageing,
    )
