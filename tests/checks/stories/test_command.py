"""`python -m bot test`: what it finds, what it says, and the status it ends with."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.checks.stories.command import COULD_NOT_RUN, FAILED, PASSED, run_stories
from bot.dialogue.engine import Engine
from tests.packs import REPOSITORY

GOOD = "story: All well\nat: 2026-11-24T14:00\nturns:\n  - press: A friend\n"
BAD = "story: Not well\nat: 2026-11-24T14:00\nturns:\n  - press: A foe\n"
BROKEN = "story: Unfinished\nat: 2026-11-24T14:00\nturns:\n  - pres: A friend\n"

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(small: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command in a folder of its own and gives status and words."""
    monkeypatch.chdir(tmp_path)
    clock = iter(range(1000))

    def command(*paths: str, junit_file: Path | None = None, missing: bool = False) -> tuple[int, str]:
        said: list[str] = []
        names = [Path(path) for path in paths]
        tick = clock.__next__
        status = run_stories(small, names, said.append, tick, junit_file=junit_file, missing=missing)
        return status, "\n".join(said)

    return command


def write(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def test_all_well(run: Run) -> None:
    write("good.yaml", GOOD)
    status, said = run("good.yaml")
    assert status == PASSED == 0
    assert "1 story, 1 turn" in said
    assert "all passed." in said
    assert "4 of 6 steps are in none of these stories. --missing lists them." in said


def test_one_that_fails(run: Run) -> None:
    write("mine/good.yaml", GOOD)
    write("mine/more/bad.yml", BAD)
    status, said = run("mine")
    assert status == FAILED == 1
    assert "mine/more/bad.yml:4:5: turn 1 of 1, press A foe" in said
    assert "1 failed, 1 passed." in said


def test_a_file_with_mistakes_does_not_keep_the_others_from_running(run: Run) -> None:
    write("mine/broken.yaml", BROKEN)
    write("mine/bad.yaml", BAD)
    status, said = run("mine")
    assert status == COULD_NOT_RUN == 2
    assert "mine/broken.yaml:4:5: unknown key `pres`" in said
    assert "FAILED  Not well" in said
    assert said.endswith("Not run, because of the mistakes above: mine/broken.yaml.")


def test_the_usual_folder(run: Run) -> None:
    write("tests/stories/good.yaml", GOOD)
    assert run()[0] == PASSED


def test_without_the_usual_folder_it_says_what_to_name(run: Run, tmp_path: Path) -> None:
    status, said = run()
    assert status == COULD_NOT_RUN
    assert f"There is no folder tests/stories here ({tmp_path})." in said
    assert "python -m bot test my-stories" in said


def test_a_path_that_is_not_there(run: Run) -> None:
    status, said = run("nowhere")
    assert status == COULD_NOT_RUN
    assert "There is no file or folder nowhere." in said


def test_a_folder_without_stories_is_not_a_success(run: Run) -> None:
    write("mine/readme.md", "no story")
    status, said = run("mine")
    assert status == COULD_NOT_RUN
    assert "There are no stories in mine" in said


def test_a_file_named_twice_is_run_once(run: Run) -> None:
    write("mine/good.yaml", GOOD)
    assert "1 story, 1 turn" in run("mine", "mine/good.yaml")[1]


def test_missing_steps_are_listed(run: Run) -> None:
    write("good.yaml", GOOD)
    said = run("good.yaml", missing=True)[1]
    assert [line.rpartition(" ")[2] for line in said.splitlines()[-4:]] == [
        "emergency.ring", "topic.first", "topic.last", "topic.start",
    ]  # fmt: skip


def test_junit_is_written_whatever_the_outcome(run: Run) -> None:
    write("mine/bad.yaml", BAD)
    write("mine/broken.yaml", BROKEN)
    run("mine", junit_file=Path("result.xml"))
    root = ElementTree.parse("result.xml").getroot()  # noqa: S314 (written above)
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("2", "1", "1")


def test_junit_that_cannot_be_written_is_told(run: Run) -> None:
    write("good.yaml", GOOD)
    status, said = run("good.yaml", junit_file=Path("no/such/folder.xml"))
    assert status == COULD_NOT_RUN
    assert "no/such/folder.xml could not be written: No such file or directory." in said


def in_a_shell(*arguments: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "test", *map(str, arguments)],
        cwd=REPOSITORY,
        env={"PATH": os.environ["PATH"], **settings},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_the_examples_of_the_documents_pass_in_a_shell(tmp_path: Path) -> None:
    done = in_a_shell("tests/stories/examples.yaml", "--junit", tmp_path / "result.xml", "--missing")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "all passed" in done.stdout
    root = ElementTree.parse(tmp_path / "result.xml").getroot()  # noqa: S314 (written above)
    assert root.get("failures") == "0"


def test_content_that_does_not_load_is_no_failed_story(tmp_path: Path) -> None:
    done = in_a_shell("tests/stories/examples.yaml", CONTENT=str(tmp_path))
    assert done.returncode == 2
    assert "there is no content in this folder" in done.stderr
