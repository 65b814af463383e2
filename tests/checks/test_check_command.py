"""`python -m bot check` as somebody types it: exit status, formats, options, and what it leaves behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.checks.example import write_example
from bot.checks.proven import FILE
from bot.operations.old_content import OldContentError, old_content
from tests.conftest import AFTERNOON
from tests.packs import REPOSITORY

EDITOR = ("-c", "user.name=Editor", "-c", "user.email=editor@example.org")
AT = ("--at", "2026-11-24T14:00")
NOT_NEAR = {"flows/emergency.yaml": ("  ring:\n", "  ring:\n    when: {nation: wales}\n")}


def check(content: Path | str, *options: str | Path, directory: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command on a content folder."""
    return subprocess.run(
        [sys.executable, "-m", "bot", "check", *map(str, options)],
        cwd=directory or (content if isinstance(content, Path) and content.is_dir() else REPOSITORY),
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(REPOSITORY),
            "PYTHONDONTWRITEBYTECODE": "1",
            "CONTENT": str(content),
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The example, in a folder of its own."""
    return write_example(tmp_path / "content")


def test_clean_content_ends_well_and_leaves_a_proof(content: Path) -> None:
    done = check(content, *AT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].startswith("No problems found: 3 flows, 5 steps, 6 services. Content ")
    assert done.stderr == ""
    assert (content / FILE).is_file()


def test_an_error_is_exit_status_1_shown_at_its_line_and_leaves_no_proof(content: Path) -> None:
    write_example(content, NOT_NEAR)
    done = check(content, *AT)
    assert done.returncode == 1
    assert "flows/" in done.stdout
    assert "WP101 error: " in done.stdout
    assert "replay: python -m bot chat --replay" in done.stdout
    assert not (content / FILE).exists()


def test_what_it_says_to_replay_can_be_replayed(content: Path) -> None:
    write_example(content, NOT_NEAR)
    findings = json.loads(check(content, *AT, "--format", "json").stdout)["findings"]
    command = next(finding["replay"] for finding in findings if finding.get("replay"))
    shell = command.replace("python -m bot", f"{sys.executable} -m bot")
    replayed = subprocess.run(
        ["sh", "-c", shell],
        cwd=content,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(REPOSITORY), "CONTENT": str(content)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert replayed.returncode == 0, replayed.stderr
    assert "Leave" in replayed.stdout


def test_content_that_does_not_load_is_exit_status_1(content: Path) -> None:
    write_example(content, {"flows/topic.yaml": ("go: second", "go: secund")})
    done = check(content, *AT)
    assert done.returncode == 1
    assert "WP001 error: `secund` leads nowhere" in done.stdout
    assert "Did you mean `second`?" in done.stdout


@pytest.mark.parametrize(
    "options",
    [
        ("--format", "xml"),
        ("--at", "yesterday"),
        ("--only", "WP9999"),
        ("--explain", "WP9999"),
        ("--against", "nowhere"),
        ("--against", "git:no-such-revision"),
        ("--against", "git:--help"),
        ("--report", "no/such/folder/x.html"),
    ],
)
def test_what_cannot_be_done_is_exit_status_2_and_says_why(content: Path, options: tuple[str, ...]) -> None:
    done = check(content, *options)
    assert done.returncode == 2
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_no_content_at_all_is_exit_status_2(tmp_path: Path) -> None:
    done = check(tmp_path / "nowhere", directory=tmp_path)
    assert done.returncode == 2
    assert "no content folder" in done.stderr


def test_a_wrong_setting_is_exit_status_2(content: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "check"],
        cwd=content,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(REPOSITORY), "LOG_LEVEL": "loud"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "LOG_LEVEL" in done.stderr


def test_warnings_do_not_change_the_exit_status(content: Path) -> None:
    accept = "    accept: [{code: WP110, because: A, by: B, until: 2026-01-31}]\n"
    write_example(content, {"flows/topic.yaml": ("  last:\n", f"  last:\n{accept}")})
    done = check(content, *AT)
    assert done.returncode == 0
    assert "WP002 warning: " in done.stdout
    assert done.stdout.splitlines()[-1].startswith("No errors, 1 warning: ")


@pytest.mark.parametrize("kind", ["json", "sarif"])
def test_the_formats_for_programs_are_nothing_but_json(content: Path, kind: str) -> None:
    done = check(content, *AT, "--format", kind)
    assert done.returncode == 0
    values = json.loads(done.stdout)
    assert values.get("clean") is True or values.get("version") == "2.1.0"


def test_the_page_is_written_also_for_content_with_findings(content: Path, tmp_path: Path) -> None:
    write_example(content, NOT_NEAR)
    done = check(content, *AT, "--report", tmp_path / "page.html")
    assert done.returncode == 1
    assert "WP101" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_a_quick_check_says_that_it_is_one_and_leaves_no_proof(content: Path) -> None:
    done = check(content, *AT, "--quick")
    assert done.returncode == 0
    assert "Note: Time was left out" in done.stdout
    assert not (content / FILE).exists()


def test_only_some_rules(content: Path) -> None:
    write_example(content, NOT_NEAR)
    assert check(content, *AT, "--only", "wp203,WP001").returncode == 0
    assert check(content, *AT, "--only", "WP203", "--only", "WP101").returncode == 1
    assert not (content / FILE).exists()


def test_a_rule_explains_itself_without_any_content(tmp_path: Path) -> None:
    done = check(tmp_path / "nowhere", "--explain", "wp101", directory=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("WP101 error: ")
    assert "This breaks it:" in done.stdout
    assert "+    when: {nation: wales}" in done.stdout


def test_older_content_from_a_folder_and_from_its_proof(content: Path, tmp_path: Path) -> None:
    assert check(content, *AT).returncode == 0
    swap = {"flows/topic.yaml": ("    say: You are doing well. One small step is enough.\n", "    say: Breathe.\n")}
    newer = write_example(tmp_path / "newer", swap)
    for old in (content, content / FILE):
        done = check(newer, *AT, "--against", old)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Buttons already sent by" in done.stdout
        assert "the same step with changed words" in done.stdout


def test_older_content_from_git(content: Path) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(["git", *EDITOR, *arguments], cwd=content, check=True, capture_output=True)

    git("init", "-q")
    git("add", "-A")
    git("commit", "-q", "-m", "As it was")
    second = "    say: You are doing well. One small step is enough.\n    signpost: {topic: listening, at_most: 3}\n"
    other = "    say: Ring if somebody is hurt.\n    signpost: {topic: immediate_danger, at_most: 3}\n"
    write_example(content, {"flows/topic.yaml": (second, other)})
    done = check(content, *AT, "--against", "git:HEAD", "--only", "WP601")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "WP601 error: `topic.second`" in done.stdout


def test_a_pack_that_came_after_a_revision_had_sent_nothing_then(content: Path) -> None:
    for arguments in (("init", "-q"), ("add", "-A"), (*EDITOR, "commit", "-q", "-m", "As it was")):
        subprocess.run(["git", *arguments], cwd=content, check=True, capture_output=True)
    ours = content / "ours"
    (ours / "flows").mkdir(parents=True)
    (ours / "flows" / "topic.yaml").write_text("change: topic\ntitle: Our title\n", encoding="utf-8")
    sent = old_content("git:HEAD", [str(content), str(ours)], "en", AFTERNOON)
    assert sent.things["flow", "topic"]["title"] == "A topic"
    assert len(sent.places) > 0
    with pytest.raises(OldContentError, match="no-such-revision"):
        old_content("git:no-such-revision", [str(content), str(ours)], "en", AFTERNOON)


def test_the_moment_can_be_pinned_so_that_what_is_green_stays_green(content: Path) -> None:
    first, second = (json.loads(check(content, *AT, "--format", "json").stdout) for _ in range(2))
    for report in (first, second):
        report.pop("seconds")
        for found in report["properties"]:
            found.pop("seconds")
    assert first == second
    assert first["at"].startswith("2026-11-24T14:00")
