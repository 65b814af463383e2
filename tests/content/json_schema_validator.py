"""A small validator for JSON Schema 2020-12: the keywords that our schemas use, and no others.

An unknown keyword is an error, so that nothing in a schema is passed over as if it had been checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

ANNOTATIONS = {"$schema", "$defs", "title", "description", "default", "patternErrorMessage", "then", "else"}
"""What says nothing by itself; `then` and `else` are read with `if`."""

TYPES: dict[str, type | tuple[type, ...]] = {"string": str, "boolean": bool, "array": list, "object": dict}


def is_valid(schema: Any, value: Any) -> bool:
    """Whether ``value`` is what ``schema`` describes."""
    return next(faults(schema, value, schema), None) is None


def faults(schema: Any, value: Any, root: Any) -> Iterator[str]:
    """The keywords that ``value`` breaks. ``root`` is the whole schema, which `$ref` points into."""
    if isinstance(schema, bool):
        if not schema:
            yield "false"
        return
    for keyword, argument in schema.items():
        if keyword not in ANNOTATIONS and not _holds(keyword, argument, value, schema, root):
            yield keyword


def _holds(keyword: str, argument: Any, value: Any, schema: dict[str, Any], root: Any) -> bool:
    def fits(inner: Any, item: Any = value) -> bool:
        return next(faults(inner, item, root), None) is None

    match keyword:
        case "$ref":
            return fits(_resolved(argument, root))
        case "type":
            return _is_integer(value) if argument == "integer" else isinstance(value, TYPES[argument])
        case "enum":
            return any(_same(value, allowed) for allowed in argument)
        case "const":
            return _same(value, argument)
        case "anyOf":
            return any(fits(inner) for inner in argument)
        case "oneOf":
            return sum(fits(inner) for inner in argument) == 1
        case "if":
            return fits(schema.get("then" if fits(argument) else "else", True))
        case "pattern":
            return not isinstance(value, str) or re.search(argument, value) is not None
        case "minLength" | "maxLength":
            return not isinstance(value, str) or _within(keyword, len(value), argument)
        case "minItems" | "maxItems":
            return not isinstance(value, list) or _within(keyword, len(value), argument)
        case "minProperties":
            return not isinstance(value, dict) or _within(keyword, len(value), argument)
        case "minimum" | "maximum":
            return not _is_integer(value) or _within(keyword, value, argument)
        case "items":
            return not isinstance(value, list) or all(fits(argument, item) for item in value)
        case "required":
            return not isinstance(value, dict) or set(argument) <= set(value)
        case "properties":
            return not isinstance(value, dict) or all(
                fits(inner, value[key]) for key, inner in argument.items() if key in value
            )
        case "patternProperties":
            return not isinstance(value, dict) or all(
                fits(inner, item)
                for pattern, inner in argument.items()
                for key, item in value.items()
                if re.search(pattern, key)
            )
        case "additionalProperties":
            return not isinstance(value, dict) or all(fits(argument, value[key]) for key in _others(schema, value))
    raise NotImplementedError(keyword)


def _others(schema: dict[str, Any], value: dict[str, Any]) -> Iterator[str]:
    """The keys that neither `properties` nor `patternProperties` speak of."""
    patterns = schema.get("patternProperties", {})
    for key in value:
        if key not in schema.get("properties", {}) and not any(re.search(pattern, key) for pattern in patterns):
            yield key


def _resolved(reference: str, root: Any) -> Any:
    for part in reference.removeprefix("#/").split("/"):
        root = root[part]
    return root


def _within(keyword: str, number: int, bound: int) -> bool:
    return number >= bound if keyword.startswith("min") else number <= bound


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _same(value: Any, other: Any) -> bool:
    return type(value) is type(other) and bool(value == other)
