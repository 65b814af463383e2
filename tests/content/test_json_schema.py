"""The JSON Schema that editors use says yes to what the loader takes, and no to what it refuses."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from bot.checks.schema_export import FILES, json_text
from bot.content.errors import ContentError
from bot.content.json_schema import DIALECT
from bot.content.key_help import KEY_HELP
from bot.content.load import load
from bot.content.yaml_document import read
from tests.content.json_schema_validator import is_valid
from tests.content.test_mistakes import MISTAKES, RESOURCES, TOPIC, edited
from tests.content.written_files import (
    FLOW,
    SHIPPED,
    choice,
    flow,
    link,
    phone,
    schema_of,
    service,
    step,
    story,
    turn,
)


def shape_accepts(kind: str, value: Any) -> bool:
    try:
        TypeAdapter(FILES[kind].written).validate_python(value)
    except ValidationError:
        return False
    return True


# --- the validator that the rest relies on


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        ({"type": "string"}, "a", 1),
        ({"type": "integer"}, 1, True),
        ({"type": "boolean"}, True, 1),
        ({"enum": ["a"]}, "a", "b"),
        ({"const": True}, True, 1),
        ({"pattern": "^a"}, "ab", "ba"),
        ({"minLength": 1}, "a", ""),
        ({"maxLength": 1}, "a", "ab"),
        ({"minimum": 1}, 1, 0),
        ({"maximum": 1}, 1, 2),
        ({"minItems": 1}, [1], []),
        ({"maxItems": 0}, [], [1]),
        ({"minProperties": 1}, {"a": 1}, {}),
        ({"items": {"type": "string"}}, ["a"], ["a", 1]),
        ({"required": ["a"]}, {"a": 1}, {"b": 1}),
        ({"properties": {"a": {"type": "string"}}}, {"b": 1}, {"a": 1}),
        ({"properties": {"a": False}}, {"b": 1}, {"a": 1}),
        ({"patternProperties": {"^a": {"type": "string"}}}, {"b": 1, "ab": "x"}, {"ab": 1}),
        ({"properties": {"a": True}, "additionalProperties": False}, {"a": 1}, {"b": 1}),
        ({"patternProperties": {"^a": True}, "additionalProperties": False}, {"ab": 1}, {"b": 1}),
        ({"anyOf": [{"const": 1}, {"const": 2}]}, 2, 3),
        ({"oneOf": [{"minimum": 1}, {"minimum": 2}]}, 1, 2),
        ({"if": {"minimum": 5}, "then": {"maximum": 6}, "else": {"maximum": 2}}, 6, 3),
        ({"$defs": {"a": {"type": "string"}}, "$ref": "#/$defs/a"}, "x", 1),
    ],
    ids=str,
)
def test_the_validator_knows_good_from_bad(schema: Any, good: Any, bad: Any) -> None:
    assert is_valid(schema, good)
    assert not is_valid(schema, bad)


def test_the_validator_passes_over_no_keyword() -> None:
    with pytest.raises(NotImplementedError, match="contains"):
        is_valid({"contains": True}, [])


# --- what ships


@pytest.mark.parametrize(("kind", "path"), [(kind, path) for kind, paths in SHIPPED.items() for path in paths], ids=str)
def test_every_shipped_file_is_accepted(kind: str, path: Path) -> None:
    assert is_valid(schema_of(kind), read(path).value)


def test_every_kind_of_file_was_among_them() -> None:
    assert all(SHIPPED[kind] for kind in FILES if kind != "change")  # what ships stands on nothing that it could change


@pytest.mark.parametrize("kind", FILES)
def test_every_key_is_explained(kind: str) -> None:
    for name, definition in objects(schema_of(kind)):
        if "patternProperties" not in definition and "language_name" not in definition["properties"]:
            missing = [key for key, node in definition["properties"].items() if not node.get("description")]
            assert not missing or name == "texts", f"{name}: say in key_help.py what these mean: {missing}"


def test_no_help_is_left_of_a_key_that_is_gone() -> None:
    for shape, keys in KEY_HELP.items():
        assert set(keys) == {field.alias or name for name, field in shape.model_fields.items()}, shape


@pytest.mark.parametrize("kind", FILES)
def test_nothing_of_the_programs_own_is_left_in_it(kind: str) -> None:
    text = json_text(kind)
    assert json.loads(text)["$schema"] == DIALECT
    assert not [word for word in ("x-waypost", '"null"', "propertyNames", "negated", "audience") if word in text]


def objects(schema: Any, name: str = "the file") -> Iterator[tuple[str, Any]]:
    """Every object with named keys inside a schema, and what it belongs to."""
    if isinstance(schema, dict):
        if schema.get("type") == "object" and "properties" in schema:
            yield name, schema
        for key, node in schema.items():
            if key not in {"then", "else", "if"}:
                yield from objects(node, key)
    elif isinstance(schema, list):
        for node in schema:
            yield from objects(node, name)


# --- ways of writing

WAYS = {
    "a text to say": ("flow", step(say="Hello.", end=True)),
    "texts to say": ("flow", step(say=["Hello.", "There."], end=True)),
    "a text with a condition": ("flow", step(say={"text": "Hello.", "when": {"nation": "wales"}}, end=True)),
    "both kinds of text": ("flow", step(say=["Hello.", {"text": "Hello.", "when": {"age": ["under_13"]}}], end=True)),
    "for one": ("flow", flow(**{"for": "young_person"})),
    "for several": ("flow", flow(**{"for": ["young_person", "friend"]})),
    "when it is this": ("flow", choice(when={"nation": "wales"})),
    "when it is one of these": ("flow", choice(when={"nation": ["wales", "unknown"]})),
    "when it is not this": ("flow", choice(when={"nation": {"not": "wales"}})),
    "when it is none of these": ("flow", choice(when={"nation": {"not": ["wales", "england"]}, "who": "friend"})),
    "a step that is there at times": ("flow", step(say="Hello.", end=True, when={"age": "under_13"})),
    "an answer that is set": ("flow", choice(set={"who": "friend"})),
    "to another flow's step": ("flow", choice(go="other.step")),
    "a topic": ("flow", step(say="Hello.", end=True, signpost={"topic": "listening", "always": ["helpline"]})),
    "services": ("flow", step(say="Hello.", end=True, signpost={"services": ["helpline"], "at_most": 1})),
    "no end, but choices": ("flow", step(say="H.", end=False, choices=[{"label": "On", "go": "first"}], ask="And?")),
    "old buttons and a finding that is taken": (
        "flow",
        flow(
            moved_to={"old": "first", "gone.step": "first"},
            accept=[{"code": "WP401", "because": "It is so.", "by": "The editor", "until": "2027-05-31"}],
        ),
    ),
    "a passport": ("services", phone(passport="abcdefgh")),
    "one who": ("services", service(eligibility=[{"who": "friend", "maximum_age": 18}])),
    "several who": ("services", service(eligibility=[{"who": ["friend", "bystander"]}])),
    "closed, without contacts": ("services", service(status="closed", phones=...)),
    "a keyword to text": ("services", phone(type="text_short_code", number="85258", keyword="SHOUT")),
    "an email address": ("services", link(type="email", url="mailto:a@example.org")),
    "a story": ("story", story()),
    "stories": ("story", {"stories": [story(), story(channel="telegram", start="menu", language="en")]}),
    "a story with an offset": ("story", story(at="2026-10-25T01:30+01:00")),
    "one thing expected": ("story", turn(type="hello", expect={"shows": "childline", "says": "not your fault"})),
    "several things expected": ("story", turn(open="menu", expect={"shows": ["childline"], "not_says": ["a", "b"]})),
}


@pytest.mark.parametrize(("kind", "value"), WAYS.values(), ids=WAYS)
def test_every_way_of_writing_is_accepted(kind: str, value: Any) -> None:
    assert shape_accepts(kind, value)
    assert is_valid(schema_of(kind), value)


SLIPS = {
    "an unknown key": ("flow", flow(tittle="A topic")),
    "a missing key": ("flow", {key: value for key, value in FLOW.items() if key != "risk"}),
    "an unknown risk": ("flow", flow(risk="higher")),
    "a name with capitals": ("flow", flow(flow="Topic")),
    "a step named 1.0": ("flow", flow(steps={"1.0": FLOW["steps"]["first"]})),  # type: ignore[index]
    "no steps": ("flow", flow(steps={})),
    "nothing to say": ("flow", step(say="", end=True)),
    "only spaces to say": ("flow", step(say="  ", end=True)),
    "no texts to say": ("flow", step(say=[], end=True)),
    "a number to say": ("flow", step(say=12, end=True)),
    "a number among texts": ("flow", step(say=["Hello.", 12], end=True)),
    "a condition without text": ("flow", step(say={"when": {"nation": "wales"}}, end=True)),
    "a number on a button": ("flow", choice(label=5)),
    "a long button": ("flow", choice(label="x" * 61)),
    "a condition that names nothing": ("flow", choice(when={"nation": []})),
    "a condition twice negated": ("flow", choice(when={"nation": {"not": {"not": "wales"}}})),
    "a condition with another word": ("flow", choice(when={"nation": {"isnt": "wales"}})),
    "too many cards": ("flow", step(say="Hello.", end=True, signpost={"topic": "listening", "at_most": 7})),
    "an end in words": ("flow", step(say="Hello.", end="yes")),
    "a keyless service": ("services", {"services": []}),
    "a finding without a reason": ("flow", flow(accept=[{"code": "WP401", "by": "The editor", "until": "2027-05-31"}])),
    "a finding by another name": (
        "flow",
        flow(accept=[{"code": "long", "because": "It is so.", "by": "The editor", "until": "2027-05-31"}]),
    ),
    "an unknown kind": ("services", service(kind="hotline")),
    "a date the other way round": ("services", phone(assured_date="01/11/2026")),
    "an unquoted number": ("services", phone(number=999)),
    "dashes in a number": ("services", phone(number="0800-1111")),
    "low confidence": ("services", service(confidence="low")),
    "priority 10": ("services", service(topics={"listening": 10})),
    "nobody eligible": ("services", service(eligibility=[])),
    "a group of nobody": ("services", service(eligibility=[{"who": []}])),
    "an address without https": ("services", link(url="example.org")),
    "no phrases": ("phrases", {"language": "en", "intents": {"a": {"go": "menu", "phrases": []}}}),
    "a language in full": ("phrases", {"language": "english", "intents": {}}),
    "code 16": (
        "answers",
        {"answers": {"who": {"code": 1, "ask": "Who?", "values": {"a": {"code": 16, "label": "A"}, "b": {"code": 1}}}}},
    ),
    "a story without turns": ("story", story(turns=[])),
    "an expectation of nothing": ("story", turn(press="Yes", expect={"shows": []})),
    "an unknown expectation": ("story", turn(press="Yes", expect={"show": "childline"})),
}


@pytest.mark.parametrize(("kind", "value"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_refused_by_both(kind: str, value: Any) -> None:
    assert not shape_accepts(kind, value)
    assert not is_valid(schema_of(kind), value)


LATER = {
    "a step that leads nowhere": ("flow", step(say="Hello.")),
    "an end with choices": ("flow", step(say="Hello.", end=True, choices=[{"label": "On", "go": "first"}])),
    "a question without choices": ("flow", step(say="Hello.", end=True, ask="And?")),
    "a signpost to nothing": ("flow", step(say="Hello.", end=True, signpost={"at_most": 2})),
    "a signpost by both": ("flow", step(say="Hello.", end=True, signpost={"topic": "a", "services": ["b"]})),
    "a target with spaces": ("flow", choice(go="the menu")),
    "a keyword for a call": ("services", phone(keyword="SHOUT")),
    "a service out of reach": ("services", service(phones=...)),
    "a shared text that is not one": ("texts", {"language": "en", "language_name": "English", "texts": {"buton": "A"}}),
    "two deeds in one turn": ("story", turn(press="Yes", type="yes")),
    "a turn without a deed": ("story", turn(expect={"flow": "menu"})),
    "no moment": ("story", story(at="Christmas")),
}
"""What the loader finds only after the shape, but an editor can see already."""


@pytest.mark.parametrize(("kind", "value"), LATER.values(), ids=LATER)
def test_what_the_loader_finds_later_is_refused_as_well(kind: str, value: Any) -> None:
    assert not is_valid(schema_of(kind), value)


# --- against the loader

ONLY_WITH_ALL_FILES = {
    "an unknown step",
    "an unknown step elsewhere",
    "an unknown flow",
    "a start that is no step",
    "too few digits",
    "an unknown answer",
    "an unknown value",
    "an unknown service in a text",
    "an unknown contact in a text",
    "a stray brace",
    "bold that never ends",
    "an unknown topic",
    "hours that cannot be read",
    "an unknown time zone",
    "a step named like a flow",
    "a file named otherwise",
}
"""Mistakes that take more than the shape of one file; docs/writing.md says that only `check` finds them."""

UNREADABLE = {"a duplicate key"}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_loaders_own_mistakes_are_refused_as_far_as_one_file_can_show(pack: Path, mistake: str) -> None:
    name, old, new, _ = MISTAKES[mistake]
    edited(pack, name, old, new)
    try:
        value = read(pack / name).value
    except ContentError:
        return  # an editor's YAML parser says so itself
    accepted = is_valid(schema_of("services" if name == RESOURCES else "flow"), value)
    assert accepted is (mistake in ONLY_WITH_ALL_FILES)


REPLACEMENTS = [None, True, 5, "", " ", "Not an id", "x", [], ["x"], {}, {"x": "x"}, {"text": "x"}, {"not": "x"}, ...]


@pytest.mark.parametrize("kind", ["flow", "services"])
def test_whatever_is_put_in_the_place_of_a_value_editor_and_loader_agree(pack: Path, kind: str) -> None:
    """Every value of a file by turns replaced by each of these, or taken out (`...`)."""
    name = {"flow": TOPIC, "services": RESOURCES}[kind]
    whole = read(pack / name).value
    if kind == "services":
        whole = {"services": {key: whole["services"][key] for key in ("helpline",)}}
    else:
        whole["steps"]["first"]["choices"][0] |= {"when": {"nation": {"not": ["wales"]}}, "set": {"who": "friend"}}
        whole["steps"]["last"]["say"] = ["Hello.", {"text": "Hello.", "when": {"age": "under_13"}}]
    tried = 0
    for path in paths(whole):
        for replacement in REPLACEMENTS:
            value = replaced(whole, path, replacement)
            tried += 1
            if is_valid(schema_of(kind), value):
                assert shape_accepts(kind, value), (path, replacement)
            elif replacement is not None and shape_accepts(kind, value):
                (pack / name).write_text(json.dumps(value))  # JSON is YAML
                with pytest.raises(ContentError):
                    load([str(pack)])
    assert tried > 300


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*path, key)
        yield from paths(item, (*path, key))


def replaced(whole: Any, path: tuple[Any, ...], replacement: Any) -> Any:
    changed = copy.deepcopy(whole)
    place = changed
    for part in path[:-1]:
        place = place[part]
    if replacement is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = replacement
    return changed
