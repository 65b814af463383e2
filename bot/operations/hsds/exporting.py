"""Our services as HSDS 3.0 JSON. Pure, and lossless: `bot.operations.hsds.importing` gives back what went in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from bot.operations.hsds.vocabulary import NATIONS, STATUS, attributes, identifier

_VOICE: Final = "voice"
_TEXT: Final = "text"
_WEEK: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_ONE_RULE: Final = re.compile(r"(?:([A-Z][a-z])(?:-([A-Z][a-z]))? )?(\d\d:\d\d)-(\d\d:\d\d)")

_SERVICE_FIELDS: Final = frozenset({"name", "description", "status", "languages", "nations", "phones", "schedules"})
"""Keys of a service that HSDS has a field for; everything else travels as an attribute."""


def exported(resources: Mapping[str, Any]) -> dict[str, Any]:
    """The page of services that an HSDS API answers with, holding all of them in the order of the file.

    ``resources`` is a resources.yaml as it is read: plain mappings, lists and texts.
    """
    listeners = list(resources.get("when_nobody_answers", ()))
    services = [_service(id_, service, listeners) for id_, service in resources.get("services", {}).items()]
    return {
        "total_items": len(services),
        "total_pages": 1,
        "page_number": 1,
        "size": len(services),
        "first_page": True,
        "last_page": True,
        "empty": not services,
        "contents": services,
    }


def _service(id_: str, service: Mapping[str, Any], listeners: Sequence[str]) -> dict[str, Any]:
    uid = identifier("service", id_)
    own = {"id": id_} | {key: value for key, value in service.items() if key not in _SERVICE_FIELDS}
    own |= {"key_order": list(service)}
    if id_ in listeners:
        own["when_nobody_answers"] = listeners.index(id_)
    return {
        "id": uid,
        "name": service["name"],
        "description": service["description"],
        "status": STATUS[service["status"]],
        **_ages(service),
        **_ways_in(service),
        **_dates(service),
        "phones": [_phone(uid, id_, phone) for phone in service.get("phones", ())],
        "schedules": [
            _schedule(uid, id_, number, schedule) for number, schedule in enumerate(service.get("schedules", ()))
        ],
        "service_areas": [_area(uid, nation) for nation in service["nations"]],
        "languages": [_language(uid, code) for code in service.get("languages", ())],
        "organization": {
            "id": identifier("organization", id_),
            "name": service["name"],
            "description": "Whoever runs the service: kept no apart from it here.",
        },
        "attributes": attributes(uid, "service", own),
    }


def _ages(service: Mapping[str, Any]) -> dict[str, Any]:
    groups = service["eligibility"]
    youngest = [group.get("minimum_age") for group in groups]
    oldest = [group.get("maximum_age") for group in groups]
    words = "; ".join(_group(group) for group in groups)
    found: dict[str, Any] = {"eligibility_description": words}
    if None not in youngest:
        found["minimum_age"] = min(youngest)
    if None not in oldest:
        found["maximum_age"] = max(oldest)
    return found


def _group(group: Mapping[str, Any]) -> str:
    roles = [group["who"]] if isinstance(group["who"], str) else group["who"]
    low, high = group.get("minimum_age"), group.get("maximum_age")
    ages = {
        (False, False): "",
        (True, False): f", aged {low} or over",
        (False, True): f", aged {high} or under",
        (True, True): f", aged {low} to {high}",
    }[low is not None, high is not None]
    return ", ".join(role.replace("_", " ") for role in roles) + ages


def _ways_in(service: Mapping[str, Any]) -> dict[str, str]:
    urls = [link["url"] for link in service.get("links", ())]
    web = [url for url in urls if not url.startswith("mailto:")]
    mail = [url.removeprefix("mailto:") for url in urls if url.startswith("mailto:")]
    costs = {phone["cost"] for phone in service.get("phones", ()) if phone.get("cost")}
    happens = service.get("on_contact", {}).get("happens")
    found = {"url": web[0] if web else "", "email": mail[0] if mail else ""}
    found |= {"fees_description": " ".join(sorted(costs)), "application_process": happens or ""}
    return {key: value for key, value in found.items() if value}


def _dates(service: Mapping[str, Any]) -> dict[str, str]:
    facts = [fact for key in ("phones", "links", "schedules") for fact in service.get(key, ())]
    days = sorted(fact["assured_date"] for fact in facts)
    return {"assured_date": days[0]} if days else {}


def _phone(service_id: str, service: str, phone: Mapping[str, Any]) -> dict[str, Any]:
    uid = identifier("phone", service, phone["id"])
    fields = {"number", "instructions"}
    written = {"id": uid, "service_id": service_id, "number": phone["number"]}
    written["type"] = _TEXT if phone["type"].startswith("text") else _VOICE
    if "instructions" in phone:
        written["description"] = phone["instructions"]
    own = {key: value for key, value in phone.items() if key not in fields} | {"key_order": list(phone)}
    return {**written, "attributes": attributes(uid, "phone", own)}


def _schedule(service_id: str, service: str, number: int, schedule: Mapping[str, Any]) -> dict[str, Any]:
    uid = identifier("schedule", service, number)
    hours = schedule.get("opening_hours")
    written: dict[str, Any] = {"id": uid, "service_id": service_id}
    if hours:
        written["description"] = hours
        written |= dict(_rule(hours))
    if "note" in schedule:
        written["notes"] = schedule["note"]
    own = {key: value for key, value in schedule.items() if key not in {"opening_hours", "note"}}
    return {**written, "attributes": attributes(uid, "schedule", own | {"key_order": list(schedule)})}


def _rule(hours: str) -> Iterator[tuple[str, Any]]:
    """RFC 5545's fields, where one rule says it all; otherwise the description alone does."""
    if hours == "24/7":
        hours = "00:00-24:00"
    found = _ONE_RULE.fullmatch(hours)
    if not found or not {found[1], found[2]} <= {*_WEEK, None}:
        return
    first = _WEEK.index(found[1]) if found[1] else 0
    last = _WEEK.index(found[2]) if found[2] else first if found[1] else 6
    if last < first:
        return
    yield "freq", "WEEKLY"
    yield "byday", ",".join(day.upper() for day in _WEEK[first : last + 1])
    yield "opens_at", found[3]
    yield "closes_at", found[4]


def _area(service_id: str, nation: str) -> dict[str, Any]:
    uid = identifier(service_id, "area", nation)
    named = {"id": uid, "service_id": service_id, "name": NATIONS.get(nation, nation), "extent_type": "nation"}
    return {**named, "attributes": attributes(uid, "service_area", {"id": nation})}


def _language(service_id: str, code: str) -> dict[str, Any]:
    return {"id": identifier(service_id, "language", code), "service_id": service_id, "code": code, "name": code}
