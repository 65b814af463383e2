"""Labelled messages from a file: what people typed, and what should have been understood."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.content.errors import ContentError, Problem
from bot.content.yaml_document import Document, read
from bot.understanding.scoring import Labelled


def labelled_messages(path: Path) -> tuple[Labelled, ...]:
    """The ``messages`` of a YAML file: each with ``text`` and ``expected``, and if wanted ``lang``, ``acceptable``
    (labels that would do as well), ``kind`` and ``risk``. Raises `ContentError` with every mistake, by line.
    """
    document = read(path)
    listed = document.value.get("messages") if isinstance(document.value, dict) else None
    if not isinstance(listed, list) or not listed:
        raise ContentError([document.problem("there are no `messages`", hint="Expected a list of messages.")])
    problems: list[Problem] = []
    found = [message for index, one in enumerate(listed) for message in _message(one, index, document, problems)]
    if problems:
        raise ContentError(problems)
    return tuple(found)


def _message(one: Any, index: int, document: Document, problems: list[Problem]) -> Iterator[Labelled]:
    if not isinstance(one, dict) or not all(isinstance(one.get(key), str) for key in ("text", "expected")):
        hint = 'Expected {text: "what somebody types", expected: a_label}.'
        problems.append(document.problem("a message needs `text` and `expected`", "messages", index, hint=hint))
        return
    for key in ("acceptable", "kind"):
        if not isinstance(one.get(key, []), list):
            problems.append(
                document.problem(f"`{key}` is no list", "messages", index, key, hint="Expected [one, two].")
            )
            return
    yield Labelled(
        text=one["text"],
        expected=one["expected"],
        acceptable=frozenset(map(str, one.get("acceptable", []))),
        language=str(one.get("lang", "en")),
        kinds=tuple(map(str, one.get("kind", []))) or ("plain",),
        risk=str(one.get("risk", "")),
    )
