"""WP706: whoever types a phrase as it is listed comes to what it is listed for, in one of its wordings at least."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.model import Intent
from bot.understanding.reader import Reading

_MOST_WORDINGS = 40
"""So many wordings of one phrase are read."""


def look(subject: Subject) -> Iterator[Violation]:
    """Every phrase of every language, its wordings read like messages until one leads where it is listed.

    What a later pack lists comes before the same words of an earlier one: that is what it is for (docs/writing.md).
    """
    if subject.quick:  # to make the phrases ready takes longer than all that is looked at then
        return
    reader, content = subject.engine.reader, subject.content
    for book in content.phrase_books.values():
        for intent in book.intents:
            for pattern, phrase, place in zip(
                book.patterns[intent.id], intent.phrases, intent.phrase_places, strict=True
            ):
                wordings = islice(pattern.examples(), _MOST_WORDINGS)
                if any(_comes_to(reader.read(wording), intent) for wording in wordings):
                    continue
                reading = reader.read(phrase)
                if reading is not None and content.pack_at(reading.intent.place) > content.pack_at(place):
                    continue
                if reading is None:
                    yield Violation(place, f"`{phrase}` is never understood")
                else:
                    other = f"`{reading.phrase}` of `{reading.intent.id}`"
                    yield Violation(place, f"`{phrase}` never leads to `{intent.id}`: {other} always comes first")


def _comes_to(reading: Reading | None, intent: Intent) -> bool:
    """Whether a reading does what the intent wants, or the same under another name or in another language.

    Words that two languages share may be read in either, and whom it is about may lead on to another intent.
    """
    if reading is None:
        return False
    best = reading.matches[0]
    same = intent.label in {best.intent.label, best.listed.label}
    return same or best.intent.language != intent.language


RULE = Rule(
    code="WP706",
    severity=Severity.ERROR,
    title="Every phrase can win",
    why="A phrase that always loses to another leads people elsewhere than its author believes.",
    fix="Take the phrase out, move it to the other intent, or make it longer than the one that comes first.",
    part=Part.CONTENT,
    look=look,
    breaks={"flows/phrases/en.yaml": ("[talk to someone]", "[talk to someone, help me talk]")},
    mends={"flows/phrases/en.yaml": ("[talk to someone]", "[talk to someone, let me talk]")},
)
