"""What many tests share: the shipped content, loaded once, and a small pack to write mistakes into."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings

from bot.dialogue.engine import Engine
from bot.dialogue.opening import open_engine
from tests.packs import small_pack
from tests.shipped import keep_what_is_shipped

AFTERNOON = datetime(2026, 11, 24, 14, 0, tzinfo=ZoneInfo("Europe/London"))
"""A Tuesday on which offices are open."""

if "CI" not in os.environ:  # there, hypothesis has a profile of its own, without deadlines as well
    settings.register_profile("unhurried", deadline=None)
    settings.load_profile("unhurried")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """With ``-n auto`` one process more than there are cores: many tests wait for another process, or for a moment."""
    return len(os.sched_getaffinity(0)) + 1 if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session", autouse=True)
def _shipped() -> Iterator[None]:
    """The shipped content is read once, whoever opens it."""
    with pytest.MonkeyPatch.context() as patch:
        keep_what_is_shipped(patch)
        yield


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The shipped content."""
    return open_engine(["base"])


@pytest.fixture
def now() -> datetime:
    """A Tuesday afternoon."""
    return AFTERNOON


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A folder with small, sound content."""
    return small_pack(tmp_path)
