"""Labelled messages from a file: what people typed, and what should have been understood."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.content.document import Document
from bot.content.errors import ContentError, Place, Problem
from bot.content.yaml_document import read
from bot.understanding.scoring import Labelled


def labelled_messages(path: Path) -> tuple[Labelled, ...]:
    """The ``messages`` of a YAML file: each with ``text`` and ``expected``, and if wanted ``lang``, ``acceptable``
    (labels that would do as well), ``kind``, ``risk`` and ``flow``. A file named ``.jsonl`` holds one on each line.
    Raises `ContentError` with every mistake, by line.
    """
    if path.suffix == ".jsonl":
        return _from_lines(path)
    document = read(path)
    listed = document.value.get("messages") if isinstance(document.value, dict) else None
    if not isinstance(listed, list) or not listed:
        raise ContentError([document.problem("there are no `messages`", hint="Expected a list of messages.")])
    problems: list[Problem] = []
    found = [message for index, one in enumerate(listed) for message in _message(one, index, document, problems)]
    if problems:
        raise ContentError(problems)
    return tuple(found)


def _from_lines(path: Path) -> tuple[Labelled, ...]:
    problems: list[Problem] = []
    found: list[Labelled] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            one = json.loads(line)
        except (ValueError, RecursionError):
            one = None
        message = _labelled(one)
        if isinstance(message, Labelled):
            found.append(message)
        else:
            problems.append(Problem(Place(path, number, 1), message[0], hint=message[1]))
    if problems or not found:
        empty = Problem(Place(path, 1, 1), "there are no messages", hint="Expected a JSON object on each line.")
        raise ContentError(problems or [empty])
    return tuple(found)


def _message(one: Any, index: int, document: Document, problems: list[Problem]) -> Iterator[Labelled]:
    message = _labelled(one)
    if isinstance(message, Labelled):
        yield message
    else:
        problems.append(document.problem(message[0], "messages", index, hint=message[1]))


def _labelled(one: Any) -> Labelled | tuple[str, str]:
    """The message, or what is wrong with it and what is expected."""
    if not isinstance(one, dict) or not all(isinstance(one.get(key), str) for key in ("text", "expected")):
        return "a message needs `text` and `expected`", 'Expected {text: "what somebody types", expected: a_label}.'
    for key in ("acceptable", "kind"):
        if not isinstance(one.get(key, []), list):
            return f"`{key}` is no list", "Expected [one, two]."
    return Labelled(
        text=one["text"],
        expected=one["expected"],
        acceptable=frozenset(map(str, one.get("acceptable", []))),
        language=str(one.get("lang", "en")),
        kinds=tuple(map(str, one.get("kind", []))) or ("plain",),
        risk=str(one.get("risk", "")),
        flow=str(one.get("flow", "")),
    )
