"""Every rule's own examples are its tests: the example content breaks no rule, each `breaks` exactly its own."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.checks.example import write_example
from bot.checks.finding import Finding
from bot.checks.rule import Edits, Rule
from bot.checks.rules import all_rules
from bot.checks.subject import Subject
from bot.content.errors import ContentError
from bot.dialogue.opening import open_engine

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=ZoneInfo("Europe/London"))
RULES = all_rules()


def findings(folder: Path, edits: Edits | None, rules: tuple[Rule, ...]) -> list[Finding]:
    subject = Subject(open_engine([str(write_example(folder, edits))]), NOW)
    return [finding for rule in rules for finding in rule.findings(subject)]


def test_the_example_breaks_no_rule(tmp_path: Path) -> None:
    assert findings(tmp_path, None, RULES) == []


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.refused], ids=lambda rule: rule.code)
def test_what_breaks_a_rule_that_loading_upholds_is_refused_at_its_place(tmp_path: Path, rule: Rule) -> None:
    with pytest.raises(ContentError) as refusal:
        findings(tmp_path, rule.breaks, (rule,))
    for problem in refusal.value.problems:
        assert problem.place.line > 0
        assert problem.message


@pytest.mark.parametrize("rule", [rule for rule in RULES if not rule.refused], ids=lambda rule: rule.code)
def test_what_breaks_a_rule_is_found_at_its_place(tmp_path: Path, rule: Rule) -> None:
    assert rule.breaks
    found = findings(tmp_path, rule.breaks, (rule,))
    assert found
    for finding in found:
        assert finding.code == rule.code
        assert finding.place.line > 0
        assert finding.message


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_what_mends_it_breaks_no_rule_at_all(tmp_path: Path, rule: Rule) -> None:
    assert rule.mends
    assert findings(tmp_path, rule.mends, RULES) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_explains_itself(rule: Rule) -> None:
    for words in (rule.title, rule.why, rule.fix):
        assert words.strip()
        assert words.endswith(".") or words == rule.title


def test_codes_are_unique_and_name_their_files() -> None:
    codes = [rule.code for rule in RULES]
    assert len(set(codes)) == len(codes)
