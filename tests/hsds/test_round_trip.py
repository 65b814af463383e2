"""What goes out as HSDS comes back as it was, byte by byte, and is what the standard asks for."""

from __future__ import annotations

import contextlib
import json
import re
import uuid
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as some

from bot.cli import main
from bot.content.resources_text import write_resources
from bot.content.yaml_document import parse
from bot.operations.hsds.command import export, import_into
from bot.operations.hsds.exporting import exported
from bot.operations.hsds.importing import NotHsdsError, imported
from tests.packs import REPOSITORY, RESOURCES

TODAY = date(2026, 11, 22)
SHIPPED = REPOSITORY / "resources.yaml"

REQUIRED = {
    "": {"id": str, "name": str, "status": str},
    "phones": {"id": str, "number": str},
    "schedules": {"id": str},
    "service_areas": {"id": str},
    "languages": {"id": str},
    "attributes": {"id": str},
    "taxonomy_term": {"id": str, "name": str, "description": str},
    "organization": {"id": str, "name": str, "description": str},
}
"""What HSDS 3.0's compiled schema of a service asks of each object we write."""

TYPES: dict[str, type | tuple[type, ...]] = {
    "minimum_age": (int, float),
    "maximum_age": (int, float),
    "description": str,
    "url": str,
    "email": str,
    "assured_date": str,
    "freq": str,
    "byday": str,
    "opens_at": str,
    "closes_at": str,
    "value": str,
    "link_id": str,
}


def shipped() -> Mapping[str, Any]:
    value = parse(SHIPPED.read_bytes(), SHIPPED).value
    assert isinstance(value, Mapping)
    return value


