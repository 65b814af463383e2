"""The shape of content files, exactly as authors write them (docs/writing.md). Names and references are checked later.

`python -m bot schema` is made from these types too: ``json_schema_input_type`` gives the short ways of writing. What
each key means to an author stands in key_help.py.

Field names of services follow Open Referral UK / HSDS 3 (https://docs.openhumanservices.org) where it has a term.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, StringConstraints

from bot.content.ids import (
    AnswerId,
    FormerStep,
    Id,
    NationId,
    RoleId,
    ServiceId,
    Target,
    TextKey,
    TopicId,
    ValueId,
    Words,
    WrittenDay,
)


def as_list(value: Any) -> Any:
    """One text as a list of it: the short way of writing."""
    return [value] if isinstance(value, str) else value


def as_lines(value: Any) -> Any:
    """Texts as lines without conditions: the short ways of writing."""
    items = [value] if isinstance(value, str | dict) else value
    if not isinstance(items, list):
        return value
    return [{"text": item} if isinstance(item, str) else item for item in items]


def _as_condition(value: Any) -> Any:
    if isinstance(value, str | list):
        return {"values": value}
    if isinstance(value, dict) and set(value) == {"not"}:
        return {"values": value["not"], "negated": True}
    return value


def _date_text(value: Any) -> Any:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError("expected a date such as 2026-11-22")
    return value


Day = Annotated[date, BeforeValidator(_date_text, json_schema_input_type=WrittenDay)]


class Model(BaseModel):
    """Base of all: immutable, and nothing that the format does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Risk(StrEnum):
    """How much is at stake, from nothing to a life right now."""

    NONE = "none"
    CONCERN = "concern"
    HIGH = "high"
    IMMEDIATE = "immediate"


# --- flows


class WrittenCondition(Model):
    """One line of a `when`: the answer's value must be (or, negated, not be) one of these."""

    values: Annotated[tuple[Words, ...], BeforeValidator(as_list), Field(min_length=1)]
    negated: StrictBool = False


OneOrMoreValues = ValueId | Annotated[tuple[ValueId, ...], Field(min_length=1)]


class WrittenNegation(Model):
    """Any value but these."""

    values: OneOrMoreValues = Field(alias="not")


When = dict[
    AnswerId,
    Annotated[
        WrittenCondition, BeforeValidator(_as_condition, json_schema_input_type=OneOrMoreValues | WrittenNegation)
    ],
]


class WrittenLine(Model):
    """A part of a screen's text, hidden unless `when` holds."""

    text: Words
    when: When = Field(default_factory=dict)


class WrittenChoice(Model):
    """A button the author wrote."""

    label: Annotated[Words, StringConstraints(max_length=60)]
    go: Target
    set: dict[AnswerId, ValueId] = Field(default_factory=dict)
    when: When = Field(default_factory=dict)


class WrittenSignpost(Model):
    """Which services a step shows."""

    topic: TopicId | None = None
    services: tuple[ServiceId, ...] = ()
    always: tuple[ServiceId, ...] = ()
    at_most: Annotated[StrictInt, Field(ge=1, le=6)] = 3


OneOrMoreLines = Words | Annotated[tuple[Words | WrittenLine, ...], Field(min_length=1)] | WrittenLine


class WrittenAcceptance(Model):
    """A finding of `check` that is taken as it is at this place, up to and with the day `until`."""

    code: Annotated[str, StringConstraints(pattern=r"^WP[0-9]{3}$")]
    because: Words
    by: Words
    until: Day


class WrittenStep(Model):
    """One screen of a flow."""

    say: Annotated[
        tuple[WrittenLine, ...], Field(min_length=1), BeforeValidator(as_lines, json_schema_input_type=OneOrMoreLines)
    ]
    signpost: WrittenSignpost | None = None
    ask: Words | None = None
    choices: tuple[WrittenChoice, ...] = ()
    risk: Risk | None = None
    when: When = Field(default_factory=dict)
    end: StrictBool = False
    accept: tuple[WrittenAcceptance, ...] = ()


class WrittenFlow(Model):
    """A flow file."""

    flow: Id
    title: Words
    audience: Annotated[
        tuple[Id, ...], BeforeValidator(as_list, json_schema_input_type=RoleId | tuple[RoleId, ...])
    ] = Field(default=(), alias="for")
    risk: Risk
    start: Annotated[Words, Field(json_schema_extra={"pattern": r"^[a-z][a-z0-9_]{0,59}$"})]
    steps: dict[Id, WrittenStep] = Field(min_length=1)
    moved_to: dict[FormerStep, Target] = Field(default_factory=dict)
    accept: tuple[WrittenAcceptance, ...] = ()


# --- answers


class WrittenValue(Model):
    """One value of an answer. `code` travels in tokens. `from`/`to` are ages in whole years, for age bands."""

    code: Annotated[StrictInt, Field(ge=1, le=15)]
    label: Words
    assume: dict[AnswerId, tuple[ValueId, ...]] = Field(default_factory=dict)
    youngest: Annotated[StrictInt, Field(ge=0)] | None = Field(default=None, alias="from")
    oldest: Annotated[StrictInt, Field(ge=0)] | None = Field(default=None, alias="to")


class WrittenAnswer(Model):
    """A closed question, declared once for all flows."""

    code: Annotated[StrictInt, Field(ge=1, le=5)]
    ask: Words
    values: dict[Id, WrittenValue] = Field(min_length=2)
    retired: dict[Id, StrictInt] = Field(default_factory=dict)


class AnswersFile(Model):
    """flows/shared/answers.yaml. `remove` retires values of answers that an earlier pack has."""

    answers: dict[Id, WrittenAnswer] = Field(default_factory=dict)
    remove: dict[AnswerId, tuple[ValueId, ...]] = Field(default_factory=dict)


class TextsFile(Model):
    """flows/shared/texts.yaml."""

    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    language_name: Words
    texts: dict[TextKey, Words]


# --- public holidays


class HolidayYears(Model):
    """The years the table is whole for."""

    first: StrictInt = Field(alias="from")
    last: StrictInt = Field(alias="to")


class Holiday(Model):
    """One public holiday."""

    date: Day
    name: Words


class HolidaysFile(Model):
    """flows/shared/bank_holidays.yaml."""

    source: Words
    assured_date: Day
    years: HolidayYears
    nations: dict[NationId, tuple[Holiday, ...]]


# --- services


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
