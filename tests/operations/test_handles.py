"""Whoever opens many connections never uses up the file handles that answers need."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.operations.handles import KEPT_BACK
from tests.packs import REPOSITORY

resource = pytest.importorskip("resource")

_ASK = (
    "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, ({soft}, {hard}));"
    "from bot.operations.handles import connections_within_handles as within;"
    "print(within(1500), resource.getrlimit(resource.RLIMIT_NOFILE)[0])"
)


@pytest.mark.parametrize(
    ("soft", "hard", "connections", "handles"),
    [(256, 4096, 1500, 1500 + KEPT_BACK), (1024, 1024, 1024 - KEPT_BACK, 1024), (64, 64, 16, 64)],
    ids=["a soft limit is raised", "a hard limit is kept to", "somebody is always let in"],
)
def test_connections_keep_within_the_handles_there_are(soft: int, hard: int, connections: int, handles: int) -> None:
    asked = [sys.executable, "-c", _ASK.format(soft=soft, hard=hard)]
    said = subprocess.run(asked, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    assert said.split() == [str(connections), str(handles)]
