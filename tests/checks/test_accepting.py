"""Findings that an author takes as they are: at one place, with a reason, a name and a last day, and always listed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.checks import run
from bot.checks.finding import Severity
from bot.checks.properties import OWN, all_properties
from bot.checks.rule import Edits, Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.model import StepId
from tests.checks.conftest import Checked

LAST = "  last:\n"


@pytest.fixture(autouse=True)
def a_rule_that_finds_something_at_every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    def look(subject: Subject) -> Iterator[Violation]:
        for step in subject.content.steps.values():
            yield Violation(step.place, "it is as it is", str(step.id))

    rule = Rule("WP999", Severity.ERROR, "For a test", "A test needs it.", "Nothing.", Part.CONTENT, look, {}, {})
    strict = Rule("WP998", Severity.ERROR, "Strict", "A.", "B.", Part.CONTENT, lambda _: (), {}, {}, silenceable=False)
    idle = Rule("WP997", Severity.ERROR, "Idle", "A.", "B.", Part.CONTENT, lambda _: (), {}, {})
    monkeypatch.setattr(run, "all_rules", lambda: (rule, strict, idle))
    monkeypatch.setattr(run, "all_properties", lambda: (*OWN, idle, strict, rule))


def accepted(*, on: str = LAST, code: str = "WP999", until: str = "2027-03-31") -> Edits:
    indent = "" if on.startswith("flow:") else "    "
    line = f"{indent}accept: [{{code: {code}, because: It reads well aloud, by: Our editor, until: {until}}}]\n"
    return {"flows/topic.yaml": (on, on + line)}


def test_an_acceptance_silences_exactly_its_place_and_stands_in_the_report(checked: Checked) -> None:
    report = checked(accepted())
    assert [silenced.finding.about for silenced in report.silenced] == ["topic.last"]
    acceptance = report.silenced[0].acceptance
    assert (acceptance.because, acceptance.by) == ("It reads well aloud", "Our editor")
    assert "topic.second" in {finding.about for finding in report.findings}
    assert "topic.last" not in {finding.about for finding in report.findings}
    verdict = next(verdict for verdict in report.verdicts if verdict.property.code == "WP999")
    assert verdict.silenced == 1


def test_one_for_a_language_counts_for_that_translation_alone(
    checked: Checked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(subject: Subject) -> Iterator[Violation]:
        step = subject.content.steps[StepId("topic", "last")]
        yield Violation(step.place, "it is as it is", "topic.last")
        yield Violation(step.place, "Welsh: it is as it is", "cy:topic.last")

    rule = Rule("WP999", Severity.ERROR, "For a test", "A test needs it.", "Nothing.", Part.CONTENT, look, {}, {})
    monkeypatch.setattr(run, "all_rules", lambda: (rule,))
    report = checked(accepted(code="WP999, language: cy"))
    assert [silenced.finding.about for silenced in report.silenced] == ["cy:topic.last"]
    assert [finding.about for finding in report.errors] == ["topic.last"]


def test_one_for_a_language_is_not_called_idle_where_translations_are_left_out(checked: Checked) -> None:
    assert "WP002" not in {
        finding.code for finding in checked(accepted(code="WP997, language: cy"), quick=True).findings
    }
    assert "WP002" in {finding.code for finding in checked(accepted(code="WP997, language: cy")).findings}


def test_one_on_a_flow_does_not_reach_its_steps(checked: Checked) -> None:
    report = checked(accepted(on="flow: topic\n"))
    assert report.silenced == ()
    assert "topic.last" in {finding.about for finding in report.findings}


def test_its_last_day_still_counts_and_the_next_one_does_not(checked: Checked) -> None:
    assert checked(accepted(until="2026-11-24")).silenced
    report = checked(accepted(until="2026-11-23"))
    assert report.silenced == ()
    assert "topic.last" in {finding.about for finding in report.errors}
    (complaint,) = [finding for finding in report.findings if finding.code == "WP002"]
    assert "23 November 2026" in complaint.message
    assert complaint.place.line > 0
    assert complaint.severity is Severity.WARNING


def test_an_acceptance_that_silences_nothing_is_a_warning(checked: Checked) -> None:
    report = checked(accepted(code="WP997"))
    (complaint,) = report.warnings
    assert complaint.code == "WP002"
    assert "finds nothing" in complaint.message
    assert checked(accepted(code="WP996")).warnings[0].message.startswith("there is no rule WP996")


def test_it_is_not_called_idle_while_its_rule_is_not_asked(checked: Checked) -> None:
    report = checked(accepted(code="WP997"), only=["WP999", "WP002"])
    assert "WP002" not in {finding.code for finding in report.findings}


def test_what_can_never_be_accepted_is_not(checked: Checked) -> None:
    report = checked(accepted(code="WP998"))
    (complaint,) = [finding for finding in report.findings if finding.code == "WP003"]
    assert complaint.severity is Severity.ERROR
    assert report.silenced == ()


def test_an_acceptance_that_has_only_run_out_does_not_stop_a_running_bot(checked: Checked) -> None:
    everywhere = {
        **{
            name: (step, f"{step}    accept: [{{code: WP999, because: A, by: B, until: 2026-01-31}}]\n")
            for name, step in (("flows/menu.yaml", "  start:\n"), ("flows/emergency.yaml", "  ring:\n"))
        },
        "flows/topic.yaml": (
            "    say: ",
            "    accept: [{code: WP999, because: A, by: B, until: 2026-01-31}]\n    say: ",
        ),
    }
    report = checked(everywhere)
    assert report.errors
    assert report.fit


def test_services_can_carry_acceptances_too(checked: Checked) -> None:
    edit = (
        "    kind: removal\n",
        "    kind: removal\n    accept: [{code: WP997, because: A, by: B, until: 2027-01-31}]\n",
    )
    (complaint,) = checked({"resources.yaml": edit}).warnings
    assert "`report_remove`" in complaint.message


def test_an_acceptance_without_a_reason_is_refused(checked: Checked) -> None:
    line = "    accept: [{code: WP999, by: Our editor, until: 2027-03-31}]\n"
    (finding,) = checked({"flows/topic.yaml": (LAST, LAST + line)}).findings
    assert finding.code == "WP001"
    assert "because" in finding.message


def test_the_codes_of_the_check_itself_are_among_all_properties() -> None:
    codes = [found.code for found in all_properties()]
    assert {"WP001", "WP002", "WP003", "WP601"} <= set(codes)
    assert len(set(codes)) == len(codes)
