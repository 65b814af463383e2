"""A charity's own pack, made and looked at with the real commands."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from bot.cli import main
from tests.packs import REPOSITORY

LONG_NAME = "The Orkney and Shetland Society for Children and Young People"


def run(*arguments: str, content: str = "base", name: str = "Waypost") -> Result:
    env = {"TELEGRAM_BOT_TOKEN": "", "CONTENT": content, "BRAND_NAME": name}
    with contextlib.chdir(REPOSITORY):
        return CliRunner(env=env).invoke(main, arguments)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packs") / "our-charity"
    done = run("new-pack", str(folder))
    assert done.exit_code == 0, done.stderr
    return folder


def test_a_new_pack_is_as_clean_as_what_it_stands_on(made: Path) -> None:
    # A charity's name may be long, and stands in texts of ours that are measured.
    done = run("check", "--quick", "--format", "json", content=f"base:{made}", name=LONG_NAME)
    report = json.loads(done.stdout)
    assert report["errors"] == 0, report["findings"]
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


def test_its_job_finds_waypost_and_the_pack_where_it_puts_them(made: Path, tmp_path: Path) -> None:
    job = yaml.safe_load((made / ".github" / "workflows" / "content.yml").read_text("utf-8"))["jobs"]["check"]
    for step in job["steps"]:
        if "checkout" in step.get("uses", ""):
            whole = step["with"].get("path") is None
            for path in (REPOSITORY / "bot", REPOSITORY / "flows", REPOSITORY / "resources.yaml") if whole else (made,):
                (tmp_path / (path.name if whole else step["with"]["path"])).symlink_to(path)
    commands = [step["run"] for step in job["steps"] if step.get("run", "").startswith("python -m bot")]
    assert [line.split()[3] for line in commands] == ["check", "test", "content", "services"]
    for line in commands:
        if line.startswith("python -m bot test"):
            environment = {**os.environ, "TELEGRAM_BOT_TOKEN": "", **job["env"]}
            arguments = [sys.executable, *line.split()[1:]]
            done = subprocess.run(arguments, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120)
            assert done.returncode == 0, done.stdout + done.stderr


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


def test_what_a_pack_leaves_out_or_says_first_is_no_finding(tmp_path: Path) -> None:
    (tmp_path / "flows" / "shared").mkdir(parents=True)
    (tmp_path / "flows" / "phrases").mkdir()
    (tmp_path / "resources.yaml").write_text("remove: [report_fraud]\nservices: {}\n")
    (tmp_path / "flows" / "shared" / "answers.yaml").write_text("remove: {nation: [scotland]}\nanswers: {}\n")
    (tmp_path / "flows" / "phrases" / "en.yaml").write_text(
        "language: en\nintents: {fake: {go: bullying, risk: concern, priority: 1, phrases: [pretends to be me]}}\n"
    )
    done = run("check", "--only", "WP308,WP706", "--format", "json", content=f"base:{tmp_path}")
    found = [finding["message"] for finding in json.loads(done.stdout)["findings"]]
    assert not [message for message in found if re.search(r"scotland|report_fraud|`fake`", message)]
    shown = run("content", "diff", content=f"base:{tmp_path}").stdout
    assert "- service police_scotland\n" in shown
    assert "- service report_fraud\n" in shown
    assert "passport" not in shown


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
