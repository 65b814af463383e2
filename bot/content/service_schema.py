"""The shape of resources.yaml: services and their facts.

Field names follow Open Referral UK / HSDS 3 (https://docs.openhumanservices.org) where it has a term.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StrictInt, StringConstraints

from bot.content.flow_schema import WrittenAcceptance
from bot.content.ids import (
    Id,
    NationId,
    RoleId,
    ServiceId,
    TopicId,
    Words,
)
from bot.content.schema import Day, Model, as_list


class Kind(StrEnum):
    """What sort of help a service is."""

    EMERGENCY = "emergency"
    POLICE = "police"
    HELPLINE = "helpline"
    TEXTLINE = "textline"
    WEBCHAT = "webchat"
    REPORTING = "reporting"
    REMOVAL = "removal"
    THERAPY = "therapy"
    INFORMATION = "information"
    PROFESSIONAL = "professional"


class Status(StrEnum):
    """Only active services are shown."""

    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"


class PhoneType(StrEnum):
    """What kind of number this is, so that a slip of a digit is noticed and the right verb is shown."""

    NATIONAL = "national"
    SHORT_CODE = "short_code"
    EIGHT_DIGIT = "eight_digit"
    TEXT_SHORT_CODE = "text_short_code"
    TEXT_NATIONAL = "text_national"

    @property
    def is_text(self) -> bool:
        """Whether one writes to it rather than rings it."""
        return self in {PhoneType.TEXT_SHORT_CODE, PhoneType.TEXT_NATIONAL}


class LinkType(StrEnum):
    """What stands behind an address."""

    WEBCHAT = "webchat"
    FORM = "form"
    WEBSITE = "website"
    EMAIL = "email"
    WHATSAPP = "whatsapp"


class Evidence(StrEnum):
    """How good the source is."""

    OWN_SITE = "own_site"
    OFFICIAL_OTHER = "official_other"
    DATED_SECONDARY = "dated_secondary"
    UNDATED_SECONDARY = "undated_secondary"


class Fact(Model):
    """What every fact carries: where it stands, how good that is, and when it was last held against it."""

    source: Words
    evidence: Evidence
    assured_date: Day
    source_date: Words | None = None
    passport: Words | None = None


class Phone(Fact):
    """A number to ring or text, in the spacing people should read."""

    id: Id
    number: Annotated[str, StringConstraints(pattern=r"^\+?[0-9]+( [0-9]+)*$")]
    type: PhoneType
    keyword: Words | None = None
    instructions: Words | None = None
    cost: Words | None = None
    bill: Words | None = None


class Link(Fact):
    """An address to open or write to."""

    id: Id
    type: LinkType
    url: Annotated[str, StringConstraints(pattern=r"^(https?://[^\s/]+\.[^\s]+|mailto:[^\s@]+@[^\s@]+)$")]


class Schedule(Fact):
    """When people answer. Without `opening_hours` the times are not known, and it never counts as open."""

    opening_hours: Words | None = None
    contacts: tuple[Id, ...] = ()
    timezone: Words = "Europe/London"
    holidays_of: NationId | None = None
    note: Words | None = None


class KnowFirst(StrEnum):
    """What a person should know before they open a link or ring; each is a short sentence of the shared texts."""

    POLICE = "police"
    POLICE_MAYBE = "police_maybe"
    POLICE_UNNAMED = "police_unnamed"
    ACCOUNT = "account"
    ACCOUNT_FOR_CHAT = "account_for_chat"
    REACHABLE = "reachable"


class OnContact(Model):
    """What happens when one gets in touch. What no source says stays empty.

    `know_first` stands on the short card, before the contacts; it is given, if only as an empty list, wherever
    `police` or `account` says anything.
    """

    happens: Words | None = None
    police: Words | None = None
    name: Words | None = None
    account: Words | None = None
    passes_on: Words | None = None
    know_first: tuple[KnowFirst, ...] | None = None
    source: Words
    assured_date: Day
    passport: Words | None = None


class Eligibility(Model):
    """One group that may use a service; ages in whole years, of the person who gets in touch."""

    who: Annotated[
        tuple[Id, ...],
        Field(min_length=1),
        BeforeValidator(as_list, json_schema_input_type=RoleId | Annotated[tuple[RoleId, ...], Field(min_length=1)]),
    ]
    minimum_age: Annotated[StrictInt, Field(ge=0, le=120)] | None = None
    maximum_age: Annotated[StrictInt, Field(ge=0, le=120)] | None = None


class WrittenService(Model):
    """One entry of resources.yaml."""

    name: Words
    kind: Kind
    status: Status
    description: Words
    eligibility: tuple[Eligibility, ...] = Field(min_length=1)
    nations: tuple[NationId, ...] = Field(min_length=1)
    topics: dict[TopicId, Annotated[StrictInt, Field(ge=1, le=9)]]
    pair: ServiceId | None = None
    languages: tuple[Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")], ...] = ()
    accessibility: tuple[Words, ...] = ()
    phones: tuple[Phone, ...] = ()
    links: tuple[Link, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    on_contact: OnContact | None = None
    sources: tuple[Words, ...] = ()
    confidence: Annotated[
        str, StringConstraints(pattern=r"^(high|medium)$"), Field(json_schema_extra={"enum": ["high", "medium"]})
    ]
    assured_date: Day | None = None
    passport: Words | None = None
    note: Words | None = None
    accept: tuple[WrittenAcceptance, ...] = ()

    @property
    def contact_ids(self) -> tuple[str, ...]:
        """The ids of all phones and links, by which texts and schedules name them."""
        return (*(phone.id for phone in self.phones), *(link.id for link in self.links))


class ResourcesFile(Model):
    """resources.yaml. `when_nobody_answers` names, best first, who listens when everyone else is closed.

    `change` holds parts of services that an earlier pack has, and `remove` names those that are never to be
    shown here.
    """

    when_nobody_answers: tuple[ServiceId, ...] = ()
    services: dict[Id, WrittenService] = Field(default_factory=dict)
    change: dict[ServiceId, dict[str, Any]] = Field(default_factory=dict)
    remove: tuple[ServiceId, ...] = ()
