"""The reader of the shipped phrases, made once."""

from __future__ import annotations

import pytest

from bot.dialogue.engine import Engine
from bot.dialogue.opening import open_engine
from bot.understanding.reader import Reader


@pytest.fixture(scope="session")
def shipped() -> Engine:
    """The engine of the shipped content."""
    return open_engine(["base"])


@pytest.fixture(scope="session")
def reader(shipped: Engine) -> Reader:
    """Its reader."""
    return shipped.reader
