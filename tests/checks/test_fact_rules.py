"""The rules about services' facts, beyond their own examples: at the right line, and with the way to mend it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.checks.example import FILES, write_example
from bot.checks.finding import Finding
from bot.checks.rule import Rule
from bot.checks.rules.wp301_passport import RULE as PASSPORT
from bot.checks.rules.wp302_facts_in_prose import RULE as FACTS_IN_PROSE
from bot.checks.rules.wp303_stale import RULE as STALE
from bot.checks.rules.wp304_expired import RULE as EXPIRED
from bot.checks.rules.wp307_holidays import RULE as HOLIDAYS
from bot.checks.rules.wp308_only_active import RULE as ONLY_ACTIVE
from bot.checks.rules.wp310_future_date import RULE as FUTURE
from bot.checks.subject import Limits, Subject
from bot.content.passport import facts_of
from bot.dialogue.engine import Engine
from bot.dialogue.opening import open_engine

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 24, 14, 0, tzinfo=LONDON)
ASSURED = "assured_date: 2026-11-01"


def findings(folder: Path, rule: Rule, now: datetime = NOW, limits: Limits | None = None) -> list[Finding]:
    return list(rule.findings(Subject(open_engine([str(folder)]), now, limits or Limits())))


def change(folder: Path, old: str, new: str, file: str = "resources.yaml") -> None:
    """Change the example after its passports were given."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def line_of(folder: Path, words: str) -> int:
    lines = (folder / "resources.yaml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"0800 1111"', '"0800 1112"'),
        ("https://example.org/remove", "https://example.org/removed"),
        (
            'number: "112", type: short_code, source: https://example.org,',
            'number: "112", type: short_code, source: https://elsewhere.org,',
        ),
    ],
    ids=["digit", "address", "source"],
)
def test_a_slip_of_one_key_is_found_on_its_fact(tmp_path: Path, old: str, new: str) -> None:
    folder = write_example(tmp_path)
    change(folder, old, new)
    (finding,) = findings(folder, PASSPORT)
    line = line_of(folder, new.partition(", type")[0])
    assert line <= finding.place.line <= line + 1
    assert "was changed since it was assured on 2026-11-01" in finding.message


def test_an_hour_that_slips_and_a_date_moved_by_hand_are_found(tmp_path: Path) -> None:
    folder = write_example(tmp_path)
    text = (folder / "resources.yaml").read_text(encoding="utf-8")
    (folder / "resources.yaml").write_text(text.replace('"24/7"', '"Mo-Su 00:00-23:00"'), encoding="utf-8")
    assert len(findings(folder, PASSPORT)) == text.count('"24/7"')
    (folder / "resources.yaml").write_text(text.replace(ASSURED, "assured_date: 2026-11-23"), encoding="utf-8")
    assert len(findings(folder, PASSPORT)) == text.count(ASSURED)


def test_it_shows_what_a_passport_covers_and_what_to_run(tmp_path: Path) -> None:
    folder = write_example(tmp_path)
    change(folder, '"0800 1111"', '"0800 1112"')
    (finding,) = findings(folder, PASSPORT)
    for words in ("childline.phone", "number: 0800 1112", "type: eight_digit", "source: https://example.org"):
        assert words in finding.message
    assert finding.hint.endswith("python -m bot services assure childline.phone --on 2026-11-24")


def test_the_right_passport_is_never_printed(tmp_path: Path) -> None:
    folder = write_example(tmp_path)
    change(folder, '"0800 1111"', '"0800 1112"')
    (finding,) = findings(folder, PASSPORT)
    service = open_engine([str(folder)]).content.services["childline"]
    (item, *_) = facts_of("childline", service.facts)
    assert item.passport not in finding.message + finding.hint


def test_a_missing_passport_is_found_on_its_fact(tmp_path: Path) -> None:
    folder = write_example(tmp_path)
    (folder / "resources.yaml").write_text(FILES["resources.yaml"], encoding="utf-8")
    found = findings(folder, PASSPORT)
    assert len(found) == FILES["resources.yaml"].count(ASSURED)
    assert all("has no passport" in finding.message for finding in found)
    assert found[0].place.line == line_of(folder, 'number: "999"')


def test_facts_age_day_by_day(tmp_path: Path) -> None:
    folder = write_example(tmp_path)
    services = FILES["resources.yaml"].count("    name: ")  # whose cards rest on these facts, and do not age apart
    facts = FILES["resources.yaml"].count(ASSURED) - services
    for day, stale, expired in (
        (datetime(2027, 4, 30, 23, 30, tzinfo=LONDON), 0, 0),
        (datetime(2027, 5, 1, 0, 30, tzinfo=LONDON), facts, 0),
        (datetime(2027, 11, 1, 23, 30, tzinfo=LONDON), facts, 0),
        (datetime(2027, 11, 2, 0, 30, tzinfo=LONDON), 0, facts),
    ):
        assert (len(findings(folder, STALE, day)), len(findings(folder, EXPIRED, day))) == (stale, expired)


def test_a_deployment_sets_how_old_is_old(tmp_path: Path) -> None:
    folder = write_example(tmp_path)
    assert findings(folder, STALE, limits=Limits(stale_days=20, expired_days=30))
    assert findings(folder, EXPIRED, limits=Limits(stale_days=10, expired_days=20))
    assert not findings(folder, STALE, limits=Limits(stale_days=10, expired_days=20))


