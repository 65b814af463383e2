"""One YAML file, read strictly: bounded, without surprises, and with the place of everything in it.

YAML can do far more than authors need, and some of it is dangerous: aliases that explode, tags that build objects,
nesting that crashes the C parser, words that turn into something else (``no`` → false, ``12:30`` → 750). All of that
is refused or switched off here, before anything is constructed.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from pathlib import Path
from typing import Any, Final

import yaml

from bot.content.document import Document, Path_
from bot.content.errors import ContentError, Place, Problem

MAXIMUM_BYTES: Final = 1024 * 1024
MAXIMUM_DEPTH: Final = 32
"""libyaml's composer recurses on the C stack: some 30,000 levels crash the process, so we stop far earlier."""
MAXIMUM_EVENTS: Final = 200_000


class StrictLoader(yaml.CSafeLoader):
    """The C parser with YAML 1.1's guesses removed: every plain scalar stays text until `_scalar` reads it."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 (PyYAML's own name)


def read(path: Path, shown: Path | None = None, *, placed: bool = True) -> Document:
    """Read one file. ``shown`` is the name errors give it; ``placed`` as in `parse_text`.

    Raises `ContentError` with every problem found.
    """
    shown = shown or path
    return parse_text(text_of(path, shown), shown, placed=placed)


def text_of(path: Path, shown: Path) -> str:
    """The text of one file, its line ends made one. Raises `ContentError` where it cannot be read as plain text."""
    return decoded(_bytes(path, shown), shown)


def parse(data: bytes, shown: Path) -> Document:
    """Read what a file named ``shown`` holds. Raises `ContentError` with every problem found."""
    return parse_text(decoded(data, shown), shown)


def parse_text(text: str, shown: Path, *, placed: bool = True) -> Document:
    """Read a file's text, its line ends made one. Raises `ContentError` with every problem found.

    Noting where everything stands takes more memory than what stands there. Where it is not ``placed``, everything
    counts as standing at the file's beginning: for content that is served, and about which nobody is told anything.
    """
    lines = tuple(text.splitlines())
    try:
        problems = _refused(text, shown, lines)
        if problems:
            raise ContentError(problems)
        node = yaml.compose(text, Loader=StrictLoader)
    except yaml.YAMLError as error:
        raise ContentError([_syntax(error, shown, lines)]) from None
    if node is None:
        raise ContentError([Problem(Place(shown, 1, 1), "the file is empty", "Write the content, or remove the file.")])
    if not placed:
        with contextlib.suppress(_IrregularError):  # what is wrong is found, with its place, below
            return Document(shown, _plain(node), (), values={(): Place(shown, 1, 1)})
    document = Document(shown, None, lines)
    walk = _Walk(document)
    value = walk.build(node, ())
    if walk.problems:
        raise ContentError(walk.problems)
    return Document(shown, value, lines, document.keys, document.values)


def _bytes(path: Path, shown: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():  # to open a pipe would wait for ever for somebody who writes to it
            raise ContentError([Problem(Place(shown), "this is no file", "Put a file of text in its place.")])
        with path.open("rb") as file:
            # No more than is there: room for the most would be made and given back for each of a hundred files.
            return file.read(min(os.fstat(file.fileno()).st_size, MAXIMUM_BYTES) + 1)
    except FileNotFoundError:
        raise ContentError([Problem(Place(shown), "there is no such file", "Check the name and the folder.")]) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ContentError(
            [Problem(Place(shown), f"the file cannot be read: {reason}", "Check its permissions.")]
        ) from None


def decoded(data: bytes, shown: Path) -> str:
    """The text of a file, its line ends made one. Raises `ContentError` where it is no plain UTF-8 text."""
    if len(data) > MAXIMUM_BYTES:
        hint = "A content file may hold at most 1 MiB; split it."
        raise ContentError([Problem(Place(shown), "the file is too large", hint)])
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        message = f"this is not UTF-8 text (byte 0x{data[error.start]:02x})"
        raise ContentError([Problem(Place(shown, line, column), message, "Save the file as UTF-8 text.")]) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := re.search("[\x00-\x08\x0b-\x1f\x7f\u0085\u2028\u2029\ufeff]", text):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        message = f"an invisible control character (U+{ord(found[0]):04X}) stands here"
        raise ContentError([Problem(Place(shown, line, column), message, "Delete it; content is plain text.")])
    return text


def _refused(text: str, path: Path, lines: tuple[str, ...]) -> list[Problem]:
    """Everything the parser's events show that we do not allow. Runs before any node is built."""
    problems: list[Problem] = []

    def refused(at: tuple[int, int], message: str, hint: str) -> Problem:
        line, column = at
        return Problem(Place(path, line + 1, column + 1), message, hint, lines[line] if line < len(lines) else "")

    depth = 0
    documents = 0
    for count, event in enumerate(yaml.parse(text, Loader=StrictLoader)):
        mark = event.start_mark
        assert mark is not None  # noqa: S101 (the stubs allow events without one; the parser never makes them)
        at = (mark.line, mark.column)
        if count > MAXIMUM_EVENTS:
            return [*problems, refused(at, "the file holds too many values", "Split it into several files.")]
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents == 2:
                return [*problems, refused(at, "a second document begins here", "Remove the line `---`.")]
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAXIMUM_DEPTH:
                message = f"nested more than {MAXIMUM_DEPTH} levels deep"
                return [*problems, refused(at, message, "Nothing in Waypost needs that; check brackets.")]
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if isinstance(event, yaml.AliasEvent):
            hint = "Write the text out; if it is meant as text, put quotes round it."
            problems.append(refused(at, f"`*{event.anchor}` is a YAML alias", hint))
        elif isinstance(event, yaml.NodeEvent):
            hint = "Remove it; if it is meant as text, put quotes round it."
            if event.anchor:
                problems.append(refused(at, f"`&{event.anchor}` is a YAML anchor", hint))
            if tag := getattr(event, "tag", None):
                problems.append(refused(at, f"`{tag}` is a YAML tag", hint))
    return problems


