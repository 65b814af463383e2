"""`services assure`: the one way to a new passport, with somebody looking at every fact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.content.assuring import Renewal, read_facts
from bot.content.errors import ContentError
from bot.content.service_schema import Link
from bot.operations.assure import Assured, AssureError, assure, resources_file

TODAY = date(2026, 11, 22)

FILE = """\
# Every number of this charity.
services:
  helpline:
    name: A helpline
    kind: helpline
    status: active
    description: Somebody listens.
    eligibility:
      - {who: [young_person, friend], maximum_age: 18}
    nations: [wales]
    topics: {listening: 1}
    phones:
      - id: phone   # the one on the poster
        number: "0800 496 0000"
        type: national
        source: https://example.org/contact
        source_date: "2025"
        evidence: own_site
        assured_date: 2026-01-01   # by Sam
    links:
      - {id: chat, type: webchat, url: "https://example.org/chat",
         source: https://example.org, evidence: own_site, assured_date: 2026-01-01}
    schedules:
      - {opening_hours: "Mo-Fr 09:00-17:00", contacts: [phone], source: https://example.org, evidence: own_site,
         assured_date: 2026-01-01}   # both lines
      - {opening_hours: "24/7", contacts: [chat], source: their poster, evidence: own_site, assured_date: 2026-01-01}
    on_contact:
      happens: Somebody says hello.
      source: https://example.org
      assured_date: 2026-01-01
    confidence: high
    assured_date: 2026-01-01
  # Another one, and why it is here.
  textline:
    name: A text line
    kind: textline
    status: active
    description: Somebody writes back.
    eligibility:
      - {who: [friend]}
    nations: [wales]
    topics: {listening: 2}
    phones:
      - {id: text, number: "85258", type: text_short_code, source: "letter of May",
         evidence: own_site, assured_date: 2026-01-01}
    confidence: high
    assured_date: 2026-01-01
"""

NAMES = [
    "helpline.phone",
    "helpline.chat",
    "helpline.schedule.1",
    "helpline.schedule.2",
    "helpline.on_contact",
    "helpline.card",
    "textline.text",
    "textline.card",
]


class Somebody:
    """Who is asked, what they saw, and what they answer."""

    def __init__(self, answer: bool = True) -> None:
        self.answer = answer
        self.seen: tuple[Renewal, ...] = ()

    def __call__(self, renewals: tuple[Renewal, ...]) -> bool:
        self.seen = renewals
        return self.answer


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "resources.yaml"
    path.write_text(FILE, encoding="utf-8")
    return path


def run(file: Path, *names: str, source: str | None = None, on: date = TODAY) -> Assured:
    return assure(file, names, on, TODAY, Somebody(), source=source)


def fitting(file: Path) -> list[str]:
    return [fact.name for fact in read_facts(file.read_bytes(), file) if fact.fits]


@pytest.mark.parametrize(
    ("asked", "assured"),
    [
        (["helpline.phone"], ["helpline.phone"]),
        (["helpline.chat"], ["helpline.chat"]),
        (["helpline.schedule"], ["helpline.schedule.1", "helpline.schedule.2"]),
        (["helpline.schedule.2"], ["helpline.schedule.2"]),
        (["helpline.on_contact"], ["helpline.on_contact"]),
        (["textline"], ["textline.text", "textline.card"]),
        (["helpline.card"], ["helpline.card"]),
        (["helpline.phone", "textline.text"], ["helpline.phone", "textline.text"]),
        ([], NAMES),
    ],
    ids=str,
)
def test_it_assures_what_was_named_and_nothing_else(file: Path, asked: Sequence[str], assured: Sequence[str]) -> None:
    run(file, *asked)
    facts = {fact.name: fact for fact in read_facts(file.read_bytes(), file)}
    assert list(facts) == NAMES
    for name, fact in facts.items():
        assert fact.fits is (name in assured)
        assert fact.fact.assured_date == (TODAY if name in assured else date(2026, 1, 1))


def test_in_the_file_only_the_date_and_the_passport_change(file: Path) -> None:
    run(file, "helpline.phone")
    (fact, *_) = read_facts(file.read_bytes(), file)
    assert file.read_text(encoding="utf-8") == FILE.replace(
        "        assured_date: 2026-01-01   # by Sam\n",
        f'        assured_date: 2026-11-22   # by Sam\n        passport: "{fact.passport}"\n',
    )


def test_everything_at_once_keeps_all_comments_and_lines(file: Path) -> None:
    run(file)
    text = file.read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.strip().startswith("passport:")]
    before = [line.split("assured_date")[0] for line in FILE.splitlines()]
    assert [line.split("assured_date")[0] for line in kept] == before
    assert [line.partition("# ")[2] for line in kept] == [line.partition("# ")[2] for line in FILE.splitlines()]


def test_a_new_source_is_written_and_vouched_for(file: Path) -> None:
    run(file, "helpline.chat", source="https://example.org/new")
    fact = next(fact for fact in read_facts(file.read_bytes(), file) if fact.name == "helpline.chat")
    assert isinstance(fact.fact, Link)
    assert fact.fact.source == "https://example.org/new"
    assert fact.fits


def test_a_new_source_does_not_take_over_the_old_ones_date(file: Path) -> None:
    with pytest.raises(AssureError, match="source_date 2025, which belongs to its old source"):
        run(file, "helpline.phone", source="https://example.org/new")
    assert file.read_text(encoding="utf-8") == FILE


def test_doing_it_again_changes_nothing_and_asks_nobody(file: Path) -> None:
    run(file)
    before = file.read_bytes()
    nobody = Somebody(answer=False)
    done = assure(file, [], TODAY, TODAY, nobody)
    assert (done.unchanged, done.declined, nobody.seen) == (len(NAMES), False, ())
    assert file.read_bytes() == before


def test_a_digit_changed_afterwards_no_longer_fits_until_it_is_assured_again(file: Path) -> None:
    run(file)
    file.write_text(file.read_text(encoding="utf-8").replace("0800 496 0000", "0800 496 0001"), encoding="utf-8")
    assert set(NAMES) - set(fitting(file)) == {"helpline.phone"}
    run(file, "helpline.phone")
    assert fitting(file) == NAMES


def test_nothing_is_written_without_a_yes(file: Path) -> None:
    somebody = Somebody(answer=False)
    assert assure(file, ["helpline"], TODAY, TODAY, somebody).declined
    assert [renewal.before.name for renewal in somebody.seen] == NAMES[:6]
    assert file.read_text(encoding="utf-8") == FILE


def test_a_day_that_has_not_come_is_refused(file: Path) -> None:
    with pytest.raises(AssureError, match="2026-11-23 is in the future: today is 2026-11-22"):
        run(file, on=TODAY + timedelta(days=1))
    assert file.read_text(encoding="utf-8") == FILE


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("helplin", "helpline"),
        ("helpline.phon", "helpline.phone"),
        ("textline.tex", "textline.text"),
        ("textline.cart", "textline.card"),
    ],
)
def test_an_unknown_name_says_which_there_are(file: Path, name: str, hint: str) -> None:
    with pytest.raises(ContentError, match=hint):
        run(file, name)
    assert file.read_text(encoding="utf-8") == FILE


def test_a_file_that_somebody_saves_meanwhile_is_not_overwritten(file: Path) -> None:
    def save(_: tuple[Renewal, ...]) -> bool:
        file.write_text(f"{FILE}# saved by somebody else\n", encoding="utf-8")
        return True

    with pytest.raises(AssureError, match="changed meanwhile"):
        assure(file, [], TODAY, TODAY, save)
    assert file.read_text(encoding="utf-8") == f"{FILE}# saved by somebody else\n"


def test_a_link_to_the_file_stays_a_link_and_its_rights_stay(file: Path, tmp_path: Path) -> None:
    file.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(file)
    run(link, "textline")
    assert link.is_symlink()
    assert file.stat().st_mode & 0o777 == 0o640
    assert fitting(file) == ["textline.text", "textline.card"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.yaml", "resources.yaml"]


def test_the_file_is_that_of_the_last_folder_with_services(file: Path, tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    assert resources_file(["base", str(tmp_path), str(tmp_path / "words")]) == file
    with pytest.raises(AssureError, match="--resources"):
        resources_file([str(tmp_path / "words")])


def command(file: Path, *arguments: str, typed: str = "") -> tuple[int, str]:
    result = CliRunner().invoke(main, ["services", "assure", *arguments, "--resources", str(file)], input=typed)
    return result.exit_code, result.output


def test_in_a_terminal_it_shows_before_and_after_and_asks(file: Path) -> None:
    status, shown = command(file, "helpline.phone", "--on", "2026-02-01", typed="n\n")
    assert status == 1
    for words in (
        "helpline.phone",
        "0800 496 0000",
        "2026-01-01 → 2026-02-01",
        "(never assured)",
        "Nothing was changed.",
    ):
        assert words in shown
    assert file.read_text(encoding="utf-8") == FILE


def test_whoever_says_no_has_not_read_the_new_passport(file: Path) -> None:
    _, shown = command(file, "helpline.phone", "--on", "2026-02-01", typed="n\n")
    run(file, "helpline.phone", on=date(2026, 2, 1))
    (fact, *_) = read_facts(file.read_bytes(), file)
    assert fact.passport not in shown


def test_in_a_terminal_yes_writes_it(file: Path) -> None:
    status, shown = command(file, "helpline.phone", "--on", "2026-02-01", typed="y\n")
    assert status == 0
    assert "Assured on 2026-02-01" in shown
    assert fitting(file) == ["helpline.phone"]


def test_a_fact_that_was_changed_is_pointed_out(file: Path) -> None:
    run(file, on=date(2026, 2, 1))
    file.write_text(file.read_text(encoding="utf-8").replace('"85258"', '"85259"'), encoding="utf-8")
    _, shown = command(file, "textline.text", "--on", "2026-02-01", typed="n\n")
    assert "not what was assured on 2026-02-01" in shown


def test_scripts_are_not_asked(file: Path) -> None:
    assert command(file, "--all", "--on", "2026-02-01", "--yes")[0] == 0
    assert fitting(file) == NAMES


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--on", "2026-02-01"], "--all"),
        (["helpline", "--all", "--on", "2026-02-01"], "--all"),
        (["helpline", "--on", "1 February"], "2026-11-22"),
        (["helpline"], "--on"),
        (["helpline", "--on", "2999-01-01"], "in the future"),
        (["nobody", "--on", "2026-02-01"], "no fact goes by the name"),
    ],
    ids=str,
)
def test_what_cannot_be_done_says_why(file: Path, arguments: list[str], words: str) -> None:
    status, shown = command(file, *arguments, "--yes")
    assert status == 2
    assert words in shown
    assert file.read_text(encoding="utf-8") == FILE
