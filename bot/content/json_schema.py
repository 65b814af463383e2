"""JSON Schema of content files, as authors write them: what lets an editor complete, explain and check as one types.

It describes the shape of one file. Whether names exist, numbers have enough digits and hours can be read takes all
files together and is left to `python -m bot check`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, ClassVar, Final

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from bot.content import flow_schema, schema, service_schema
from bot.content.key_help import KEY_HELP
from bot.content.known_names import KnownNames, with_names
from bot.content.validation import ID_HINT, PATTERN_HINTS

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

_FILLED: Final = {"minItems": 1}
_TO_RING: Final = [kind.value for kind in service_schema.PhoneType if not kind.is_text]

RULES: Final[Mapping[type[schema.Model], JsonSchemaValue]] = MappingProxyType(
    {
        # A step ends the flow or leads on, and a question needs buttons that answer it.
        flow_schema.WrittenStep: {
            "if": {"properties": {"end": {"const": True}}, "required": ["end"]},
            "then": {"properties": {"choices": {"maxItems": 0}, "ask": False}},
            "else": {"properties": {"choices": _FILLED}, "required": ["choices"]},
        },
        flow_schema.WrittenSignpost: {"oneOf": [{"required": ["topic"]}, {"required": ["services"]}]},
        service_schema.Phone: {
            "if": {"properties": {"type": {"enum": _TO_RING}}, "required": ["type"]},
            "then": {"properties": {"keyword": False}},
        },
        # A service that is shown can be reached.
        service_schema.WrittenService: {
            "if": {"properties": {"status": {"const": service_schema.Status.ACTIVE.value}}, "required": ["status"]},
            "then": {
                "anyOf": [
                    {"properties": {"phones": _FILLED}, "required": ["phones"]},
                    {"properties": {"links": _FILLED}, "required": ["links"]},
                ]
            },
        },
    }
)
"""What holds between the keys of one thing. The loader says the same while it compiles."""

_HINTS: Final = MappingProxyType(
    {
        **PATTERN_HINTS,
        r"^[a-z][a-z0-9_]{0,59}$": ID_HINT,
        r"^[a-z][a-z0-9_]{0,59}(\.[a-z][a-z0-9_]{0,59})?$": "Expected a step, `flow.step`, a flow, or `menu`.",
        r"^\d{4}-\d{2}-\d{2}$": "Expected a date such as 2026-11-22.",
        r"^WP[0-9]{3}$": "Expected the code of a rule, such as WP401.",
        r"\S": "Write something here, or remove the key.",
    }
)
"""A pattern → what an editor says where it does not match."""


@dataclass(frozen=True, slots=True)
class FileShape:
    """A kind of file: its type, or a union of them, with the help and the rules for each type in it."""

    title: str
    written: Any
    key_help: Mapping[type[schema.Model], Mapping[str, str]] = field(default_factory=lambda: KEY_HELP)
    rules: Mapping[type[schema.Model], JsonSchemaValue] = field(default_factory=lambda: RULES)


def document_schema(shape: FileShape, names: KnownNames | None = None) -> dict[str, Any]:
    """The JSON Schema of such files. With ``names`` an editor can offer the ids that exist."""

    class ForThisShape(_AuthorsSchema):
        file_shape = shape

    generated = TypeAdapter(shape.written).json_schema(schema_generator=ForThisShape)
    for definition in generated.get("$defs", {}).values():
        definition.pop("title", None)
    node = with_names(generated, names or KnownNames())
    return {"$schema": DIALECT, **_with_hints(node), "title": shape.title}


class _AuthorsSchema(GenerateJsonSchema):
    """Without what only a programmer reads: titles made from names, empty defaults, `null` for a key left out."""

    file_shape: ClassVar[FileShape]

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        generated = super().model_schema(schema)
        shape = schema["cls"]
        help_by_key = self.file_shape.key_help.get(shape, {})
        for key, node in generated["properties"].items():
            if key in help_by_key:
                node["description"] = help_by_key[key]
        first_paragraph, _, _ = generated.get("description", "").partition("\n\n")
        generated["description"] = first_paragraph.replace("``", "`").replace("\n", " ")
        return generated | self.file_shape.rules.get(shape, {})

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 (the base class names the parameter)
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        generated = super().default_schema(schema)
        if not generated.get("default"):
            generated.pop("default", None)
        return generated

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        generated = super().dict_schema(schema)
        return {**generated, "additionalProperties": False} if "patternProperties" in generated else generated


def _with_hints(node: Any) -> Any:
    """Every pattern with the sentence that editors show for it (`patternErrorMessage`; others ignore it)."""
    if isinstance(node, list):
        return [_with_hints(item) for item in node]
    if not isinstance(node, dict):
        return node
    hinted = {keyword: _with_hints(value) for keyword, value in node.items()}
    if (hint := _HINTS.get(str(node.get("pattern")))) is not None:
        hinted["patternErrorMessage"] = hint
    return hinted
