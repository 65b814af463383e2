"""WP306: every address leads where it seems to, and follows nobody."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.addresses import complaint
from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject


def look(subject: Subject) -> Iterator[Violation]:
    """Every address that people are shown."""
    for service in subject.content.services.values():
        for index, link in enumerate(service.facts.links):
            if why := complaint(link.url, link.type):
                yield Violation(service.at("links", index, "url"), f"`{link.url}` {why}", service.id)


RULE = Rule(
    code="WP306",
    severity=Severity.ERROR,
    title="Addresses are well-formed, and neither shortened nor tracked",
    why="People in danger must see where they are going, and nobody may learn from the link that they came from here.",
    fix="Open the page itself, and copy its plain address without anything after `?` that it does not need.",
    part=Part.CONTENT,
    look=look,
    breaks={"resources.yaml": ("https://example.org/report", "https://bit.ly/report")},
    mends={"resources.yaml": ("https://example.org/report", "https://report.example.org")},
)
