"""WP706: whoever types a phrase exactly as it is listed comes to what it is listed for."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject


def look(subject: Subject) -> Iterator[Violation]:
    """Every phrase of every language, read like a message of its own."""
    reader = subject.engine.reader
    for intents in subject.content.intents.values():
        for intent in intents:
            for phrase, place in zip(intent.phrases, intent.phrase_places, strict=True):
                reading = reader.read(phrase)
                if reading is None:
                    yield Violation(place, f"`{phrase}` is never understood")
                elif reading.intent != intent:
                    other = f"`{reading.phrase}` of `{reading.intent.id}`"
                    yield Violation(place, f"`{phrase}` never leads to `{intent.id}`: {other} always comes first")


RULE = Rule(
    code="WP706",
    severity=Severity.WARNING,
    title="Every phrase can win",
    why="A phrase that always loses to another leads people elsewhere than its author believes.",
    fix="Take the phrase out, move it to the other intent, or make it longer than the one that comes first.",
    part=Part.CONTENT,
    look=look,
    breaks={"flows/phrases/en.yaml": ("[talk to someone]", "[talk to someone, help me talk]")},
    mends={"flows/phrases/en.yaml": ("[talk to someone]", "[talk to someone, let me talk]")},
)
