"""A charity's own pack, made and looked at with the real commands."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from tests.packs import REPOSITORY


def run(*arguments: str, content: str = "base") -> Result:
    with contextlib.chdir(REPOSITORY):
        return CliRunner(env={"TELEGRAM_BOT_TOKEN": "", "CONTENT": content}).invoke(main, arguments)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packs") / "our-charity"
    done = run("new-pack", str(folder))
    assert done.exit_code == 0, done.stderr
    return folder


def test_a_new_pack_is_as_clean_as_what_it_stands_on(made: Path) -> None:
    done = run("check", "--quick", "--format", "json", content=f"base:{made}")
    report = json.loads(done.stdout)
    assert report["errors"] == 0
    assert [finding for finding in report["findings"] if finding["pack"] == str(made)] == []
    assert report["packs"] == ["base", str(made)]


def test_its_story_passes(made: Path) -> None:
    done = run("test", str(made / "stories"), content=f"base:{made}")
    assert done.exit_code == 0, done.stdout
    assert "1 story" in done.stdout


def test_the_difference_is_what_it_brings(made: Path) -> None:
    done = run("content", "diff", "--format", "json", content=f"base:{made}")
    assert {(entry["change"], entry["thing"]) for entry in json.loads(done.stdout)} == {
        ("added", "flow our_services"),
        ("added", "intent our_services (en)"),
        ("changed", "step privacy.short"),
    }


def test_a_changed_number_stands_in_the_difference_with_what_it_was(tmp_path: Path) -> None:
    (tmp_path / "resources.yaml").write_text(
        """\
change:
  childline:
    phones:
      - id: phone
        number: "0800 1112"
        type: eight_digit
        source: https://example.org/numbers
        evidence: own_site
        assured_date: 2026-11-20
""",
        encoding="utf-8",
    )
    shown = run("content", "diff", content=f"base:{tmp_path}").stdout
    assert "~ service childline" in shown
    assert "~ phones.phone.number\n        was 0800 1111\n        is  0800 1112" in shown


def test_a_finding_says_which_pack_it_is_from(tmp_path: Path) -> None:
    (tmp_path / "resources.yaml").write_text("change: {childline: {description: Nobody will ever know.}}\n")
    done = run("check", "--quick", content=f"base:{tmp_path}")
    assert done.exit_code == 1
    assert f"  pack:   {tmp_path}" in done.stdout
    assert "By pack: base 0 errors" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("new-pack", "bad name!"), "letters, digits"),
        (("new-pack", "docs"), "not empty"),
        (("content", "diff"), "nothing to compare"),
    ],
)
def test_what_cannot_be_done_is_said(arguments: tuple[str, ...], says: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
