"""A resources.yaml written out in its one usual layout, so that the same services always give the same bytes."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

HEADER: Final = """\
# Every service that Waypost may name: numbers, addresses and opening times live here and nowhere else.
# How to read and change an entry: docs/writing.md, "A service". What a fact was held against, how good that is and when
# stands beside it; hold it against the live page before you run your own deployment (docs/fresh-facts.md).
"""

_LINE: Final = 120
_WIDTH: Final = 118
_QUOTED: Final = frozenset({"number", "passport", "opening_hours", "source_date"})
"""Always in quotes, because they look like something else."""

_ON_ONE_LINE: Final = frozenset({"nations", "topics", "languages", "contacts", "know_first", "when_nobody_answers"})
_GROUPS: Final = "eligibility"
_PLAIN: Final = re.compile(r"[A-Za-z][^\n]*|https?://\S+|\d{4}-\d{2}-\d{2}")
_CLUES: Final = re.compile(
    r": |:$| #|^(?:true|false|null|yes|no|on|off|y|n|~)$|\s$|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]", re.IGNORECASE
)
"""What makes a plain text something other than that text."""

_FLOW: Final = re.compile(r"[A-Za-z0-9_]+(?:[ -][A-Za-z0-9_]+)*")
_WHOLE_NUMBER: Final = re.compile(r"\d+")


def write_resources(data: Mapping[str, Any], header: str = HEADER) -> str:
    """The text of a resources.yaml with this content, as `bot.content.yaml_document.parse` reads it."""
    lines = header.splitlines()
    for key, value in data.items():
        if key != "services":
            lines.append(f"{key}: {_flow(value)}")
    lines += ["", "services:"]
    for id_, service in data.get("services", {}).items():
        lines += [f"  {_scalar('', id_)}:", *_mapping(service, 4), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _mapping(values: Mapping[str, Any], indent: int) -> Iterator[str]:
    for key, value in values.items():
        yield from _entry(key, value, indent)


def _entry(key: str, value: Any, indent: int) -> Iterator[str]:
    space = " " * indent
    if isinstance(value, Mapping) and value and key not in _ON_ONE_LINE:
        yield f"{space}{key}:"
        yield from _mapping(value, indent + 2)
    elif isinstance(value, Sequence) and not isinstance(value, str) and value and key not in _ON_ONE_LINE:
        yield f"{space}{key}:"
        for item in value:
            yield from _item(key, item, indent + 2)
    elif isinstance(value, Mapping | list | tuple):
        yield f"{space}{key}: {_flow(value)}"
    else:
        yield from _text(f"{space}{key}:", key, value, indent + 2)


def _item(key: str, item: Any, indent: int) -> Iterator[str]:
    space = " " * indent
    if isinstance(item, Mapping) and key != _GROUPS:
        lines = list(_mapping(item, indent + 2))
        yield f"{space}- {lines[0].lstrip()}"
        yield from lines[1:]
    elif isinstance(item, Mapping | list | tuple):
        yield f"{space}- {_flow(item)}"
    else:
        yield from _text(f"{space}-", key, item, indent + 2)


def _text(start: str, key: str, value: Any, indent: int) -> Iterator[str]:
    written = _scalar(key, value)
    if len(start) + 1 + len(written) <= _LINE or not _folds(value):
        yield f"{start} {written}"
        return
    yield f"{start} >-"
    yield from textwrap.wrap(
        value, _WIDTH, initial_indent=" " * indent, subsequent_indent=" " * indent,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _folds(value: Any) -> bool:
    """Whether a text comes back the same from lines folded at its spaces."""
    return isinstance(value, str) and " " in value and value == " ".join(value.split()) and value.isprintable()


def _scalar(key: str, value: Any) -> str:
    if not isinstance(value, str):
        return json.dumps(value)
    if key not in _QUOTED and _PLAIN.fullmatch(value) and not _CLUES.search(value):
        return value
    return json.dumps(value, ensure_ascii=False)


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_flow(key)}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, str) and (
        not _FLOW.fullmatch(value) or _WHOLE_NUMBER.fullmatch(value) or _CLUES.search(value)
    ):
        return json.dumps(value, ensure_ascii=False)
    return value if isinstance(value, str) else json.dumps(value)
