"""WP509: every sign in a text can be seen, and is the letter that it looks like."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.looks_alike import hidden_sign
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.checks.texts import Where, paragraphs


def look(subject: Subject) -> Iterator[Violation]:
    """Every text that people read, in every language, and every address."""
    content = subject.content
    for paragraph in paragraphs(content):
        if paragraph.where is not Where.PHRASE and (found := hidden_sign(paragraph.words)):
            yield Violation(paragraph.place, _told(found), paragraph.about)
    for translation in content.translations.values():
        for id_, entry in translation.texts.items():
            if found := hidden_sign(entry.text):
                yield Violation(entry.place, _told(found), f"{translation.language}:{id_}")
    for service in content.services.values():
        for index, link in enumerate(service.facts.links):
            if found := hidden_sign(link.url):
                yield Violation(service.at("links", index, "url"), _told(found), service.id)


def _told(found: str) -> str:
    return f"there is {found}"


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
