"""How old everything is that people are told about services."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.checks.report import FactAge
from bot.content.model import Content
from bot.content.passport import facts_of
from bot.content.service_schema import Link, OnContact, Phone, Schedule, Status


def fact_ages(content: Content, today: date) -> Iterator[FactAge]:
    """Every fact of every service that can be shown, as at ``today``."""
    for service in content.services.values():
        if service.facts.status is not Status.ACTIVE:
            continue
        for found in facts_of(service.id, service.facts):
            fact = found.fact
            kind, told = _told(fact)
            days = (today - fact.assured_date).days
            yield FactAge(service.id, service.facts.name, kind, told, fact.source, fact.assured_date, days)


def _told(fact: object) -> tuple[str, str]:
    match fact:
        case Phone():
            return "number", f"{fact.keyword} to {fact.number}" if fact.keyword else fact.number
        case Link():
            return "address", fact.url.removeprefix("mailto:")
        case Schedule():
            return "hours", fact.opening_hours or "not known"
        case OnContact():
            return "on contact", fact.happens or ""
    return "fact", ""