def _syntax(error: yaml.YAMLError, path: Path, lines: tuple[str, ...]) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = getattr(error, "problem", None) or "the file cannot be read as YAML"
    if mark is None:
        return Problem(Place(path, 1, 1), f"not valid YAML: {said}", "See docs/writing.md for the format.")
    snippet = lines[mark.line] if mark.line < len(lines) else ""
    if "\t" in snippet[: mark.column + 1]:
        said, hint = "a tab stands here", "Use two spaces for each level; YAML does not allow tabs."
    elif "mapping values are not allowed" in said:
        said, hint = "a second `: ` stands in this line", "Put the text in quotes if it holds a colon."
    elif re.search(r"[:-] +\{[a-z0-9_.]+\} *\S", snippet):
        said, hint = "a text begins with a brace", 'Put the whole text in quotes: "{childline} is there for you."'
    else:
        hint = "Check indentation, colons and quotes on this line and the one before it."
    return Problem(Place(path, mark.line + 1, mark.column + 1), f"not valid YAML: {said}", hint, snippet)


class _IrregularError(Exception):
    """A mapping that is not allowed."""


def _plain(node: yaml.Node) -> Any:
    """As `_Walk` builds it, without places. Raises `_IrregularError` where that finds a problem."""
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    if not isinstance(node, yaml.MappingNode):
        return _scalar(node)
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise _IrregularError
        key = sys.intern(str(key_node.value))  # the same few stand in every file
        if key in result or (key == "<<" and not key_node.style):
            raise _IrregularError
        result[key] = _plain(value_node)
    return result


class _Walk:
    """Builds plain values from nodes and notes where everything stands."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []

    def build(self, node: yaml.Node, path: Path_) -> Any:
        self.document.values[path] = self._place(node)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, index)) for index, item in enumerate(node.value)]
        return _scalar(node)  # after `_refused`, whatever is no collection is a scalar

    def _mapping(self, node: yaml.MappingNode, path: Path_) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            place = self._place(key_node)
            snippet = self.document.lines[place.line - 1] if place.line <= len(self.document.lines) else ""
            if not isinstance(key_node, yaml.ScalarNode):
                hint = "Write `name: value`; put quotes round a text that begins with a bracket."
                self.problems.append(Problem(place, "a key must be a plain name", hint, snippet))
                continue
            key = str(key_node.value)
            if key == "<<" and not key_node.style:
                hint = "Merge keys are not used here: write the keys out."
                self.problems.append(Problem(place, "`<<` is a YAML merge key", hint, snippet))
                continue
            if key in result:
                first = self.document.keys[(*path, key)]
                message = f"`{key}` stands twice; the first is on line {first.line}"
                self.problems.append(Problem(place, message, "Remove or rename one of them.", snippet))
                continue
            self.document.keys[(*path, key)] = place
            result[key] = self.build(value_node, (*path, key))
        return result

    def _place(self, node: yaml.Node) -> Place:
        return Place(self.document.path, node.start_mark.line + 1, node.start_mark.column + 1)


_INTEGER = re.compile(r"-?[1-9][0-9]{0,17}|0")


def _scalar(node: yaml.Node) -> str | int | bool | None:
    """Text, unless it is plainly (without quotes) true, false, null, empty or a whole number."""
    value = str(node.value)
    if getattr(node, "style", None):  # the C parser gives a plain scalar the style ""
        return value
    if value in {"true", "false"}:
        return value == "true"
    if value in {"", "null", "~"}:
        return None
    return int(value) if _INTEGER.fullmatch(value) else value
