"""docs/safety-case.md is made from the hazards, and no hazard names a control that is not there."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.checks.properties import all_properties
from bot.content.errors import ContentError
from bot.dialogue.engine import Engine
from tests.packs import REPOSITORY
from tests.tools.make_safety_case_page import HAZARDS, PAGE, made
from tests.tools.safety_case.controls import Evidence
from tests.tools.safety_case.hazards import MATRIX, Likelihood, Risk, Severity, read_hazards

SENTENCES_OF_2018 = REPOSITORY / "tests" / "stories" / "sentences_of_2018.yaml"

SOUND = """\
hazards:
  - id: H01
    hazard: Something goes wrong
    causes: [Somebody made a slip.]
    effect: Somebody is worse off.
    before: {severity: major, likelihood: high}
    controls:
      - control: It is looked at before.
        checks: [WP301]
        tests: ["tests/test_safety_case.py::test_the_page_is_up_to_date"]
        stories: [Gone in one press]
    after: {severity: major, likelihood: low}
    remains: Little, and it is known.
"""


def planted(tmp_path: Path, old: str = "", new: str = "") -> Path:
    """A file of hazards with one thing changed."""
    assert old in SOUND
    file = tmp_path / "hazards.yaml"
    file.write_text(SOUND.replace(old, new) if old else SOUND, encoding="utf-8")
    return file


def test_the_page_is_up_to_date(engine: Engine) -> None:
    assert made(engine) == PAGE.read_text(encoding="utf-8"), "run: .venv/bin/python -m tests.tools.make_documents"


def test_a_sound_hazard_becomes_a_page(engine: Engine, tmp_path: Path) -> None:
    page = made(engine, planted(tmp_path))
    assert "major × high = **4**" in page
    assert "[WP301](checks.md#wp301)" in page
    assert "[Gone in one press](../tests/stories/everyone.yaml)" in page


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("WP301", "WP999", r"hazards\.yaml:9:\d+: H01: there is no check WP999"),
        ("test_the_page_is", "test_the_pag_is", r"hazards\.yaml:10:\d+: H01: .*no test test_the_pag_is(.|\n)*Did you"),
        ("tests/test_safety_case.py", "tests/test_safety.py", r"H01: there is no file tests/test_safety\.py"),
        ("Gone in one press", "Gone in two presses", r"hazards\.yaml:11:\d+: H01: there is no story"),
        ("        checks: [WP301]\n", "        check: [WP301]\n", r"unknown key `check`"),
        ("likelihood: low", "likelihood: very high", r"H01 is worse after its controls"),
        ("likelihood: high", "likelihood: certain", r"`likelihood` is"),
        ("H01", "1", r"`id` is"),
    ],
)
def test_a_hazard_without_a_working_control_is_refused_at_its_line(
    engine: Engine, tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    with pytest.raises(ContentError, match=complaint):
        made(engine, planted(tmp_path, old, new))


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("@pytest.mark.skip\ndef test_some(): ...", "test_some in tests/test_some.py is skipped"),
        ("@pytest.mark.xfail(reason='some day')\ndef test_some(): ...", "test_some in tests/test_some.py is skipped"),
        ("pytestmark = pytest.mark.skip\ndef test_some(): ...", "test_some in tests/test_some.py is skipped"),
        ("def test_other(): ...", "tests/test_some.py has no test test_some"),
        ("@pytest.mark.skipif(old, reason='')\nasync def test_some(): ...", ""),
        ("@pytest.mark.parametrize('a', [1])\ndef test_some(a): ...", ""),
    ],
)
def test_a_test_that_never_runs_holds_nothing(engine: Engine, tmp_path: Path, source: str, complaint: str) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_some.py").write_text(f"import pytest\n\n{source}\n", encoding="utf-8")
    story = "        stories: [Gone in one press]\n"
    file = planted(tmp_path, story, "")
    text = file.read_text(encoding="utf-8").replace(
        "test_safety_case.py::test_the_page_is_up_to_date", "test_some.py::test_some"
    )
    file.write_text(text, encoding="utf-8")
    log, document = read_hazards(file)
    found = Evidence(all_properties(), tmp_path, engine, []).problems(log, document)
    assert [problem.message.removeprefix("H01: ") for problem in found] == ([complaint] if complaint else [])


def test_a_control_that_nothing_holds_is_refused(tmp_path: Path) -> None:
    held = SOUND[SOUND.index("        checks:") : SOUND.index("    after:")]
    with pytest.raises(ContentError, match="nothing holds this control"):
        read_hazards(planted(tmp_path, held, ""))


def test_a_number_that_stands_twice_is_refused(tmp_path: Path) -> None:
    file = planted(tmp_path)
    file.write_text(SOUND + SOUND.removeprefix("hazards:\n"), encoding="utf-8")
    with pytest.raises(ContentError, match="H01 stands twice"):
        read_hazards(file)


def test_a_story_that_fails_holds_nothing(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = tmp_path / "copy"
    shutil.copytree(REPOSITORY / "tests" / "stories", repository / "tests" / "stories")
    shutil.copy(__file__, repository / "tests" / "test_safety_case.py")
    broken = repository / "tests" / "stories" / "everyone.yaml"
    text = broken.read_text(encoding="utf-8")
    assert "leaves: true" in text
    broken.write_text(text.replace("leaves: true", "leaves: false"), encoding="utf-8")
    monkeypatch.setattr("tests.tools.make_safety_case_page.REPOSITORY", repository)
    with pytest.raises(ContentError, match="the story `Gone in one press` fails"):
        made(engine, planted(tmp_path))


def test_make_check_fails_when_a_control_is_gone(tmp_path: Path) -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    rule = next(line for line in makefile.splitlines() if line.startswith("check:"))
    assert "documents" in rule.split()
    assert "-m tests.tools.make_documents --check" in makefile
    copy = tmp_path / "repository"
    for name in ("bot", "flows", "tests", "docs"):
        shutil.copytree(REPOSITORY / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "resources.yaml", copy)
    hazards = copy / HAZARDS.relative_to(REPOSITORY)
    hazards.write_text(hazards.read_text(encoding="utf-8").replace("WP201", "WP299"), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "tests.tools.make_documents", "--check"],
        cwd=copy,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 1
    assert "H03: there is no check WP299" in ran.stderr
    assert "1 problem in the content" in ran.stderr


def test_the_sentences_of_2018_are_among_the_controls() -> None:
    log, _ = read_hazards(HAZARDS)
    named = {story for hazard in log.hazards for control in hazard.controls for story in control.stories}
    text = SENTENCES_OF_2018.read_text(encoding="utf-8")
    told = {line.partition("story:")[2].strip() for line in text.splitlines() if "story:" in line}
    assert len(told) >= 4
    assert told <= named


def test_every_check_guards_against_some_hazard() -> None:
    log, _ = read_hazards(HAZARDS)
    named = {code for hazard in log.hazards for control in hazard.controls for code in control.checks}
    assert {found.code for found in all_properties()} == named


@pytest.mark.parametrize(
    ("severity", "likelihood", "rating"),
    [
        (Severity.MINOR, Likelihood.VERY_LOW, 1),
        (Severity.MINOR, Likelihood.VERY_HIGH, 3),
        (Severity.MAJOR, Likelihood.MEDIUM, 3),
        (Severity.CATASTROPHIC, Likelihood.VERY_LOW, 3),
        (Severity.CATASTROPHIC, Likelihood.VERY_HIGH, 5),
    ],
)
def test_a_rating_is_looked_up_in_the_matrix(severity: Severity, likelihood: Likelihood, rating: int) -> None:
    assert Risk(severity=severity, likelihood=likelihood).rating == rating


def test_ratings_never_fall_as_either_side_grows() -> None:
    rows = [MATRIX[likelihood] for likelihood in Likelihood]
    assert all(list(row) == sorted(row) for row in rows)
    assert all(list(column) == sorted(column) for column in zip(*rows, strict=True))


def test_no_risk_that_remains_is_unacceptable() -> None:
    log, _ = read_hazards(HAZARDS)
    assert {hazard.id: hazard.after.rating for hazard in log.hazards if hazard.after.rating > 3} == {}
