"""`python -m bot schema`: what it prints and writes, and the ids that it lets an editor offer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from bot.checks.schema_export import FILES, json_text
from bot.cli import main
from bot.content.yaml_document import read
from bot.dialogue.engine import Engine
from tests.content.json_schema_validator import is_valid
from tests.content.written_files import SHIPPED, choice, flow, schema_of, step

# --- with the ids there are


def test_with_content_an_editor_offers_what_there_is(engine: Engine) -> None:
    text = json_text("flow", engine.content)
    node = json.loads(text)
    signpost = node["$defs"]["WrittenSignpost"]["properties"]
    assert "childline" in signpost["services"]["items"]["anyOf"][0]["enum"]
    assert "sextortion" in signpost["topic"]["anyOf"][0]["enum"]
    go = node["$defs"]["WrittenChoice"]["properties"]["go"]["anyOf"][0]["enum"]
    assert {"menu", "images_shared.take_down"} <= set(go)
    assert node["$defs"]["WrittenChoice"]["properties"]["set"]["properties"]["nation"]["enum"][0] == "england"


def test_with_content_every_shipped_file_is_still_accepted(engine: Engine) -> None:
    for kind, files in SHIPPED.items():
        known = json.loads(json_text(kind, engine.content))
        for path in files:
            assert is_valid(known, read(path).value), path


def test_with_content_new_names_are_allowed_but_answers_must_exist(engine: Engine) -> None:
    known = json.loads(json_text("flow", engine.content))
    assert is_valid(known, choice(go="a_flow_to_come"))
    assert is_valid(known, step(say="Hello.", end=True, signpost={"services": ["a_service_to_come"]}))
    assert is_valid(known, choice(when={"nation": ["unknown", "wales"]}, set={"nation": "wales"}))
    assert not is_valid(known, choice(when={"nation": "walse"}))
    assert not is_valid(known, choice(when={"nation": {"not": "walse"}}))
    assert not is_valid(known, choice(set={"nation": "unknown"}))
    assert not is_valid(known, choice(set={"nations": "wales"}))
    assert not is_valid(known, flow(**{"for": "young_persons"}))


# --- the command


def test_the_command_prints_one_schema() -> None:
    done = CliRunner().invoke(main, ["schema", "flow"])
    assert done.exit_code == 0
    assert json.loads(done.output) == schema_of("flow")


def test_the_command_writes_all_of_them(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["schema", "--output", str(tmp_path / "new")])
    assert done.exit_code == 0
    written = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in (tmp_path / "new").iterdir()}
    assert written == {f"{kind}.schema.json": schema_of(kind) for kind in FILES}
    assert all(name in done.output for name in written)


def test_the_command_offers_the_content_that_is_configured(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONTENT", str(pack))
    done = CliRunner().invoke(main, ["schema", "phrases", "--with-content"])
    assert "topic.second" in done.output
    assert "image_threats" not in done.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "schema --output"),
        (["flow", "services"], "schema --output"),
        (["flwo"], "no kind flwo. Write one of: flow, change, services"),
        (["--output", "/dev/null/folder"], "Name another folder"),
    ],
)
def test_the_command_says_what_to_write_instead(arguments: list[str], said: str) -> None:
    done = CliRunner().invoke(main, ["schema", *arguments])
    assert done.exit_code == 2
    assert said in done.output


def test_a_schema_is_plain_yaml_too() -> None:
    assert yaml.safe_load(json_text("flow")) == schema_of("flow")
