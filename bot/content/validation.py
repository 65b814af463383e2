"""A document against its shape: every mistake at once, each at its place, in an author's words."""

from __future__ import annotations

import types
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.content.document import Document
from bot.content.errors import ContentError, Problem, nearest

Shape = TypeVar("Shape", bound=BaseModel)

_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "names with values (`name: value`)",
    "model_type": "names with values (`name: value`)",
    "model_attributes_type": "names with values (`name: value`)",
}

_CURLY = frozenset("“”„‟")
_STRAIGHT = 'Put straight quotes (") round the text; programs that write letters make curly ones of them.'

ID_HINT = "Names are small letters, digits and `_`, begin with a letter, and hold at most 60 characters."


def validated(document: Document, shape: type[Shape]) -> Shape:
    """The document as ``shape``. Raises `ContentError` with every mistake found."""
    try:
        return shape.model_validate(document.value)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
    raise ContentError([_problem(document, shape, detail) for detail in details if not _follows(detail, details)])


def _follows(detail: ErrorDetails, details: list[ErrorDetails]) -> bool:
    """Whether a list only counts as too short because of a mistake inside it, which is reported anyway."""
    place = detail["loc"]
    return detail["type"] == "too_short" and any(
        other["loc"][: len(place)] == place and other["loc"] != place for other in details
    )


def _problem(document: Document, shape: type[BaseModel], detail: ErrorDetails) -> Problem:
    path = tuple(part for part in detail["loc"] if part != "[key]")
    is_key = "[key]" in detail["loc"]
    name = next((part for part in reversed(path) if isinstance(part, str)), "")  # an item goes by its list's name
    kind = detail["type"]
    found = _found(detail.get("input"))
    context = detail.get("ctx", {})
    hint = ""
    if kind == "extra_forbidden":
        hint = _STRAIGHT if set(name) & _CURLY else nearest(name, _fields(shape, path[:-1]))
        return document.problem(f"unknown key `{name}`", *path, hint=hint or "Remove it.", key=True)
    if kind == "missing":
        return document.problem(f"`{name}` is missing", *path[:-1], hint=f"Add `{name}:` here.", key=True)
    if kind in _EXPECTED:
        message = f"`{name}` is {found}, expected {_EXPECTED[kind]}" if name else f"found {found}, expected names"
        if kind == "string_type" and isinstance(detail.get("input"), bool | int):
            hint = f'Put quotes round it: "{str(detail.get("input")).lower()}".'
        return document.problem(message, *path, hint=hint)
    if kind == "enum":
        allowed = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")
        return document.problem(f"`{name}` is {found}", *path, hint=nearest(str(detail.get("input")), allowed))
    if kind == "string_pattern_mismatch":
        pattern = str(context.get("pattern", ""))
        what = f"the name {found} is not allowed" if is_key else f"`{name}` is {found}"
        return document.problem(what, *path, hint=PATTERN_HINTS.get(pattern, ID_HINT), key=is_key)
    if kind in {"string_too_short", "too_short"}:
        return document.problem(f"`{name}` is empty", *path, hint="Write something here, or remove the key.")
    if kind in {"greater_than_equal", "less_than_equal"}:
        bound = f"at least {context['ge']}" if "ge" in context else f"at most {context['le']}"
        return document.problem(f"`{name}` is {found}, expected {bound}", *path)
    if kind == "string_too_long":
        return document.problem(f"`{name}` is too long, expected at most {context['max_length']} characters", *path)
    return document.problem(f"`{name}` is {found}: {detail['msg'].removeprefix('Value error, ')}", *path)


PATTERN_HINTS = {
    r"^\+?[0-9]+( [0-9]+)*$": 'Expected digits with single spaces, in quotes: "0800 1111".',
    r"^(https?://[^\s/]+\.[^\s]+|mailto:[^\s@]+@[^\s@]+)$": "Expected an address that begins with https://.",
    r"^(high|medium)$": "Expected high or medium; nothing less may be shown.",
    r"^[a-z]{2}$": "Expected a two-letter language code such as en or cy.",
    r"^[a-z]{2,3}$": "Expected a language code such as en or cy.",
}


def _found(value: Any) -> str:
    match value:
        case None:
            return "empty"
        case bool():
            return str(value).lower()
        case int():
            return f"the number {value}"
        case str():
            return f"`{value if len(value) <= 40 else value[:37] + '...'}`"
        case list() | tuple():
            return "a list"
        case dict():
            return "names with values"
    return "something else"


def _fields(shape: Any, path: tuple[str | int, ...]) -> list[str]:
    """The keys allowed at ``path`` inside ``shape``."""
    for part in path:
        shape = _inside(shape, part)
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        return [field.alias or name for name, field in shape.model_fields.items()]
    return []


def _inside(shape: Any, part: str | int) -> Any:
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        for name, field in shape.model_fields.items():
            if part in {name, field.alias}:
                return _without_none(field.annotation)
        return None
    arguments = get_args(shape)
    if get_origin(shape) is dict:
        return _bare(arguments[1])
    return _bare(arguments[0]) if arguments else None


def _without_none(shape: Any) -> Any:
    if get_origin(shape) in {Union, types.UnionType}:
        return _bare(next(argument for argument in get_args(shape) if argument is not type(None)))
    return _bare(shape)


def _bare(shape: Any) -> Any:
    return get_args(shape)[0] if hasattr(shape, "__metadata__") else shape
