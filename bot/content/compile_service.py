"""What a single service must satisfy beyond its shape: known names, numbers that fit their type, hours that parse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.content import service_schema
from bot.content.compile_flow import Names
from bot.content.document import Document
from bot.content.errors import Problem, nearest
from bot.content.model import NATION, WHO
from bot.content.service_schema import Phone, PhoneType

_DIGITS: Final = {
    PhoneType.NATIONAL: (10, 12),
    PhoneType.SHORT_CODE: (3, 6),
    PhoneType.EIGHT_DIGIT: (8, 8),
    PhoneType.TEXT_SHORT_CODE: (3, 6),
    PhoneType.TEXT_NATIONAL: (10, 12),
}
"""How many digits each type of number has in the United Kingdom (Ofcom's National Telephone Numbering Plan)."""


def check_service(
    id_: str,
    service: service_schema.WrittenService,
    document: Document,
    names: Names,
    hours_complaint: Callable[[str], str | None],
) -> Iterator[Problem]:
    """Every mistake of one service."""
    path = ("services", id_)
    answers = names.answers
    who = {value.id for value in answers[WHO].values} | answers[WHO].retired if WHO in answers else set()
    nations = {value.id for value in answers[NATION].values} | answers[NATION].retired if NATION in answers else set()
    for index, group in enumerate(service.eligibility):
        for position, role in enumerate(group.who):
            if role not in who:
                where = (*path, "eligibility", index, "who", position)
                yield document.problem(f"`{role}` is no value of `who`", *where, hint=nearest(role, who))
        if (group.minimum_age or 0) > (group.maximum_age if group.maximum_age is not None else 120):
            yield document.problem("`minimum_age` is above `maximum_age`", *path, "eligibility", index)
    for index, nation in enumerate(service.nations):
        if nation not in nations:
            hint = nearest(nation, nations)
            yield document.problem(f"`{nation}` is no value of `nation`", *path, "nations", index, hint=hint)
    if service.pair is not None and (service.pair not in names.services or service.pair == id_):
        hint = nearest(service.pair, names.services)
        yield document.problem(f"the pair `{service.pair}` is no other service", *path, "pair", hint=hint)
    contacts = service.contact_ids
    for contact, count in Counter(contacts).items():
        if count > 1:
            yield document.problem(f"two contacts have the id `{contact}`", *path, hint="Give each its own.", key=True)
    if not contacts and service.status is service_schema.Status.ACTIVE:
        yield document.problem(f"`{id_}` has no phone and no link", *path, hint="Add one, or remove it.", key=True)
    for index, phone in enumerate(service.phones):
        if complaint := _phone_complaint(phone):
            yield document.problem(complaint, *path, "phones", index, "number")
    for index, schedule in enumerate(service.schedules):
        yield from _check_schedule(schedule, contacts, nations, document, hours_complaint, *path, "schedules", index)


def _phone_complaint(phone: Phone) -> str | None:
    digits = phone.number.replace(" ", "").removeprefix("+")
    fewest, most = _DIGITS[phone.type]
    if not fewest <= len(digits) <= most:
        expected = str(fewest) if fewest == most else f"{fewest} to {most}"
        return f"`{phone.number}` has {len(digits)} digits; a number of type {phone.type} has {expected}"
    if phone.type in {PhoneType.NATIONAL, PhoneType.TEXT_NATIONAL} and digits[0] != "0" and phone.number[0] != "+":
        return f"`{phone.number}` begins with neither 0 nor +"
    if phone.keyword and not phone.type.is_text:
        return f"`{phone.number}` has a keyword but is a number to ring"
    return None


def _check_schedule(
    schedule: service_schema.Schedule,
    contacts: tuple[str, ...],
    nations: set[str],
    document: Document,
    hours_complaint: Callable[[str], str | None],
    *path: str | int,
) -> Iterator[Problem]:
    for position, contact in enumerate(schedule.contacts):
        if contact not in contacts:
            hint = nearest(contact, contacts)
            yield document.problem(f"`{contact}` is no contact of this service", *path, "contacts", position, hint=hint)
    if schedule.opening_hours is not None and (complaint := hours_complaint(schedule.opening_hours)):
        yield document.problem(complaint, *path, "opening_hours")
    if schedule.holidays_of is not None and schedule.holidays_of not in nations:
        hint = nearest(schedule.holidays_of, nations)
        yield document.problem(f"`{schedule.holidays_of}` is no nation", *path, "holidays_of", hint=hint)
    try:
        ZoneInfo(schedule.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = f"`{schedule.timezone}` is no time zone"
        yield document.problem(message, *path, "timezone", hint="Expected one such as Europe/London.")
