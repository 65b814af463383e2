"""Every promise names tests that exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.packs import REPOSITORY

TABLE = (REPOSITORY / "docs" / "promises.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TABLE)))


def test_there_are_promises() -> None:
    assert len(NAMED) > 15


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_the_test_of_a_promise_exists(file: str, test: str) -> None:
    tree = ast.parse(Path(REPOSITORY / file).read_text(encoding="utf-8"))
    tests = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    assert test in tests
