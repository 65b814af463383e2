"""WP205: who tells the police or needs an account says so before its link."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Severity
from bot.checks.rule import Part, Rule, Violation
from bot.checks.subject import Subject
from bot.content.service_schema import Kind, Status

_PLAIN_BY_NAME = frozenset({Kind.POLICE, Kind.EMERGENCY})
"""Whoever rings these knows whom they ring."""


def look(subject: Subject) -> Iterator[Violation]:
    """Every active service."""
    for service in subject.content.services.values():
        facts = service.facts
        on_contact = facts.on_contact
        if facts.status is not Status.ACTIVE or on_contact is None or on_contact.know_first is not None:
            continue
        if on_contact.account or (on_contact.police and facts.kind not in _PLAIN_BY_NAME):
            message = f"`{service.id}` says something of the police or an account, and nothing of it on its card"
            yield Violation(service.place, message, service.id)


RULE = Rule(
    code="WP205",
    severity=Severity.ERROR,
    title="A service that tells the police or needs an account says so before its link",
    why="Finding out after the press what one has set in motion breaks the trust that the next press needs.",
    fix="Add `know_first` to `on_contact`: what the card must say, or `[]` where there is nothing to say before.",
    part=Part.CONTENT,
    look=look,
    breaks={
        "resources.yaml": (
            "topics: {listening: 4}",
            "topics: {listening: 4}\n"
            "    on_contact: {police: They may tell the police.,\n"
            "                 source: https://example.org, assured_date: 2026-11-01}",
        )
    },
    mends={
        "resources.yaml": (
            "topics: {listening: 4}",
            "topics: {listening: 4}\n"
            "    on_contact: {police: They may tell the police., know_first: [police_maybe],\n"
            "                 source: https://example.org, assured_date: 2026-11-01}",
        )
    },
)
