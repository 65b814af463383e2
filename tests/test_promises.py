"""Every promise, and every answer of the threat model, names tests that exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.packs import REPOSITORY

TABLE = (REPOSITORY / "docs" / "promises.md").read_text(encoding="utf-8")
THREATS = (REPOSITORY / "docs" / "threat-model.md").read_text(encoding="utf-8")
LINK = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
NAMED = sorted({*LINK.findall(TABLE), *LINK.findall(THREATS)})
NUMBERS = [
    f"{letter}{number}" for letter, most in (("A", 9), ("B", 7), ("C", 12), ("D", 9)) for number in range(1, most + 1)
]


def test_there_are_promises() -> None:
    assert len(NAMED) > 15


@pytest.mark.parametrize("number", NUMBERS)
def test_every_promise_has_its_line(number: str) -> None:
    assert f"| {number} |" in TABLE


def test_the_threat_model_says_for_each_attacker_what_remains_and_which_test_shows_the_rest() -> None:
    attackers = [part for part in THREATS.split("\n## ")[1:] if "**Gets" in part]
    assert len(attackers) >= 7
    assert all("**Remains.**" in part and LINK.search(part) for part in attackers)


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_the_test_of_a_promise_exists(file: str, test: str) -> None:
    tree = ast.parse(Path(REPOSITORY / file).read_text(encoding="utf-8"))
    tests = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    assert test in tests
