"""HSDS 3.0 JSON as our services.

What we exported comes back exactly. A service from elsewhere comes in *paused*, so that nobody is sent to it before
somebody has said who it is for and held each fact against its source; `check` lists what is still to do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from bot.operations.hsds.vocabulary import IDENTIFIER, NATIONS, STATUS_BACK, UNITED_KINGDOM, own_values

_TO_DO: Final = (
    "Imported from another directory. Before it may be shown: say who may use it and for which topics, hold every fact "
    "against its source and assure it, then set its status to active."
)
_ROLES: Final = ("young_person", "parent_carer", "adult_self", "adult_survivor", "bystander", "professional", "friend")
_LONGEST: Final = 56
"""Of an id, with room for a number behind it."""
_DIALLED: Final = re.compile(r"\+?[0-9]+(?: [0-9]+)*")
_WEB: Final = re.compile(r"https?://[^\s/]+\.[^\s]+")
_MAIL: Final = re.compile(r"[^\s@]+@[^\s@]+")
_CODE: Final = re.compile(r"[a-z]{2,3}")
_DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})")
_TEXT: Final = frozenset({"text", "sms", "textphone"})
_AREA_CODES: Final = {
    "E92000001": "england",
    "W92000004": "wales",
    "S92000003": "scotland",
    "N92000002": "northern_ireland",
}
"""The Office for National Statistics' codes of the nations."""


class NotHsdsError(Exception):
    """The file does not hold services as HSDS 3 writes them; the text says where and what is missing."""


@dataclass(frozen=True, slots=True)
class Imported:
    """The resources.yaml's content, and what could not be taken over, one line each."""

    resources: dict[str, Any]
    left_out: tuple[str, ...]
    foreign: int


def imported(data: object, today: date) -> Imported:
    """Our services from an HSDS page of services, a list of them, or one. Raises `NotHsdsError`."""
    services: dict[str, Any] = {}
    listeners: dict[int, str] = {}
    left_out: list[str] = []
    foreign = 0
    for place, item in _services(data):
        try:
            own = own_values(item)
        except (ValueError, AttributeError, TypeError):
            raise NotHsdsError(f"{place}: an attribute of ours is not readable JSON.") from None
        if isinstance(own.get(IDENTIFIER), str):
            id_, service = _ours(place, item, own)
            if isinstance(own.get("when_nobody_answers"), int):
                listeners[own["when_nobody_answers"]] = id_
        else:
            foreign += 1
            id_, service = _foreign(place, item, today, left_out)
        services[_free(id_, services)] = service
    resources: dict[str, Any] = {}
    if listeners:
        resources["when_nobody_answers"] = [listeners[index] for index in sorted(listeners)]
    return Imported(resources | {"services": services}, tuple(left_out), foreign)


def _services(data: object) -> Iterator[tuple[str, Mapping[str, Any]]]:
    found: object = data
    where = "services"
    if isinstance(data, Mapping):
        for key in ("contents", "services"):
            if isinstance(data.get(key), Sequence):
                found, where = data[key], key
                break
        else:
            found, where = [data], "service"
    if not isinstance(found, Sequence) or isinstance(found, str):
        raise NotHsdsError("It holds no services: neither a list, nor a page with `contents`, nor one service.")
    for index, item in enumerate(found):
        place = f"{where}[{index}]"
        if (
            not isinstance(item, Mapping)
            or not isinstance(item.get("name"), str)
            or not isinstance(item.get("id"), str)
        ):
            raise NotHsdsError(f"{place}: a service has at least an `id`, a `name` and a `status` (HSDS 3.0).")
        yield place, item


