"""WP507: the engine's own texts keep what is filled in."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.shared_texts import SHARED_TEXTS
from bot.content.text import parse


def look(subject: Subject) -> Iterator[Violation]:
    """Every shared text of every language, against the names that the engine has for it."""
    for language in subject.content.languages.values():
        for key, text in language.texts.items():
            missing = SHARED_TEXTS[key] - {reference.name for reference in parse(text).references}
            if missing:
                names = ", ".join(f"{{{name}}}" for name in sorted(missing))
                yield Violation(language.places[key], f"`{key}` has lost {names}", key)


RULE = Rule(
    code="WP507",
    severity=Severity.ERROR,
    title="The engine's texts keep what is filled in",
    why="A card that says “Ring” without the number, or “Opens” without the time, helps nobody.",
    fix="Put the name back in braces where the number, time or words belong.",
    part=Part.CONTENT,
    look=look,
    breaks={"flows/shared/texts.yaml": ('card_ring: "Ring {number}"', "card_ring: Ring them")},
    mends={"flows/shared/texts.yaml": ('card_ring: "Ring {number}"', 'card_ring: "Call {number}"')},
    silenceable=False,
)
