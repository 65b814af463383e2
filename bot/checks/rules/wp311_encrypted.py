"""WP311: nobody on the way can read along."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.addresses import is_unencrypted
from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject


def look(subject: Subject) -> Iterator[Violation]:
    """Every web address that people are shown."""
    for service in subject.content.services.values():
        for index, link in enumerate(service.facts.links):
            if is_unencrypted(link.url):
                message = f"`{link.url}` is not encrypted: whoever runs the network sees which pages somebody reads"
                yield Violation(service.at("links", index, "url"), message, service.id)


RULE = Rule(
    code="WP311",
    severity=Severity.WARNING,
    title="Addresses begin with https",
    why="At home, at school or in a café, whoever runs the network could read what somebody is looking for help with.",
    fix="Write `https://`, after trying that the page opens so.",
    part=Part.CONTENT,
    look=look,
    breaks={"resources.yaml": ("https://example.org/report", "http://example.org/report")},
    mends={"resources.yaml": ("https://example.org/report", "https://example.org/report-a-page")},
)
