"""WP410: no sign has to be read for a word."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.checks.words.signs import sign_in_place_of_words
from bot.checks.words.wording import Wording
from bot.content.errors import Place


def look(subject: Subject) -> Iterator[Violation]:
    """Every line and every label."""
    for wording in subject.wordings:
        for line in wording.lines:
            if complaint := sign_in_place_of_words(line):
                yield wording.violation(complaint, _place(wording, line))


def _place(wording: Wording, line: str) -> Place:
    """The very line of the file where it stands there whole; else the beginning of its text."""
    try:
        rows = wording.place.path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return wording.place
    for number, row in enumerate(rows[wording.place.line - 1 :], start=wording.place.line):
        if (column := row.find(line)) >= 0:
            return Place(wording.place.path, number, column + 1)
    return wording.place


RULE = Rule(
    code="WP410",
    severity=Severity.ERROR,
    title="No emoji or sign stands in the place of words",
    why="Screen readers say emoji in odd words, old phones show boxes, and people read different things into them.",
    fix="Say it in words. A sign may stand before or after a sentence that can be understood without it.",
    part=Part.CONTENT,
    look=look,
    breaks={"flows/topic.yaml": ("label: That is all,", "label: 👍,")},
    mends={"flows/topic.yaml": ("label: That is all,", "label: That is all 👍,")},
)