def _ours(place: str, item: Mapping[str, Any], own: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    written: dict[str, Any] = {key: value for key, value in own.items() if key not in {IDENTIFIER, "key_order"}}
    written.pop("when_nobody_answers", None)
    try:
        written |= {"name": item["name"], "description": item["description"], "status": STATUS_BACK[item["status"]]}
        written["phones"] = [
            _fact(phone, {"number": "number", "description": "instructions"}) for phone in item["phones"]
        ]
        written["schedules"] = [
            _fact(schedule, {"description": "opening_hours", "notes": "note"}) for schedule in item["schedules"]
        ]
        written["nations"] = [own_values(area)[IDENTIFIER] for area in item["service_areas"]]
        written["languages"] = [language["code"] for language in item["languages"]]
        return own[IDENTIFIER], _ordered(written, own["key_order"])
    except (KeyError, TypeError, ValueError) as error:
        raise NotHsdsError(f"{place}: it says it came from us, but {error} is missing or changed.") from None


def _fact(item: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, Any]:
    own = own_values(item)
    order = own.pop("key_order")
    return _ordered(own | {ours: item[theirs] for theirs, ours in fields.items() if theirs in item}, order)


def _ordered(written: Mapping[str, Any], order: Sequence[str]) -> dict[str, Any]:
    """The keys in the order they stood in; an empty list that did not stand there was made on the way."""
    there = {key: written[key] for key in order if key in written}
    return there | {key: value for key, value in written.items() if key not in there and value != []}


def _foreign(place: str, item: Mapping[str, Any], today: date, left_out: list[str]) -> tuple[str, dict[str, Any]]:
    source = next((url for url in _addresses(item) if _WEB.fullmatch(url)), "not given")
    fact = {"source": source, "evidence": "undated_secondary", "assured_date": _assured(item, today)}
    group: dict[str, Any] = {"who": list(_ROLES)}
    for theirs in ("minimum_age", "maximum_age"):
        age = item.get(theirs)
        if isinstance(age, int | float) and not isinstance(age, bool) and 0 <= age <= 120:
            group[theirs] = int(age)
    service: dict[str, Any] = {
        "name": _words(item["name"]) or "Without a name",
        "kind": "helpline",
        "status": "paused" if STATUS_BACK.get(str(item.get("status")), "paused") != "closed" else "closed",
        "description": _words(item.get("description")) or "No description was given.",
        "eligibility": [group],
        "nations": list(_nations(item)),
        "topics": {},
    }
    languages = [code for code in (_code(language) for language in _list(item, "languages")) if code]
    if languages:
        service["languages"] = list(dict.fromkeys(languages))
    phones = list(_phones(place, item, fact, left_out))
    links = list(_links(item, fact))
    service |= {key: value for key, value in (("phones", phones), ("links", links)) if value}
    if _list(item, "schedules"):
        service["schedules"] = [{"note": note, **fact} for note in _hours(item)]
    happens = _words(item.get("application_process"))
    if happens:
        service["on_contact"] = {"happens": happens, "source": source, "assured_date": fact["assured_date"]}
    service |= {"confidence": "medium", "note": _TO_DO}
    return _slug(item["name"]), service


def _phones(place: str, item: Mapping[str, Any], fact: dict[str, Any], left_out: list[str]) -> Iterator[dict[str, Any]]:
    """Its own numbers, its contacts' and its locations'; each number once."""
    contacts = [phone for contact in _list(item, "contacts") for phone in _list(contact, "phones")]
    places = [phone for location in _list(item, "service_at_locations") for phone in _list(location, "phones")]
    seen: set[str] = set()
    for phone in (*_list(item, "phones"), *contacts, *places):
        number = " ".join(re.sub(r"[^0-9+]+", " ", str(phone.get("number", ""))).split()).replace("+ ", "+")
        if not _DIALLED.fullmatch(number):
            left_out.append(f"{place}: a telephone number that is none was left out.")
            continue
        if number in seen:
            continue
        seen.add(number)
        written: dict[str, Any] = {"id": f"phone_{len(seen)}", "number": number}
        text = str(phone.get("type", "")).casefold() in _TEXT
        short = len(number.replace(" ", "")) <= 6
        written["type"] = (
            ("text_short_code" if short else "text_national") if text else "short_code" if short else "national"
        )
        if words := _words(phone.get("description")):
            written["instructions"] = words
        yield written | fact


def _links(item: Mapping[str, Any], fact: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for number, address in enumerate(dict.fromkeys(_addresses(item)), 1):
        if _WEB.fullmatch(address):
            yield {"id": f"link_{number}", "type": "website", "url": address, **fact}
        elif _MAIL.fullmatch(address):
            yield {"id": f"link_{number}", "type": "email", "url": f"mailto:{address}", **fact}


def _addresses(item: Mapping[str, Any]) -> Iterator[str]:
    organization = item.get("organization")
    further = organization.get("website") if isinstance(organization, Mapping) else None
    for value in (item.get("url"), item.get("email"), None if item.get("url") else further):
        if isinstance(value, str) and value.strip():
            yield value.strip()


def _hours(item: Mapping[str, Any]) -> Iterator[str]:
    """Hours in words only: a rule that nobody has held against the page never counts as open."""
    for schedule in _list(item, "schedules"):
        keys = ("byday", "opens_at", "closes_at", "description", "notes")
        words = " ".join(filter(None, (_words(schedule.get(key)) for key in keys)))
        yield words or "Check their page for times."


def _nations(item: Mapping[str, Any]) -> Sequence[str]:
    """From its service areas; where none names a nation, all four, for somebody to narrow down."""
    found = [nation for area in _list(item, "service_areas") for nation in _nation(area)]
    return tuple(dict.fromkeys(found)) or UNITED_KINGDOM


def _nation(area: Mapping[str, Any]) -> Iterator[str]:
    words = " ".join(str(area.get(key, "")) for key in ("name", "extent", "uri", "description"))
    for code, nation in _AREA_CODES.items():
        if code in words or NATIONS[nation].casefold() in words.casefold():
            yield nation


def _code(language: Mapping[str, Any]) -> str | None:
    code = str(language.get("code", "")).casefold()
    return code if _CODE.fullmatch(code) else None


def _assured(item: Mapping[str, Any], today: date) -> str:
    """The day the other directory gives, unless it makes no sense: then one so old that it has to be looked at."""
    found = _DAY.match(str(item.get("assured_date") or item.get("last_modified") or ""))
    try:
        given = date.fromisoformat(found[1]) if found else date.min
    except ValueError:
        given = date.min
    return str(given) if date(2000, 1, 1) <= given <= today else "2000-01-01"


def _list(item: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    found = item.get(key)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _words(value: object) -> str:
    if not isinstance(value, str):
        return ""
    return " ".join("".join(one if one.isprintable() else " " for one in value).split())


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    slug = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:_LONGEST].strip("_")
    return slug if slug[:1].isalpha() else f"service_{slug}".rstrip("_")


def _free(id_: str, taken: Mapping[str, Any]) -> str:
    if id_ not in taken:
        return id_
    return next(f"{id_}_{number}" for number in range(2, len(taken) + 3) if f"{id_}_{number}" not in taken)
