"""The example content of the rules, checked with edits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.checks.example import write_example
from bot.checks.report import Report
from bot.checks.rule import Edits
from bot.checks.run import run_checks
from tests.conftest import AFTERNOON

Checked = Callable[..., Report]


@pytest.fixture
def checked(tmp_path: Path) -> Checked:
    """Checks the example with edits, as on a Tuesday afternoon."""

    def check(edits: Edits | None = None, **how: object) -> Report:
        folder = tmp_path / "content"
        how.setdefault("now", AFTERNOON)
        return run_checks([str(write_example(folder, edits))], **how)  # type: ignore[arg-type]  # tests name them

    return check
