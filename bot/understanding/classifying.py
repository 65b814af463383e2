"""Typed text → a label, a risk and a flow: what `classify` prints and `evaluate` judges."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bot.content.schema import Risk
from bot.understanding.reader import Reader
from bot.understanding.reading import Reading

LONGEST_LINE = 1 << 20
"""Characters of a line beyond which it is not read: no message is nearly as long."""

NOT_UNDERSTOOD = "not_understood"
MENU = "menu"
EMERGENCY_FLOWS = frozenset({"emergency", "suicide"})
"""Flows that open with whom to ring."""


@dataclass(frozen=True, slots=True)
class Classified:
    """What a message was taken for. Holds nothing of the message."""

    intent: str
    risk: Risk
    flow: str


def classify(reader: Reader, text: str, language: str = "") -> Classified:
    """The label, risk and flow of ``text``; `NOT_UNDERSTOOD` and the menu where no phrase fits.

    ``language`` is a hint: it decides between languages in which the text means something equally grave.
    """
    return classified(reader.read(text, language))


def classified(reading: Reading | None) -> Classified:
    """A reading in the words of the labels. One that is doubted answers nothing yet: the person is asked."""
    if reading is None or reading.doubted:
        return Classified(NOT_UNDERSTOOD, Risk.NONE, MENU)
    return Classified(reading.intent.label, reading.risk, reading.intent.target.flow)


def short_lines(read: Callable[[int], str]) -> Iterator[str]:
    """The lines that ``read`` (a text file's ``readline``) gives, as soon as they are there. Of one that is longer than
    `LONGEST_LINE` only the beginning: however much comes without a line break, it is never held at once.
    """
    while line := read(LONGEST_LINE):
        yield line
        while len(line) >= LONGEST_LINE and not line.endswith("\n"):
            line = read(LONGEST_LINE)


def classify_lines(reader: Reader, lines: Iterable[str]) -> Iterator[str]:
    """For each JSON line ``{"text": …, "lang": …}`` one with ``intent``, ``risk`` and ``flow``, as soon as it is read.
    ``lang`` is a hint that may be left out (`classify`).

    A line that is no such object gives one with ``error`` in addition. Nothing of what a line holds is repeated.
    """
    for line in lines:
        if not line.strip():
            continue
        text, language = _message(line)
        answer = classify(reader, text or "", language)
        fields = {"intent": answer.intent, "risk": answer.risk.value, "flow": answer.flow}
        if text is None:
            fields["error"] = 'expected a JSON object with "text"'
        yield json.dumps(fields)


def _message(line: str) -> tuple[str | None, str]:
    """The text of a message, None where there is none, and the hint at its language."""
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        return None, ""
    text, language = (message.get("text"), message.get("lang")) if isinstance(message, dict) else (None, None)
    return text if isinstance(text, str) else None, language if isinstance(language, str) else ""
