"""A fact's passport: a fingerprint of everything that somebody assured when they held it against its source.

A digit, an hour or an address that is changed afterwards no longer fits its passport, so a slip of one key never goes
live (rule WP301). Only `python -m bot services assure` issues a new one. A service has one of its own, for what its
card says besides those facts: what it is, whom it is for and where it is offered.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.content.service_schema import Fact, Link, OnContact, Phone, Schedule, Status, WrittenService

SCHEDULE: Final = "schedule"
ON_CONTACT: Final = "on_contact"
CARD: Final = "card"

Serves = tuple[str, ...]
"""Each group of people and each nation, in words that do not depend on their order in the file."""

_KINDS: Final[dict[type[Fact | OnContact], str]] = {
    Phone: "phone",
    Link: "link",
    Schedule: SCHEDULE,
    OnContact: ON_CONTACT,
}
_NOT_COVERED: Final = frozenset({"passport", "note"})
_OF_CARD: Final = (
    "name",
    "kind",
    "status",
    "description",
    "topics",
    "pair",
    "languages",
    "accessibility",
    "assured_date",
)
_BYTES: Final = 5
"""40 bits: enough that no slip goes unnoticed. It guards against mistakes, not against somebody who forges one."""


@dataclass(frozen=True, slots=True)
class ServiceFact:
    """One fact of a service. ``name`` is what people call it by: ``childline.phone``, ``childline.schedule``."""

    service: str
    name: str
    fact: Fact | OnContact
    path: tuple[str | int, ...]
    """Where it stands below its service: ``("phones", 0)``."""
    serves: Serves = ()
    """Of a contact: whom the service serves, since a right number for the wrong people is a wrong number."""
    written_at: tuple[str | int, ...] = ()
    """Where it stands in its file, where that is not below ``services`` (see `bot.content.changes`)."""

    @property
    def passport(self) -> str:
        """The passport that fits it as it stands."""
        return passport(self.service, self.fact, self.serves)

    @property
    def fits(self) -> bool:
        """Whether the passport written beside it is its own."""
        return self.fact.passport == self.passport

    @property
    def vouched(self) -> dict[str, object]:
        """Everything that its passport vouches for, by its key."""
        return {**covered(self.fact), **({"serves": list(self.serves)} if self.serves else {})}


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """What a service is, apart from its facts; its passport stands in the service itself. ``name``: as for a fact."""

    service: str
    fact: WrittenService
    written_at: tuple[str | int, ...] = ()
    """As for a fact."""

    @property
    def name(self) -> str:
        """``childline.card``."""
        return f"{self.service}.{CARD}"

    @property
    def path(self) -> tuple[str | int, ...]:
        """Its keys are the service's own."""
        return ()

    @property
    def serves(self) -> Serves:
        """Whom the service serves."""
        return _serves(self.fact)

    @property
    def passport(self) -> str:
        """The passport that fits it as it stands."""
        return _fingerprint({"service": self.service, "kind": CARD, "fact": self.vouched})

    @property
    def fits(self) -> bool:
        """Whether the passport written there is its own. A service that was assured may be paused or closed at once,
        and opened again; one that was assured while closed may not."""
        if self.fact.status is Status.ACTIVE or self.fact.passport == self.passport:
            return self.fact.passport == self.passport
        open_ = self.fact.model_copy(update={"status": Status.ACTIVE})
        return self.fact.passport == ServiceCard(self.service, open_).passport

    @property
    def vouched(self) -> dict[str, object]:
        """Everything that its passport vouches for, by its key; ``facts`` names those that are there, in their order:
        one that is taken away leaves the others as they are."""
        written = self.fact.model_dump(mode="json", include=set(_OF_CARD))
        kept = {key: value for key, value in written.items() if value not in (None, [], {})}
        facts = [fact.name.partition(".")[2] for fact in self.facts]
        return {**kept, "serves": list(self.serves), "facts": facts}

    @property
    def facts(self) -> tuple[ServiceFact, ...]:
        """The facts of the service."""
        return tuple(facts_of(self.service, self.fact))


Assurable = ServiceFact | ServiceCard
"""Whatever `services assure` gives a passport."""


def covered(fact: Fact | OnContact) -> dict[str, object]:
    """Everything a passport vouches for, by its key: what people are told, where it stands and when it was held
    against that. What is not given is not in it, so that a new optional key leaves all passports as they are."""
    written = fact.model_dump(mode="json", exclude=set(_NOT_COVERED))
    return {key: value for key, value in written.items() if value not in (None, [], {})}


def passport(service: str, fact: Fact | OnContact, serves: Serves = ()) -> str:
    """Eight characters (base 32, small letters) for a fact of the service with this id, which serves these people."""
    whole = {"service": service, "kind": _KINDS[type(fact)], "fact": covered(fact)}
    if serves:
        whole["serves"] = list(serves)
    return _fingerprint(whole)


def _fingerprint(whole: Mapping[str, object]) -> str:
    canonical = json.dumps(whole, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    digest = hashlib.blake2s(canonical.encode("ascii"), digest_size=_BYTES, person=b"waypost1").digest()
    return base64.b32encode(digest).decode("ascii").lower()


def facts_of(service: str, written: WrittenService) -> Iterator[ServiceFact]:
    """Every fact of a service. Contacts go by their ids; several schedules by ``schedule.1``, ``schedule.2``, …"""
    serves = _serves(written)
    for index, phone in enumerate(written.phones):
        yield ServiceFact(service, f"{service}.{phone.id}", phone, ("phones", index), serves)
    for index, link in enumerate(written.links):
        yield ServiceFact(service, f"{service}.{link.id}", link, ("links", index), serves)
    for index, schedule in enumerate(written.schedules):
        number = f".{index + 1}" if len(written.schedules) > 1 else ""
        yield ServiceFact(service, f"{service}.{SCHEDULE}{number}", schedule, ("schedules", index))
    if written.on_contact is not None:
        yield ServiceFact(service, f"{service}.{ON_CONTACT}", written.on_contact, ("on_contact",))


def assurable(service: str, written: WrittenService) -> Iterator[Assurable]:
    """Every fact of a service, and after them its card."""
    yield from facts_of(service, written)
    yield ServiceCard(service, written)


def _serves(written: WrittenService) -> Serves:
    groups = [
        f"{role} {group.minimum_age or 0}-{'' if group.maximum_age is None else group.maximum_age}"
        for group in written.eligibility
        for role in group.who
    ]
    return (*sorted(groups), *sorted(written.nations))
