"""Results as JUnit XML, which build servers show beside the change."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree

from bot.checks.stories import report
from bot.checks.stories.running import Outcome
from bot.content.errors import Problem

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(outcomes: Sequence[Outcome], unreadable: Mapping[str, Sequence[Problem]]) -> str:
    """One suite a file, one case a story; a file that could not be read is one case with an error."""
    root = ElementTree.Element("testsuites", name="stories")
    files: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        files.setdefault(str(outcome.story.place.path), []).append(outcome)
    for path, told in files.items():
        _suite(root, path, told)
    for path, problems in unreadable.items():
        suite = _element(root, "testsuite", name=path, tests="1", failures="0", errors="1", skipped="0", time="0.000")
        case = _element(suite, "testcase", classname=path, name="the file", file=path, time="0.000")
        first = f"{problems[0].place}: {problems[0].message}" if problems else "unreadable"
        error = _element(case, "error", message=first, type="unreadable")
        error.text = _clean("\n".join(str(problem) for problem in problems))
    failures = sum(outcome.failure is not None for outcome in outcomes)
    _set(
        root,
        tests=str(len(outcomes) + len(unreadable)),
        failures=str(failures),
        errors=str(len(unreadable)),
        time=_time(outcomes),
    )
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _suite(root: ElementTree.Element, path: str, told: Sequence[Outcome]) -> None:
    failures = sum(outcome.failure is not None for outcome in told)
    counts = {"tests": str(len(told)), "failures": str(failures), "errors": "0", "skipped": "0"}
    suite = _element(root, "testsuite", name=path, **counts, time=_time(told))
    for outcome in told:
        story, failure = outcome.story, outcome.failure
        line = str(failure.turn.place.line if failure else story.place.line)
        case = _element(suite, "testcase", classname=path, name=story.name, file=path, line=line, time=_time([outcome]))
        if failure is not None:
            message = failure.reason or "; ".join(str(miss) for miss in failure.misses)
            element = _element(case, "failure", message=message, type="press" if failure.reason else "expectation")
            element.text = _clean(report.failed(story, failure))


def _element(parent: ElementTree.Element, tag: str, **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, tag)
    _set(element, **attributes)
    return element


def _set(element: ElementTree.Element, **attributes: str) -> None:
    for key, value in attributes.items():
        element.set(key, _clean(value))


def _time(outcomes: Sequence[Outcome]) -> str:
    return f"{sum(outcome.seconds for outcome in outcomes):.3f}"


def _clean(text: str) -> str:
    """Without the characters that XML cannot hold, not even escaped."""
    return _NOT_IN_XML.sub("\ufffd", text)
