"""A story file with mistakes is told where each of them is and what to write; nothing makes the reader fail."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bot.checks.stories.names import Names
from bot.checks.stories.reading import read_stories
from bot.checks.stories.story import Deed
from bot.content.errors import ContentError
from bot.dialogue.engine import Engine

SOUND = """\
stories:
  - story: Somebody comes
    at: 2026-11-24T14:00
    language: en
    start: topic
    turns:
      - {press: "On", expect: {flow: topic, step: second, first: helpline}}
      - type: words
        expect:
          shows: [helpline, childline]
          asks: nation
  - story: Somebody else comes
    at: 2026-11-24T14:00
    turns:
      - open: emergency
"""

MISTAKES = {
    "an unknown flow": ("flow: topic", "flow: topik", ["7:38", "there is no flow `topik`", "Did you mean `topic`?"]),
    "an unknown start": ("start: topic", "start: tropic", ["5:12", "there is no flow `tropic`", "`topic`?"]),
    "an unknown link": ("open: emergency", "open: emergancy", ["15:15", "no flow `emergancy`", "`emergency`?"]),
    "an unknown step": ("step: second", "step: secnod", ["7:51", "flow `topic` has no step `secnod`", "`second`?"]),
    "an unknown step by its full name": ("step: second", "step: menu.strat", ["7:51", "`strat`", "`start`?"]),
    "a step of an unknown flow": ("step: second", "step: meni.start", ["7:51", "no flow `meni`", "`menu`?"]),
    "a step alone": ("flow: topic, step: second", "step: secnod", ["7:38", "no step `secnod`", "`second`?"]),
    "an unknown service": ("first: helpline", "first: helplin", ["7:66", "no service `helplin`", "`helpline`?"]),
    "an unknown service in a list": ("childline]", "chidline]", ["10:29", "no service `chidline`", "`childline`?"]),
    "an unknown answer": ("asks: nation", "asks: notion", ["11:17", "no answer `notion`", "`nation`?"]),
    "a language not offered": ("language: en", "language: xx", ["4:15", "there is no language `xx`"]),
    "an unknown key": ("press:", "pres:", ["7:10", "unknown key `pres`", "Did you mean `press`?"]),
    "an unknown expectation": ("asks:", "ask:", ["11:11", "unknown key `ask`", "Did you mean `asks`?"]),
    "a turn that does nothing": ("type: words\n        ", "", ["8:9", "nothing is done in this turn", "`open: menu`"]),
    "a turn that does two things": ("type: words", "type: words\n        press: Back", ["8:9", "`type` and `press`"]),
    "no moment": ("at: 2026-11-24T14:00", "at: yesterday", ["3:9", "`yesterday` is no moment", "2026-12-25T03:00"]),
    "an hour that is not there": ("2026-11-24T14:00", "2026-03-29T01:30", ["3:9", "That hour does not exist"]),
    "a number": ("type: words", "type: 999", ["8:15", "`type` is the number 999", 'Put quotes round it: "999"']),
    "a number in a list": ("[helpline, childline]", "[helpline, 5]", ["10:29", "`shows` is the number 5"]),
    "an empty list": ("[helpline, childline]", "[]", ["10:18", "`shows` is empty"]),
    "an empty press": ('press: "On"', 'press: ""', ["7:17", "`press` is empty"]),
    "an unknown channel": ("start: topic", "channel: telegramm", ["5:14", "`channel` is `telegramm`", "`telegram`?"]),
    "an unknown risk": ("asks: nation", "risk: hgih", ["11:17", "`risk` is `hgih`", "`high`?"]),
    "yes instead of true": ("asks: nation", "leaves: yes", ["11:19", "`leaves` is `yes`"]),
    "no turns": ("turns:\n      - open: emergency", "turns: []", ["14:12", "`turns` is empty"]),
    "no turns at all": ("    turns:\n      - open: emergency\n", "", ["12:5", "`turns` is missing"]),
    "no moment at all": ("    at: 2026-11-24T14:00\n    language", "    language", ["2:5", "`at` is missing"]),
    "two stories of one name": ("Somebody else comes", "Somebody comes", ["12:12", "twice; the first is on line 2"]),
    "no stories": (SOUND, "stories: []\n", ["1:10", "`stories` is empty"]),
    "a list": (SOUND, "- a\n- b\n", ["1:1", "found a list, expected names"]),
    "nothing": (SOUND, "# nothing\n", ["1:1", "the file is empty"]),
    "no YAML": (SOUND, "story: [\n", ["not valid YAML"]),
}


def mistakes(path: Path, engine: Engine) -> str:
    with pytest.raises(ContentError) as error:
        read_stories(path, Names(engine.content))
    return str(error.value)


def test_a_file_holds_several_stories_or_one(small: Engine, tmp_path: Path) -> None:
    path = tmp_path / "story.yaml"
    path.write_text(SOUND, encoding="utf-8")
    first, second = read_stories(path, Names(small.content))
    assert (first.name, first.start, first.setting.language) == ("Somebody comes", "topic", "en")
    assert [(turn.deed, turn.words, turn.place.line) for turn in (*first.turns, *second.turns)] == [
        (Deed.PRESS, "On", 7),
        (Deed.TYPE, "words", 8),
        (Deed.OPEN, "emergency", 15),
    ]
    path.write_text("story: Alone\nat: 2026-11-24T14:00\nturns: [{type: hello}]\n", encoding="utf-8")
    (alone,) = read_stories(path, Names(small.content))
    assert alone.name == "Alone"
    assert alone.setting.remembers


@pytest.mark.parametrize(("old", "new", "said"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told(small: Engine, tmp_path: Path, old: str, new: str, said: list[str]) -> None:
    path = tmp_path / "story.yaml"
    assert old in SOUND
    path.write_text(SOUND.replace(old, new, 1), encoding="utf-8")
    text = mistakes(path, small)
    assert f"{path}:" in text
    for words in said:
        assert words in text
    assert text.endswith("1 problem in the content")


def test_all_mistakes_are_told_at_once(small: Engine, tmp_path: Path) -> None:
    path = tmp_path / "story.yaml"
    path.write_text(
        SOUND.replace("start: topic", "start: a").replace("flow: topic", "flow: b").replace("T14:00", "T99:99"),
        encoding="utf-8",
    )
    assert mistakes(path, small).endswith("4 problems in the content")


def test_a_file_that_is_not_there_is_told(small: Engine, tmp_path: Path) -> None:
    assert "there is no such file" in mistakes(tmp_path / "none.yaml", small)


def test_steps_of_the_engine_itself_can_be_expected(small: Engine, tmp_path: Path) -> None:
    path = tmp_path / "story.yaml"
    turns = "[{open: language, expect: {flow: language}}, {press: Leave, expect: {step: leave.leave}}]"
    path.write_text(f"story: Away\nat: 2026-11-24T14:00\nturns: {turns}\n", encoding="utf-8")
    assert len(read_stories(path, Names(small.content))) == 1


WORDS = "stories story at language start channel turns type press open expect flow step says shows first asks risk"
KEYS = some.sampled_from(WORDS.split(" "))
PLAIN = (
    some.none()
    | some.booleans()
    | some.integers()
    | some.floats()
    | some.text(max_size=8)
    | some.sampled_from(["topic", "menu.start", "2026-11-24T14:00", "0001-01-01T00:00", "2026-10-25T01:30+23:59"])
)
Values = some.SearchStrategy[object]


def nested(inside: Values) -> Values:
    """Lists, mappings, and what begins to look like a story."""
    turn = some.fixed_dictionaries({"type": inside, "expect": inside})
    story = some.fixed_dictionaries({"story": inside, "at": inside, "turns": some.lists(turn)})
    return some.lists(inside, max_size=4) | some.dictionaries(KEYS | some.text(max_size=4), inside, max_size=4) | story


VALUES: Values = some.recursive(PLAIN, nested, max_leaves=20)
ANY_TEXT = some.text() | some.text(alphabet='storieat:-[]{}"\n #&*!|>%@0123456789', max_size=80)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=ANY_TEXT | VALUES.map(lambda value: yaml.safe_dump(value, allow_unicode=True)))
def test_no_file_makes_the_reader_fail(small: Engine, tmp_path: Path, text: str) -> None:
    path = tmp_path / "any.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with suppress(ContentError):
        assert read_stories(path, Names(small.content))
