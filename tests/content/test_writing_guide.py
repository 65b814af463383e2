"""docs/writing.md does what it says: its files load, its story passes, its commands and keys exist."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from pydantic import BaseModel, TypeAdapter

from bot.checks.schema_export import FILES
from bot.checks.stories.names import Names
from bot.checks.stories.reading import read_stories
from bot.checks.stories.running import run_all
from bot.cli import main
from bot.content import schema, service_schema
from bot.content.word_pattern import parse_pattern
from bot.content.yaml_document import StrictLoader, read
from bot.dialogue.opening import open_engine
from bot.dialogue.opening_rules import OpeningHoursError, timetable
from tests.packs import REPOSITORY

GUIDE = (REPOSITORY / "docs" / "writing.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
TO_COPY = {block.splitlines()[0].removeprefix("# "): block for block in BLOCKS if block.startswith("# ours/")}

KIND_BY_KEY = {
    "flow": "flow",
    "steps": "change",
    "services": "services",
    "answers": "answers",
    "texts": "texts",
    "intents": "phrases",
    "nations": "holidays",
    "terms": "words",
    "stories": "story",
    "story": "story",
    "change": "services",
    "remove": "answers",
}


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A folder in which somebody has followed the page to the letter."""
    for name, text in TO_COPY.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "ours"


def test_the_files_to_copy_load_on_top_of_what_ships(ours: Path) -> None:
    content = open_engine(["base", str(ours)]).content
    assert len(content.flows["fake_account"].steps) == 3
    assert content.intents["en"][-1].target.flow == "fake_account"


def test_the_story_to_copy_passes(ours: Path) -> None:
    engine = open_engine(["base", str(ours)])
    stories = read_stories(ours / "stories" / "fake_account.yaml", Names(engine.content))
    assert [outcome.failure for outcome in run_all(engine, stories, lambda: 0.0)] == [None]


def test_what_the_page_says_to_type_opens_the_flow(ours: Path, now: Any) -> None:
    engine = open_engine(["base", str(ours)])
    assert "Type `someone is pretending to be me`" in GUIDE
    assert engine.read("someone is pretending to be me", now).state.step.flow == "fake_account"


def test_the_error_that_is_shown_is_the_one_that_comes(ours: Path) -> None:
    flow = ours / "flows" / "fake_account.yaml"
    flow.write_text(flow.read_text(encoding="utf-8").replace("go: take_down", "go: take_donw"), encoding="utf-8")
    with pytest.raises(Exception, match="take_donw") as error:
        open_engine(["base", str(ours)])
    shown = str(error.value).replace(str(flow), "ours/flows/fake_account.yaml")
    assert "".join(f"    {line}\n" for line in shown.splitlines()) in GUIDE


@pytest.mark.parametrize("block", [block for block in BLOCKS if "$schema" not in block], ids=lambda block: block[:30])
def test_every_example_has_the_shape_of_its_kind(block: str, tmp_path: Path) -> None:
    (tmp_path / "example.yaml").write_text(block, encoding="utf-8")
    value = read(tmp_path / "example.yaml").value
    kind = next(KIND_BY_KEY[key] for key in KIND_BY_KEY if key in value)
    TypeAdapter(FILES[kind].written).validate_python(value)


def test_there_is_an_example_of_every_kind() -> None:
    keys = {key for block in BLOCKS for key in yaml.load(block, StrictLoader) or ()}  # noqa: S506 (it is a safe loader)
    assert {KIND_BY_KEY[key] for key in keys & KIND_BY_KEY.keys()} == set(FILES)


def shapes() -> list[type[BaseModel]]:
    """Every type that authors write keys of."""
    return [shape for file in FILES.values() for shape in file.key_help]


@pytest.mark.parametrize("shape", dict.fromkeys(shapes()), ids=lambda shape: shape.__name__)
def test_every_key_is_on_the_page(shape: type[BaseModel]) -> None:
    keys = [field.alias or name for name, field in shape.model_fields.items()]
    missing = [key for key in keys if not re.search(rf"`{re.escape(key)}`|(?<![\w+]){re.escape(key)}:", GUIDE)]
    assert not missing


