"""Values of a YAML file set in place: every other byte, with all comments and layout, stays as it is."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from bot.content.document import Document, Path_
from bot.content.errors import ContentError
from bot.content.yaml_document import StrictLoader, decoded, parse

Settings = Mapping[Path_, Mapping[str, str]]
"""The path of a mapping → its keys with the texts to set. A key that is not there yet goes after the one before it."""

_PLAIN: Final = re.compile(r"\d{4}-\d{2}-\d{2}|https?://[A-Za-z0-9._~/?&=%+-]+")
"""What needs no quotes. Anything else gets them, so that no digit or colon can turn it into something else."""

_BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class _Splice:
    """``text`` in place of what stands from ``start`` to ``end`` (line and column from 0; the two alike: inserted)."""

    start: tuple[int, int]
    end: tuple[int, int]
    text: str


def set_values(data: bytes, shown: Path, settings: Settings) -> bytes:
    """The file's bytes with these values set. ``shown`` is the name errors give it.

    Raises `ContentError` where the file is not readable, or written so that it cannot be edited in place: then the
    author must do it. Nothing is returned that does not read as it should.
    """
    document = parse(data, shown)
    root = yaml.compose(decoded(data, shown), Loader=StrictLoader)
    splices: list[_Splice] = []
    for path, values in settings.items():
        splices += _splices(_at(root, path), values)
    lines = data.removeprefix(_BOM).decode().splitlines(keepends=True)
    # The last one first, also of several for one place, so that each stands behind the one before it.
    order = sorted(range(len(splices)), key=lambda number: (splices[number].start, number), reverse=True)
    for number in order:
        _apply(lines, splices[number])
    edited = (_BOM if data.startswith(_BOM) else b"") + "".join(lines).encode()
    _verify(document, edited, shown, settings)
    return edited


def _at(node: Any, path: Path_) -> yaml.MappingNode:
    for part in path:
        if isinstance(part, int):
            node = node.value[part]
        else:
            node = next(value for key, value in node.value if key.value == part)
    if not isinstance(node, yaml.MappingNode):
        raise TypeError(f"{path} is no mapping")
    return node


def _splices(mapping: yaml.MappingNode, values: Mapping[str, str]) -> Iterator[_Splice]:
    there = {key.value: (key, value) for key, value in mapping.value}
    before: tuple[yaml.Node, yaml.Node] | None = None
    for name, text in values.items():
        if name in there:
            before = there[name]
            if before[1].value == text:
                continue
            start, end = _span(before[1])
            yield _Splice(start, end, _written(text) if start != end else f" {_written(text)}")
        elif before is None:
            raise ValueError(f"`{name}` is not there, and nothing stands before it")
        elif mapping.flow_style:
            _, end = _span(before[1])
            yield _Splice(end, end, f", {name}: {_written(text)}")
        else:
            column = before[0].start_mark.column
            below = (_span(before[1])[1][0] + 1, 0)
            yield _Splice(below, below, f"{' ' * column}{name}: {_written(text)}\n")


def _span(node: yaml.Node) -> tuple[tuple[int, int], tuple[int, int]]:
    start, end = node.start_mark, node.end_mark
    return (start.line, start.column), (end.line, end.column)


def _written(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _apply(lines: list[str], splice: _Splice) -> None:
    (line, column), (last, end) = splice.start, splice.end
    if line >= len(lines) or (splice.start == splice.end and column == 0):  # a line of its own
        ending = _ending(lines[line - 1]) or "\n"
        if not _ending(lines[line - 1]):
            lines[line - 1] += ending
        lines.insert(line, splice.text.removesuffix("\n") + ending)
        return
    lines[line : last + 1] = [lines[line][:column] + splice.text + lines[last][end:]]


def _ending(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]


def _verify(before: Document, edited: bytes, shown: Path, settings: Settings) -> None:
    """Whatever way a file is written in, only what was meant to change may have changed."""
    expected = copy.deepcopy(before.value)
    for path, values in settings.items():
        mapping = expected
        for part in path:
            mapping = mapping[part]
        mapping.update(values)
    try:
        if parse(edited, shown).value == expected:
            return
    except ContentError:
        pass
    path, values = next(iter(settings.items()))
    message = "one of these is written in a way that cannot be edited in place"
    hint = f"Write each of {', '.join(f'`{name}`' for name in values)} as a plain text on one line, then try again."
    raise ContentError([before.problem(message, *path, hint=hint)])
