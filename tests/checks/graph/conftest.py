"""The pictures that these tests look at: of the shipped content, and of a pack whose every word is hostile."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.checks.graph.collect import collect
from bot.checks.graph.model import Mark, Picture
from bot.content.load import load
from bot.content.model import StepId
from bot.dialogue.engine import Engine
from bot.dialogue.facts import Deployment

HOSTILE = "</script><img src=x onerror=alert(1)>\"']]>&lt;`"
"""At most as long as a button's label may be."""


@pytest.fixture(scope="session")
def picture(engine: Engine) -> Picture:
    """The shipped content."""
    return collect(engine.content, Deployment())


@pytest.fixture
def hostile(pack: Path) -> Picture:
    """A small pack with `HOSTILE` wherever a charity can write words, and findings that quote it."""
    written = HOSTILE.replace("'", "''")
    for file, before, after in (
        ("flows/topic.yaml", "title: A topic", f"title: '{written}'"),
        ("flows/topic.yaml", "The first screen, with", f"{HOSTILE} with"),
        ("flows/topic.yaml", "label: Round again", f"label: '{written}'"),
        ("flows/topic.yaml", "    say: The second screen.", f"    say: Second.\n    ask: '{written}'"),
        ("flows/menu.yaml", "label: Another thing", f"label: '{written}'"),
        ("resources.yaml", "name: A helpline", f"name: '{written}'"),
        ("resources.yaml", "description: Somebody listens.", f"description: '{written}'"),
        ("flows/shared/answers.yaml", "label: A friend", f"label: '{written}'"),
    ):
        text = (pack / file).read_text(encoding="utf-8")
        assert before in text
        (pack / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    marks = (Mark(StepId("topic", "first"), HOSTILE, HOSTILE, HOSTILE), Mark(StepId("gone", HOSTILE), "X", "error", ""))
    return collect(load([str(pack)]), Deployment(brand=HOSTILE), marks)
