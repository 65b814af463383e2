"""The ids that exist, put into a JSON Schema so that an editor can offer them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from bot.content.compile_flow import UNKNOWN
from bot.content.ids import NAMES
from bot.content.model import Content
from bot.content.shared_texts import SHARED_TEXTS


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The ids of some content. Empty ones are not known, and then not offered.

    ``offered``: what an id names (`ids.NAMES`) → the ids there are. Others stay allowed, since the next file may add
    one. ``values``: answer → its values. These are closed: no others are allowed.
    """

    offered: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    values: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


def names_of(content: Content) -> KnownNames:
    """The ids of loaded content."""
    steps = [str(step) for step in content.steps]
    offered = {
        "targets": (*sorted(content.flows), *sorted(steps)),
        "flows": tuple(sorted(content.flows)),
        "services": tuple(sorted(content.services)),
        "topics": tuple(sorted({topic for service in content.services.values() for topic in service.facts.topics})),
        "answers": tuple(content.answers),
    }
    values = {answer.id: tuple(value.id for value in answer.values) for answer in content.answers.values()}
    return KnownNames(MappingProxyType(offered), MappingProxyType(values))


def with_names(schema: dict[str, Any], names: KnownNames) -> dict[str, Any]:
    """The schema with every mark of `ids.NAMES` replaced by the ids that are known, or taken out."""
    replaced: dict[str, Any] = _Replacing(names, schema.get("$defs", {})).node(schema, ())
    return replaced


@dataclass(frozen=True, slots=True)
class _Replacing:
    names: KnownNames
    definitions: Mapping[str, Any]

    def node(self, node: Any, values: Sequence[str]) -> Any:
        """``values``: those of the answer whose condition or setting this is part of."""
        if isinstance(node, list):
            return [self.node(item, values) for item in node]
        if not isinstance(node, dict):
            return node
        if values and "$ref" in node:
            return self.node(self.definitions[node["$ref"].rpartition("/")[2]], values)
        kind = node.get(NAMES)
        if kind is not None:
            return self._named({keyword: value for keyword, value in node.items() if keyword != NAMES}, kind, values)
        key_kind = node.get("propertyNames", {}).get(NAMES)
        if key_kind is not None:
            return self._keyed(node, key_kind, values)
        return self._inside(node, values)

    def _named(self, node: dict[str, Any], kind: str, values: Sequence[str]) -> dict[str, Any]:
        closed = values or self.names.values.get(kind, ())
        if closed:
            return {**_without_pattern(node), "enum": list(closed)}
        if offered := self.names.offered.get(kind):
            return {**_without_pattern(node), "anyOf": [{"enum": list(offered)}, {"pattern": node["pattern"]}]}
        return node

    def _keyed(self, node: dict[str, Any], kind: str, values: Sequence[str]) -> dict[str, Any]:
        """An object whose keys are names."""
        (inside,) = node["patternProperties"].values()
        rest = {keyword: value for keyword, value in node.items() if keyword != "propertyNames"}
        match kind:
            case "answers" if self.names.values:
                is_condition = "anyOf" in inside
                keys = {
                    answer: self.node(inside, (*ids, UNKNOWN) if is_condition else ids)
                    for answer, ids in self.names.values.items()
                }
                return _closed(rest, keys)
            case "texts":
                return _closed(rest, {key: self.node(inside, values) for key in SHARED_TEXTS})
            case "topics" if offered := self.names.offered.get(kind):
                properties = {key: self.node(inside, values) for key in offered}
                return {**self._inside(rest, values), "properties": properties}
            case _ if closed := self.names.values.get(kind):
                return _closed(rest, {key: self.node(inside, values) for key in closed})
        return self._inside(rest, values)

    def _inside(self, node: dict[str, Any], values: Sequence[str]) -> dict[str, Any]:
        return {keyword: self.node(value, values) for keyword, value in node.items()}


def _closed(node: dict[str, Any], keys: dict[str, Any]) -> dict[str, Any]:
    """The object with these keys and no others."""
    return {keyword: value for keyword, value in node.items() if keyword != "patternProperties"} | {
        "properties": keys,
        "additionalProperties": False,
    }


def _without_pattern(node: dict[str, Any]) -> dict[str, Any]:
    return {keyword: value for keyword, value in node.items() if keyword != "pattern"}
