"""A small content with one of everything that stories can expect, and a way to tell stories about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.checks.stories.names import Names
from bot.checks.stories.reading import read_stories
from bot.checks.stories.story import Story
from bot.dialogue.engine import Engine
from bot.dialogue.opening import open_engine
from tests.packs import small_pack

MENU = """\
flow: menu
title: Menu
risk: none
start: start
steps:
  start:
    say: |
      Hello there. It is **not your fault**, whatever somebody has
      told you about it.
    ask: Who is this about?
    choices:
      - {label: Me (under 18), go: topic, set: {who: young_person}}
      - {label: A friend, go: topic.second, set: {who: friend}}
      - {label: "I can't say", go: topic.last}
      - {label: Talk, go: topic}
      - {label: Talk, go: topic.second}
"""

TOPIC = """\
flow: topic
title: A topic
for: [young_person]
risk: concern
start: first
steps:
  first:
    say: The first screen.
    choices:
      - {label: On, go: second}
      - {label: It is a friend, go: second, set: {who: friend}}
  second:
    say: The second screen.
    signpost: {topic: listening, at_most: 2}
    choices:
      - {label: Round again, go: first}
      - {label: To the end, go: last}
  last:
    say: The last screen.
    signpost: {topic: listening, at_most: 2}
    ask: Is that all?
    risk: high
    choices:
      - {label: "Yes", go: menu}
  start:
    say: No story comes here, though the menu has a step of this name.
    end: true
"""

PHRASES = """\
language: en
intents:
  talk:
    go: topic.second
    risk: high
    phrases: [want to talk]
"""

SCOTTISH_HELPLINE = """\
  scottish_line:
    name: A line in Scotland
    kind: helpline
    status: active
    description: Somebody in Scotland listens.
    eligibility:
      - {who: [young_person, friend], maximum_age: 18}
    nations: [scotland]
    topics: {listening: 2}
    phones:
      - {id: phone, number: "0800 496 0009", type: national, source: https://example.org, evidence: own_site,
         assured_date: 2026-11-01}
    schedules:
      - {opening_hours: "Mo-Fr 09:00-17:00; PH off", source: https://example.org, evidence: own_site,
         assured_date: 2026-11-01}
    confidence: high
"""


@pytest.fixture
def small(tmp_path: Path) -> Engine:
    """The small content."""
    folder = small_pack(tmp_path / "pack")
    (folder / "flows" / "menu.yaml").write_text(MENU, encoding="utf-8")
    (folder / "flows" / "topic.yaml").write_text(TOPIC, encoding="utf-8")
    (folder / "flows" / "phrases").mkdir()
    (folder / "flows" / "phrases" / "en.yaml").write_text(PHRASES, encoding="utf-8")
    with (folder / "resources.yaml").open("a", encoding="utf-8") as file:
        file.write(SCOTTISH_HELPLINE)
    return open_engine([str(folder)])


@pytest.fixture
def tell(small: Engine, tmp_path: Path) -> Callable[[str], Story]:
    """Makes the one story of a text; ``turns`` alone are put into a story of a Tuesday afternoon."""

    def told(text: str) -> Story:
        path = tmp_path / "story.yaml"
        head = "" if text.startswith("story:") else "story: Somebody comes\nat: 2026-11-24T14:00\n"
        path.write_text(head + text, encoding="utf-8")
        (story,) = read_stories(path, Names(small.content))
        return story

    return told