def test_the_day_is_that_of_the_united_kingdom(tmp_path: Path) -> None:
    folder = write_example(tmp_path, {"resources.yaml": (ASSURED, "assured_date: 2026-07-01")})
    just_before_midnight_in_utc = datetime(2026, 6, 30, 23, 30, tzinfo=ZoneInfo("UTC"))
    assert findings(folder, FUTURE, just_before_midnight_in_utc) == []
    assert findings(folder, FUTURE, datetime(2026, 6, 30, 22, 30, tzinfo=ZoneInfo("UTC")))


def test_a_paused_service_may_grow_old_but_not_be_changed_unseen(tmp_path: Path) -> None:
    folder = write_example(tmp_path)
    change(folder, "kind: removal\n    status: active", "kind: removal\n    status: paused")
    change(folder, "example.org/remove", "example.org/removed")
    assert len(findings(folder, PASSPORT)) == 1
    later = datetime(2028, 1, 1, 12, 0, tzinfo=LONDON)
    assert "report_remove" not in {finding.about for finding in findings(folder, EXPIRED, later)}


def test_a_nation_without_its_holidays_is_found(tmp_path: Path) -> None:
    folder = write_example(tmp_path)
    path = folder / "flows" / "shared" / "bank_holidays.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    wales = next(index for index, line in enumerate(lines) if line.startswith("  wales:"))
    first_of_2027 = next(index for index in range(wales, len(lines)) if "date: 2027-" in lines[index])
    path.write_text("".join(lines[:first_of_2027] + lines[first_of_2027 + 1 :]), encoding="utf-8")
    found = [finding.message for finding in findings(folder, HOLIDAYS)]
    assert any("`wales` has 7 public holidays on weekdays in 2027" in message for message in found)
    assert all("`wales`" in message for message in found)


def test_a_signpost_may_list_a_paused_service_but_no_closed_one(tmp_path: Path) -> None:
    signpost = {
        "flows/topic.yaml": ("{topic: listening, at_most: 3}", "{services: [samaritans, iwf_report], at_most: 3}")
    }
    folder = write_example(tmp_path, signpost)
    change(folder, "{iwf_report}", "{samaritans}", "flows/shared/texts.yaml")
    change(folder, "kind: reporting\n    status: active", "kind: reporting\n    status: paused")
    assert findings(folder, ONLY_ACTIVE) == []
    change(folder, "kind: reporting\n    status: paused", "kind: reporting\n    status: closed")
    assert {finding.about for finding in findings(folder, ONLY_ACTIVE)} == {"topic.first", "topic.second", "topic.last"}


SLIPS = {
    "title": ("flows/topic.yaml", "title: A topic", "title: Ring 0800 1111", 2),
    "question": ("flows/menu.yaml", "What would help?", "Ring 116 123?", 8),
    "button": ("flows/menu.yaml", "Talk it through", "Ring 999", 10),
    "list": (
        "flows/topic.yaml",
        "say: You are doing well. One small step is enough.",
        "say:\n      - One.\n      - They answer 24/7.",
        14,
    ),
    "answer": ("flows/shared/answers.yaml", "label: A friend", "label: A friend, see example.org", None),
    "shared text": ("flows/shared/texts.yaml", "leave_text: All closed.", "leave_text: All closed until 9am.", None),
    "description": (
        "resources.yaml",
        "description: Helps take down a picture of you.",
        "description: Helps you from Monday to Friday.",
        None,
    ),
    "another service's number": (
        "resources.yaml",
        "description: Takes the address",
        "description: Ring 116 123. Takes the address",
        None,
    ),
    "phrase": ("flows/phrases/en.yaml", "talk to someone", "ring 116 123", 4),
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=list(SLIPS))
def test_a_fact_in_any_text_is_found_on_its_line(tmp_path: Path, slip: tuple[str, str, str, int | None]) -> None:
    file, old, new, line = slip
    folder = write_example(tmp_path, {file: (old, new)})
    (finding,) = findings(folder, FACTS_IN_PROSE)
    assert finding.place.path.name == Path(file).name
    written = (folder / file).read_text(encoding="utf-8").splitlines()
    assert new.splitlines()[-1].strip() in written[finding.place.line - 1]
    assert line is None or finding.place.line == line


ALLOWED = {
    "its own number": (
        "resources.yaml",
        "description: Ring if somebody is in danger.",
        "description: Ring 999 in danger.",
    ),
    "a number in its name": ("resources.yaml", "name: Emergency services", "name: NHS 111"),
    "what people type": ("flows/phrases/en.yaml", "talk to someone", "shall I ring 999, its 3am"),
}


@pytest.mark.parametrize("words", ALLOWED.values(), ids=list(ALLOWED))
def test_what_may_stand_there(tmp_path: Path, words: tuple[str, str, str]) -> None:
    file, old, new = words
    assert findings(write_example(tmp_path, {file: (old, new)}), FACTS_IN_PROSE) == []


@pytest.mark.parametrize("rule", [PASSPORT, FACTS_IN_PROSE, FUTURE, HOLIDAYS, STALE], ids=lambda rule: rule.code)
def test_the_shipped_content_is_free_of_them(engine: Engine, rule: Rule) -> None:
    assert list(rule.findings(Subject(engine, NOW))) == []
