"""A way through the dialogue on one line, for reports and for replaying it."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bot.checks.exploration import ways_in
from bot.checks.finding import WayIn
from bot.checks.stories import shorthand
from bot.checks.stories.folding import folded
from bot.checks.stories.replay import find_story, replayed
from bot.checks.stories.story import Deed, Setting
from bot.dialogue.engine import Engine
from tests.conftest import AFTERNOON

HERE = Setting(AFTERNOON)

WAYS = {
    "menu > Me (under 18) > On": [("open", "menu"), ("press", "Me (under 18)"), ("press", "On")],
    "  menu>A friend  ": [("open", "menu"), ("press", "A friend")],
    "topic": [("open", "topic")],
    "link topic > Back": [("open", "topic"), ("press", "Back")],
    "link leave": [("open", "leave")],
    'typed "i want to talk > now \\"ok\\""': None,
    'typed "i want \\> to \\\\ talk" > Back': [("type", "i want > to \\ talk"), ("press", "Back")],
    'menu > typed "he said "hi"" > link emergency': [("open", "menu"), ("type", 'he said "hi"'), ("open", "emergency")],
    "menu > \\link topic": [("open", "menu"), ("press", "link topic")],
    "taken for menu.start or topic.nowhere": None,
    "taken for something": None,
    "token AbC-_9 > On": [("old button", "AbC-_9"), ("press", "On")],
}


@pytest.mark.parametrize(("line", "turns"), WAYS.items(), ids=WAYS)
def test_a_line_is_a_way(small: Engine, line: str, turns: list[tuple[str, str]] | None) -> None:
    if turns is None:
        with pytest.raises(shorthand.ShorthandError):
            shorthand.read(line, small.content, HERE)
        return
    story = shorthand.read(line, small.content, HERE)
    assert [(str(turn.deed), turn.words) for turn in story.turns] == turns


WRONG = {
    "": "Nothing stands between",
    "menu > > On": "Nothing stands between",
    "menu >": "Nothing stands between",
    "meun > On": "Did you mean `menu`?",
    "A friend": "`A friend` is no way in. Begin with `menu`",
    "link tropic": "There is no flow `tropic`. Did you mean `topic`?",
}


@pytest.mark.parametrize(("line", "said"), WRONG.items(), ids=WRONG)
def test_what_is_no_way_is_told(small: Engine, line: str, said: str) -> None:
    with pytest.raises(shorthand.ShorthandError) as error:
        shorthand.read(line, small.content, HERE)
    assert said in str(error.value)


LABELS = some.one_of(
    some.text(min_size=1),
    some.text(alphabet='>\\ " a', min_size=1),
    some.sampled_from(["link topic", 'typed "a"', "token x"]),
).filter(lambda label: bool(label.strip()))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(labels=some.lists(LABELS, max_size=5))
def test_what_is_written_reads_the_same(small: Engine, labels: list[str]) -> None:
    line = shorthand.write(["menu", *labels])
    turns = shorthand.read(line, small.content, HERE).turns
    assert [turn.deed for turn in turns] == [Deed.OPEN, *(Deed.PRESS for _ in labels)]
    assert [folded(turn.words) for turn in turns[1:]] == [folded(label) for label in labels]


def test_the_command_can_be_pasted_into_a_shell() -> None:
    parts = ["menu", "I can't say", "Yes & no; $HOME"]
    line = shorthand.command(parts, datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    assert shlex.split(line) == [
        "python", "-m", "bot", "chat", "--replay", "menu > I can't say > Yes & no; $HOME",
        "--at", "2026-10-25T01:30+00:00",
    ]  # fmt: skip
    assert shorthand.command(["menu"]) == "python -m bot chat --replay menu"


def test_every_way_in_that_a_check_names_can_be_replayed(engine: Engine) -> None:
    for step, way_in in ways_in(engine, AFTERNOON):
        story = find_story(shorthand.write([way_in]), engine.content, AFTERNOON, at=None, language="")
        ((_, screen),) = replayed(engine, story)
        assert (screen.state.step, screen.state.answers) == (step, ()), way_in


def test_words_typed_on_the_way_are_told_from_a_label_that_looks_like_them(small: Engine) -> None:
    words = WayIn('typed "help"')
    line = shorthand.write(["menu", words, "On", str(words)])
    turns = shorthand.read(line, small.content, HERE).turns
    assert [turn.deed for turn in turns] == [Deed.OPEN, Deed.TYPE, Deed.PRESS, Deed.PRESS]