@pytest.mark.parametrize(
    "words",
    [
        service_schema.Kind,
        service_schema.Status,
        schema.Risk,
        service_schema.PhoneType,
        service_schema.LinkType,
        service_schema.Evidence,
        service_schema.KnowFirst,
    ],
    ids=lambda words: words.__name__,
)
def test_every_word_of_a_closed_list_is_on_the_page(words: Any) -> None:
    missing = [word.value for word in words if not re.search(rf"[`| ]{word.value}[`\s|;.]", GUIDE)]
    assert not missing


def test_every_phrase_among_the_words_that_do_harm_can_be_read() -> None:
    lists = next(yaml.load(block, StrictLoader) for block in BLOCKS if "\nterms:" in block)  # noqa: S506 (a safe loader)
    entries = [entry for key in ("terms", "promises", "urgency") for entry in lists[key].values()]
    phrases = [phrase for entry in entries for key in ("find", "except") for phrase in _listed(entry.get(key, []))]
    assert len(phrases) > 2
    assert all(parse_pattern(phrase).parts for phrase in phrases)


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def test_every_command_on_the_page_exists() -> None:
    for line in re.findall(r"python -m bot ([^`\n]+)", GUIDE):
        command: click.Command = main
        words = line.split()
        while isinstance(command, click.Group):
            word = words.pop(0)
            assert word in command.commands, line
            command = command.commands[word]
        known = {name for parameter in command.params for name in parameter.opts} | {"--help"}
        assert {word for word in words if word.startswith("--")} <= known, line


@pytest.mark.parametrize(("option", "command"), [("--at", "chat"), ("--replay", "chat"), ("--missing", "test")])
def test_every_option_that_stands_alone_exists(option: str, command: str) -> None:
    assert f"`{option}" in GUIDE
    assert option in {name for parameter in main.commands[command].params for name in parameter.opts}


def test_no_option_stands_alone_that_was_not_looked_at() -> None:
    looked_at = {"--at", "--record", "--replay", "--missing", "--with-content"}  # of chat, test and schema
    looked_at |= {"--against", "--explain", "--format", "--quick", "--report"}  # of check
    looked_at |= {"--figures"}  # of evaluate
    assert set(re.findall(r"`(--[a-z-]+)", GUIDE)) <= looked_at


HOURS = re.findall(r"^\| `([^`]+)` \|", GUIDE.split("## Opening hours")[1].split("## Answers")[0], re.MULTILINE)
CHRISTMAS = date(2026, 12, 25)


@pytest.mark.parametrize("expression", HOURS)
def test_every_example_of_opening_hours_can_be_read(expression: str) -> None:
    assert timetable(expression, [CHRISTMAS])


def test_there_are_examples_of_opening_hours() -> None:
    assert len(HOURS) > 8


@pytest.mark.parametrize(
    "expression",
    [
        "Mo-Fr 09:00-17:00; SH off",
        "sunrise-sunset",
        "unknown",
        "easter off",
        "week 1-10 Mo 09:00-17:00",
        "Mo 09:00-17:00 || Tu 09:00-17:00",
        "Mo[1] 09:00-17:00",
        "Mo 09:00+",
        'Mo 09:00-17:00 "by appointment"',
        "Mo–Fr 09:00-17:00",
        "Mo-Fr 09:00-12:00; Mo-Fr 13:00-17:00",
        "Mo off",
        "Dec 24 09:00-12:00; Mo-Fr 09:00-17:00",
        "PH off; Mo-Fr 09:00-17:00",
        "Mo-Fr 09:00-17:00; PH off; PH 10:00-12:00",
        "Mo-Fr 09:00-17:00; Dec 24 PH off",
        "Mo-Fr 18:00-02:00; Dec 24 off",
        "Mo-Fr 09:00-17:00; " * 30 + "PH off",
    ],
)
def test_what_the_page_calls_refused_is_refused(expression: str) -> None:
    with pytest.raises(OpeningHoursError):
        timetable(expression, [CHRISTMAS])


def test_every_link_within_the_page_leads_somewhere() -> None:
    headings = re.findall(r"^#+ (.+)$", GUIDE, re.MULTILINE)
    anchors = {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", GUIDE)) <= anchors


def test_the_settings_for_the_editor_name_every_schema() -> None:
    for kind in FILES:
        assert f".schema/{kind}.schema.json" in GUIDE
