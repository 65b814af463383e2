"""What many tests share: the shipped content, loaded once, and a small pack to write mistakes into."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.dialogue.engine import Engine
from bot.dialogue.opening import open_engine
from tests.packs import small_pack
from tests.shipped import keep_what_is_shipped

AFTERNOON = datetime(2026, 11, 24, 14, 0, tzinfo=ZoneInfo("Europe/London"))
"""A Tuesday on which offices are open."""


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
