"""WP509: every sign in a text can be seen, and is the letter that it looks like."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.looks_alike import hidden_sign
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.checks.texts import Where, paragraphs
from bot.content.errors import Place


def look(subject: Subject) -> Iterator[Violation]:
    """Every text that people read, in every language, and every address."""
    content = subject.content
    for paragraph in paragraphs(content):
        if paragraph.where is not Where.PHRASE and (found := hidden_sign(paragraph.words)):
            yield _violation(found, paragraph.place, paragraph.about)
    for translation in content.translations.values():
        for id_, entry in translation.texts.items():
            if found := hidden_sign(entry.text):
                yield _violation(found, entry.place, f"{translation.language}:{id_}")
    for service in content.services.values():
        for index, link in enumerate(service.facts.links):
            if found := hidden_sign(link.url):
                yield _violation(found, service.at("links", index, "url"), service.id)


def _violation(found: tuple[str, str], start: Place, about: str) -> Violation:
    """At the very line, unless the sign is written as an escape there."""
    sign, told = found
    try:
        lines = start.path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        lines = []
    number = next((at for at in range(start.line - 1, len(lines)) if sign in lines[at]), None)
    place = start if number is None else Place(start.path, number + 1, lines[number].index(sign) + 1)
    return Violation(place, f"there is {told}", about)


RULE = Rule(
    code="WP509",
    severity=Severity.ERROR,
    title="Every sign in a text can be seen, and is what it looks like",
    why="Hidden signs and letters of other alphabets let words say one thing to a reader and another to every check, "
    "and screen readers stumble over them.",
    fix="Type the words anew; text that was copied from elsewhere brings such signs along.",
    part=Part.CONTENT,
    look=look,
    breaks={"flows/topic.yaml": ("You are doing well.", "You are do\u200bing well.")},
    mends={"flows/topic.yaml": ("You are doing well.", "You are doing really well.")},
    silenceable=False,
)
