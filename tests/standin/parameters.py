"""The parameters of a call, from JSON, a form or multipart alike, read as leniently as Telegram reads them."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from tests.standin.refusals import Json, bad_request

NESTED = frozenset(
    {
        "allowed_updates",
        "commands",
        "entities",
        "link_preview_options",
        "message_ids",
        "reply_markup",
        "reply_parameters",
        "scope",
    }
)
"""Parameters that hold objects or lists; forms carry them as JSON inside text."""


class Parameters:
    """Wraps what was sent; a missing or senseless value reads as nothing, as it does for Telegram."""

    def __init__(self, given: Json) -> None:
        self.given = given

    def has(self, name: str) -> bool:
        return self.given.get(name) not in (None, "")

    def text(self, name: str) -> str:
        value = self.given.get(name)
        return "" if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        try:
            return int(self.text(name))
        except ValueError:
            return default

    def boolean(self, name: str) -> bool:
        return self.text(name).strip().lower() in {"true", "yes", "1"}

    def json(self, name: str) -> Any:
        """A nested value; in a form it is JSON inside text."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError as error:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from error


async def read_parameters(request: web.Request) -> Json:
    """Query string and body together. Files are named, never kept."""
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.text() or "{}")
        except ValueError as error:
            raise bad_request("can't parse JSON object") from error
        if not isinstance(body, dict):
            raise bad_request("JSON object expected")
        return {**given, **body}
    for name, value in (await request.post()).items():
        given[name] = value if isinstance(value, str) else f"<file {name}>"
    return {name: decoded(value) if name in NESTED else value for name, value in given.items()}


def decoded(value: Any) -> Any:
    """The object inside the text; the text itself when it holds none, so that the method can refuse it."""
    try:
        return json.loads(value)
    except ValueError:
        return value
