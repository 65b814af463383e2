"""The dashboard asks for nothing that is not exported, and for everything that is."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from bot.dialogue.engine import Engine
from bot.operations.metrics.batches import AT_LEAST, ENOUGH
from bot.operations.metrics.events import Event
from bot.operations.metrics.measures import MEASURES
from bot.operations.metrics.vocabulary import vocabulary_of
from tests.metrics.conftest import Clock, make_counted
from tests.packs import REPOSITORY

FILE = REPOSITORY / "deploy" / "grafana" / "waypost.json"
NAME = re.compile(r"waypost_[a-z_]+")
LABELS = re.compile(r"(?:by|without) \(([a-z, ]+)\)")


def dashboard() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def expressions() -> list[str]:
    return [target["expr"] for panel in dashboard()["panels"] for target in panel.get("targets", ())]


def rules() -> list[dict[str, Any]]:
    file = REPOSITORY / "deploy" / "prometheus" / "rules.yml"
    return [rule for group in yaml.safe_load(file.read_text("utf-8"))["groups"] for rule in group["rules"]]


def exported(engine: Engine) -> dict[str, set[str]]:
    """Every sample's name, with the labels it has."""
    clock = Clock()
    counted = make_counted(engine, clock)
    known = vocabulary_of(engine.content)
    for _ in range(AT_LEAST):
        counted.counting.add([Event(m.name, next(known.every(m)), ENOUGH) for m in MEASURES.values()])
    clock.passes(hours=1)
    counted.tick()
    samples: dict[str, set[str]] = {}
    for line in counted.samples():
        name, _, rest = line.partition("{")
        samples.setdefault(name, set()).update(re.findall(r'([a-z]+)="', rest))
    return samples


def test_every_metric_and_label_it_names_is_one_we_export(engine: Engine) -> None:
    samples = exported(engine)
    for expression in (*expressions(), *(rule["expr"] for rule in rules())):
        names = set(NAME.findall(expression))
        assert names
        assert names <= set(samples), expression
        wanted = {label.strip() for group in LABELS.findall(expression) for label in group.split(",")}
        wanted |= set(re.findall(r"[{,]([a-z]+)[!=~]+\"", expression))
        assert wanted <= set.union(*(samples[name] for name in names)), expression


def test_every_alarm_says_what_to_do_and_tells_of_nobody() -> None:
    batched = [f"waypost_{measure.name}_total" for measure in MEASURES.values() if measure.batched]
    for rule in rules():
        assert rule["annotations"]["summary"]
        assert rule["annotations"]["todo"]
        assert not [name for name in batched if name in rule["expr"]]


def test_everything_that_is_exported_is_on_it(engine: Engine) -> None:
    shown = {name for expression in expressions() for name in NAME.findall(expression)}
    whole = {name for name in exported(engine) if not name.endswith(("_bucket", "_sum", "_count"))}
    assert whole <= shown
    assert "waypost_turn_seconds_bucket" in shown


def test_panels_have_ids_of_their_own_words_for_everybody_and_lie_beside_each_other() -> None:
    panels = dashboard()["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    assert all(panel["title"] and (panel["type"] == "row" or panel["description"]) for panel in panels)
    taken: set[tuple[int, int]] = set()
    for panel in panels:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken
        taken |= cells