def objects(thing: Any, kind: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(thing, Mapping):
        yield kind, thing
        for key, value in thing.items():
            yield from objects(value, key)
    elif isinstance(thing, list):
        for item in thing:
            yield from objects(item, kind)


def test_the_shipped_file_is_in_its_usual_layout() -> None:
    tidy = write_resources(shipped())
    assert tidy == SHIPPED.read_text(encoding="utf-8"), "Run: python -m tests.tools.tidy_resources"


def test_the_shipped_services_come_back_byte_by_byte(tmp_path: Path) -> None:
    file = tmp_path / "services.json"
    file.write_text(export(SHIPPED), encoding="utf-8")
    import_into(tmp_path / "pack", file, TODAY, lambda _: None)
    assert (tmp_path / "pack" / "resources.yaml").read_bytes() == SHIPPED.read_bytes()


def test_everything_the_standard_requires_is_there() -> None:
    for service in exported(shipped())["contents"]:
        for kind, thing in objects(service):
            for key, type_ in REQUIRED[kind].items():
                assert isinstance(thing[key], type_), (kind, key)
            for key in TYPES.keys() & thing.keys():
                assert isinstance(thing[key], TYPES[key]), (kind, key)
            assert str(uuid.UUID(thing["id"])) == thing["id"]
        assert service["status"] in {"active", "inactive", "defunct", "temporarily closed"}
        for schedule in service["schedules"]:
            assert schedule.get("freq") in {None, "WEEKLY", "MONTHLY"}
            assert re.fullmatch(r"(?:(?:MO|TU|WE|TH|FR|SA|SU),?)*", schedule.get("byday", ""))


def test_each_id_belongs_to_one_thing() -> None:
    ids: dict[str, Any] = {}
    for kind, thing in objects(exported(shipped())["contents"]):
        if kind != "taxonomy_term":
            assert thing["id"] not in ids, (kind, thing["id"])
            ids[thing["id"]] = thing


def test_a_number_changed_elsewhere_comes_back_changed_and_unassured(tmp_path: Path) -> None:
    data = json.loads(export(SHIPPED))
    childline = next(service for service in data["contents"] if service["name"] == "Childline")
    childline["phones"][0]["number"] = "0800 1112"
    services = imported(data, TODAY).resources["services"]
    phone = services["childline"]["phones"][0]
    before = shipped()["services"]["childline"]["phones"][0]
    assert phone["number"] == "0800 1112"
    assert phone["passport"] == before["passport"]  # so `check` says that it fits no longer


FOREIGN = {
    "id": "9d1b9c4e-41a4-4f1f-9a3c-64a8a9b6a001",
    "name": "Österwold Youth Café 2",
    "status": "active",
    "description": "Somebody to talk to.\nEvery week.",
    "url": "https://youth.example.org/cafe",
    "email": "cafe@youth.example.org",
    "minimum_age": 11,
    "maximum_age": 18,
    "assured_date": "2026-05-01T10:00:00Z",
    "phones": [
        {"id": "1", "number": "(020) 7946-0000", "type": "voice"},
        {"id": "2", "number": "85 299", "type": "sms", "description": "Text us"},
        {"id": "3", "number": "ask at the desk"},
    ],
    "schedules": [{"id": "4", "byday": "MO,TU", "opens_at": "10:00", "closes_at": "16:00", "freq": "WEEKLY"}],
    "service_areas": [{"id": "5", "name": "Wales"}],
    "languages": [{"id": "6", "name": "Welsh", "code": "cy"}, {"id": "7", "name": "Klingon", "code": "not a code"}],
}


def test_a_service_from_elsewhere_is_paused_and_says_what_is_to_do() -> None:
    result = imported({"contents": [FOREIGN]}, TODAY)
    [(id_, service)] = result.resources["services"].items()
    assert id_ == "osterwold_youth_cafe_2"
    assert service["status"] == "paused"
    assert service["nations"] == ["wales"]
    assert service["languages"] == ["cy"]
    assert service["eligibility"][0]["minimum_age"] == 11
    assert [(phone["number"], phone["type"]) for phone in service["phones"]] == [
        ("020 7946 0000", "national"),
        ("85 299", "text_short_code"),
    ]
    assert all("passport" not in fact for fact in service["phones"] + service["links"])
    assert "opening_hours" not in service["schedules"][0]
    assert "10:00" in service["schedules"][0]["note"]
    assert result.left_out == ("contents[0]: a telephone number that is none was left out.",)
    assert "hold every fact" in service["note"]


def test_check_tells_each_fact_from_elsewhere_that_is_still_to_assure(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    file = tmp_path / "services.json"
    file.write_text(json.dumps({**FOREIGN, "description": "Somebody to talk to from 10am."}))
    import_into(pack, file, TODAY, lambda _: None)
    with contextlib.chdir(REPOSITORY):
        done = CliRunner(env={"CONTENT": f"base:{pack}"}).invoke(
            main, ["check", "--quick", "--format", "json", "--only", "WP301,WP302"]
        )
    report = json.loads(done.stdout)
    fixes = [one["fix"] for one in report["findings"] if one["pack"] == str(pack)]
    for fact in ("card", "phone_1", "phone_2", "link_1", "schedule"):
        assert any(f"services assure osterwold_youth_cafe_2.{fact} --on" in fix for fix in fixes), (fact, fixes)
    assert any(fix.startswith("Take it out of the words") for fix in fixes)
    assert all(one["pack"] == str(pack) for one in report["findings"])


def test_two_services_of_one_name_stay_two() -> None:
    again = {**FOREIGN, "id": "9d1b9c4e-41a4-4f1f-9a3c-64a8a9b6a002"}
    assert list(imported([FOREIGN, again], TODAY).resources["services"]) == [
        "osterwold_youth_cafe_2",
        "osterwold_youth_cafe_2_2",
    ]


def test_a_date_to_come_is_not_believed() -> None:
    [service] = imported({**FOREIGN, "assured_date": "2031-01-01"}, TODAY).resources["services"].values()
    assert service["phones"][0]["assured_date"] == "2000-01-01"


@pytest.mark.parametrize(
    "data",
    [None, 3, "services", {"contents": "none"}, [1], [{}], {"id": 1, "name": "A", "status": "active"}],
    ids=repr,
)
def test_what_is_no_hsds_is_refused_in_words(data: object) -> None:
    with pytest.raises(NotHsdsError):
        imported(data, TODAY)


JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(max_size=8),
    lambda inner: (
        some.lists(inner, max_size=3) | some.dictionaries(some.sampled_from(sorted(FOREIGN)), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(JSON, some.sampled_from([*FOREIGN, "contacts", "attributes", "organization", "service_at_locations"]))
def test_any_json_is_imported_or_refused(value: Any, key: str) -> None:
    try:
        result = imported({**FOREIGN, key: value}, TODAY)
    except NotHsdsError:
        return
    parse(write_resources(result.resources).encode(), Path("resources.yaml"))


def test_services_that_are_there_are_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "resources.yaml").write_text(RESOURCES)
    file = tmp_path / "services.json"
    file.write_text(json.dumps(FOREIGN))
    with pytest.raises(NotHsdsError, match="left alone"):
        import_into(tmp_path, file, TODAY, lambda _: None)
    assert (tmp_path / "resources.yaml").read_text() == RESOURCES


TEXTS = some.text(some.characters(exclude_categories=["C"]) | some.just("\n"), max_size=200)
"""Without invisible control characters, which no content file may hold."""


@settings(deadline=None)
@given(
    some.dictionaries(
        some.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True), TEXTS | some.lists(TEXTS, max_size=3), max_size=5
    )
)
def test_any_text_is_written_so_that_it_reads_the_same(values: dict[str, Any]) -> None:
    data = {"services": {"one": values | {"name": "One"}}}
    assert parse(write_resources(data).encode(), Path("resources.yaml")).value == data
