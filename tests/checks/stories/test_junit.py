"""The results as build servers read them, whatever stands in a story."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bot.checks.stories.junit import junit
from bot.checks.stories.running import run_all
from bot.checks.stories.story import Story
from bot.content.errors import Place, Problem
from bot.dialogue.engine import Engine

Tell = Callable[[str], Story]


def read(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text.encode())  # noqa: S314 (written by the test itself)


def test_passed_failed_and_unreadable_are_told_apart(small: Engine, tell: Tell, tmp_path: Path) -> None:
    good = tell('story: All <well> & "good"\nat: 2026-11-24T14:00\nturns:\n  - press: A friend\n')
    bad = tell("story: Not so\nat: 2026-11-24T14:00\nturns:\n  - {press: A friend, expect: {says: '<a> & b'}}\n")
    problem = Problem(Place(Path("broken.yaml"), 3, 1), "unknown key `<x>`")
    root = read(junit(run_all(small, (good, bad), iter(range(9)).__next__), {"broken.yaml": (problem,)}))
    assert {key: root.get(key) for key in ("tests", "failures", "errors", "time")} == {
        "tests": "3", "failures": "1", "errors": "1", "time": "2.000",
    }  # fmt: skip
    suite, broken = root.findall("testsuite")
    assert suite.get("name") == str(tmp_path / "story.yaml")
    assert [(case.get("name"), case.get("line")) for case in suite] == [('All <well> & "good"', "1"), ("Not so", "4")]
    failure = suite.find("testcase/failure")
    assert failure is not None
    assert failure.get("message") == "says: <a> & b: it does not stand there"
    assert "  - <a> & b" in (failure.text or "")
    error = broken.find("testcase/error")
    assert error is not None
    assert "broken.yaml:3:1: unknown key `<x>`" in (error.text or "")


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=some.text(min_size=1), reason=some.text())
def test_any_text_gives_xml_that_can_be_read(small: Engine, tell: Tell, name: str, reason: str) -> None:
    told = tell("turns:\n  - press: Nowhere\n")
    story = Story(name, told.setting, told.start, told.turns, told.place)
    problem = Problem(Place(Path("broken.yaml")), reason)
    root = read(junit(run_all(small, (story,), lambda: 0.0), {reason: (problem,)}))
    assert len(root.findall("testsuite/testcase")) == 2
