"""The facts of all services, as the rules about numbers, addresses and dates look at them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from bot.checks.subject import Subject
from bot.content.model import Service
from bot.content.passport import Assurable, ServiceFact, facts_of
from bot.content.service_schema import Status

_HERE: Final = ZoneInfo("Europe/London")
"""Dates in content are days of the United Kingdom."""


def today(subject: Subject) -> date:
    """The day on which it is checked."""
    return subject.now.astimezone(_HERE).date()


def service_facts(subject: Subject, *, only_shown: bool = False) -> Iterator[tuple[Service, ServiceFact]]:
    """Every fact with its service; ``only_shown`` leaves out services that are paused or closed."""
    for service in subject.content.services.values():
        if only_shown and service.facts.status is not Status.ACTIVE:
            continue
        for fact in facts_of(service.id, service.facts):
            yield service, fact


def assure_command(fact: Assurable, on: date) -> str:
    """What to type once the fact was held against its source."""
    return f"python -m bot services assure {fact.name} --on {on}"
