"""WP809: no text sets the direction of what is written; the channels do."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.checks.translations import example_file
from bot.content.errors import Place

FILE = "flows/locale/fr/waypost.po"

_MARKS: Final = frozenset(map(chr, (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))))
"""Marks, embeddings, overrides and isolates of the Unicode bidirectional algorithm
(https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters)."""


def look(subject: Subject) -> Iterator[Violation]:
    """Every text in every language."""
    for wording in subject.wordings:
        found = next((character for line in wording.lines for character in line if character in _MARKS), None)
        if found is not None:
            name = unicodedata.name(found).capitalize()
            message = f"an invisible sign sets the direction here: {name} (U+{ord(found):04X})"
            yield wording.violation(message, _place(wording.place, found))


def _place(start: Place, mark: str) -> Place:
    """The mark itself, where it is written as such; else the beginning of its text."""
    try:
        rows = start.path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return start
    rest = enumerate(rows[start.line - 1 :], start.line)
    return next((Place(start.path, number, row.index(mark) + 1) for number, row in rest if mark in row), start)


RULE = Rule(
    code="WP809",
    severity=Severity.ERROR,
    title="No invisible sign turns the direction of a text",
    why="One such sign can turn the digits of a number round on the screen while the file looks right. The channels "
    "set the direction of each text and keep numbers whole by themselves.",
    fix="Delete the invisible sign; most often it came in with words that were copied from elsewhere.",
    part=Part.CONTENT,
    look=look,
    breaks={FILE: example_file(("answer:age/under_13/button", "Under 13", "Moins de \u202e13 ans"))},
    mends={FILE: example_file()},
    silenceable=False,
)
