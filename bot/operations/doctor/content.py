"""Checks of the content, and of what the machine knows about time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot import __version__
from bot.checks.proven import is_proven
from bot.content.load import pack_folder
from bot.content.model import Content
from bot.content.passport import facts_of
from bot.content.service_schema import Status
from bot.operations.doctor.finding import Finding, look, ok, wrong
from bot.settings import Settings

STALE_DAYS: Final = 183
EXPIRED_DAYS: Final = 365
SLOW_SECONDS: Final = 5
WRONG_SECONDS: Final = 60

ZONE: Final = "Europe/London"


def proof(content: Content, settings: Settings) -> Finding:
    """Whether exactly this content is proven safe."""
    folder = pack_folder(settings.content[-1])
    if is_proven(content.fingerprint, __version__, folder):
        return ok("proof", "This very content is proven by this version.")
    remedy = "Run `python -m bot check`; `run` does so too, and shows nothing but the emergency card meanwhile."
    return look("proof", "This content is not proven by this version yet.", remedy)


def ages(content: Content, now: datetime) -> Finding:
    """How long ago the facts shown to people were held against their sources."""
    days = {
        found.name: (now.date() - found.fact.assured_date).days
        for service in content.services.values()
        if service.facts.status is Status.ACTIVE
        for found in facts_of(service.id, service.facts)
    }
    if not days:
        return wrong("content age", "No service is shown to anybody.", "Set services active in resources.yaml.")
    oldest = max(days, key=lambda name: days[name])
    said = f"The oldest fact ({oldest}) was held against its source {days[oldest]} days ago."
    old = sum(age > STALE_DAYS for age in days.values())
    remedy = f"{old} facts are older than {STALE_DAYS} days. Run `python -m bot services verify`, then `assure` them."
    if days[oldest] > EXPIRED_DAYS:
        return wrong("content age", said, remedy)
    return look("content age", said, remedy) if old else ok("content age", said)


def holidays(content: Content, now: datetime) -> Finding:
    """How far the table of public holidays reaches."""
    last = content.holiday_years[1]
    if last <= now.year:
        remedy = "Take newer content; see flows/shared/bank_holidays.yaml."
        return wrong("public holidays", f"They are known to the end of {last} only.", remedy)
    return ok("public holidays", f"They are known to the end of {last}.")


def languages(content: Content, settings: Settings) -> Iterator[Finding]:
    """Which languages people are offered, and which of those asked for are not there."""
    whole = [code for code, edition in content.editions.items() if edition.whole]
    yield ok("languages", f"Offered in full: {', '.join(whole)}.")
    for code in settings.languages:
        if code not in whole:
            yield wrong("languages", f"LANGUAGES has {code}, which is not offered.", "Add its translation.")
        translation = content.translations.get(code)
        if translation is not None and not translation.reviewers:
            remedy = f"Let a native speaker read it and put a name into its PO file, or take {code} out of LANGUAGES."
            yield look("languages", f"Nobody who speaks {code} has reviewed its translation.", remedy)


def emergency_numbers(content: Content, settings: Settings) -> Finding:
    """Whether the numbers of the card of last resort are those that the content tells."""
    known = {phone.number for service in content.services.values() for phone in service.facts.phones}
    missing = [number for number in settings.emergency_numbers if number not in known]
    if missing:
        said = f"EMERGENCY_NUMBERS has {', '.join(missing)}, which no service in the content has."
        return look("emergency numbers", said, "See that both say the same, for the country that people are in.")
    return ok("emergency numbers", f"The card of last resort says {', '.join(settings.emergency_numbers)}.")


def zones() -> Finding:
    """Whether the machine knows summer time: opening hours go by it."""
    try:
        zone = ZoneInfo(ZONE)
    except ZoneInfoNotFoundError:
        return wrong("time zones", f"{ZONE} is not known.", "Install tzdata, with pip or from the system.")
    offsets = [datetime(2026, month, 15, 12, tzinfo=UTC).astimezone(zone).utcoffset() for month in (1, 7)]
    if offsets != [timedelta(0), timedelta(hours=1)]:
        return wrong("time zones", f"{ZONE} has no summer time here.", "Renew tzdata.")
    return ok("time zones", f"{ZONE} is known, with its summer time.")


def clock(now: datetime, theirs: datetime | None) -> Finding:
    """How far this machine's clock is from Telegram's server's."""
    if theirs is None:
        return look("clock", "There was no other clock to compare with.", "Compare it with a clock you trust.")
    seconds = abs((now - theirs).total_seconds())
    said = f"It differs from Telegram's server by about {seconds:.0f} s."
    remedy = "Let the machine set its clock by NTP: services would be shown as open when they are not."
    if seconds > WRONG_SECONDS:
        return wrong("clock", said, remedy)
    return look("clock", said, remedy) if seconds > SLOW_SECONDS else ok("clock", said)
