"""The shape of content files, exactly as authors write them (docs/writing.md). Names and references are checked later.

Field names of services follow Open Referral UK / HSDS 3 (https://docs.openhumanservices.org) where it has a term.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _as_lines(value: Any) -> Any:
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


Day = Annotated[date, BeforeValidator(_date_text)]


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

    values: Annotated[tuple[Words, ...], BeforeValidator(_as_list), Field(min_length=1)]
    negated: StrictBool = False


When = dict[Id, Annotated[WrittenCondition, BeforeValidator(_as_condition)]]


class WrittenLine(Model):
    """A part of a screen's text, hidden unless `when` holds."""

    text: Words
    when: When = Field(default_factory=dict)


class WrittenChoice(Model):
    """A button the author wrote."""

    label: Annotated[Words, StringConstraints(max_length=60)]
    go: Words
    set: dict[Id, Words] = Field(default_factory=dict)
    when: When = Field(default_factory=dict)


class WrittenSignpost(Model):
    """Which services a step shows."""

    topic: Id | None = None
    services: tuple[Id, ...] = ()
    always: tuple[Id, ...] = ()
    at_most: Annotated[StrictInt, Field(ge=1, le=6)] = 3


class WrittenStep(Model):
    """One screen of a flow."""

    say: Annotated[tuple[WrittenLine, ...], BeforeValidator(_as_lines), Field(min_length=1)]
    signpost: WrittenSignpost | None = None
    ask: Words | None = None
    choices: tuple[WrittenChoice, ...] = ()
    risk: Risk | None = None
    when: When = Field(default_factory=dict)
    end: StrictBool = False


class WrittenFlow(Model):
    """A flow file."""

    flow: Id
    title: Words
    audience: Annotated[tuple[Id, ...], BeforeValidator(_as_list)] = Field(default=(), alias="for")
    risk: Risk
    start: Words
    steps: dict[Id, WrittenStep] = Field(min_length=1)


# --- answers


class WrittenValue(Model):
    """One value of an answer. `code` travels in tokens. `from`/`to` are ages in whole years, for age bands."""

    code: Annotated[StrictInt, Field(ge=1, le=15)]
    label: Words
    assume: dict[Id, tuple[Id, ...]] = Field(default_factory=dict)
    youngest: Annotated[StrictInt, Field(ge=0)] | None = Field(default=None, alias="from")
    oldest: Annotated[StrictInt, Field(ge=0)] | None = Field(default=None, alias="to")


class WrittenAnswer(Model):
    """A closed question, declared once for all flows."""

    code: Annotated[StrictInt, Field(ge=1, le=5)]
    ask: Words
    values: dict[Id, WrittenValue] = Field(min_length=2)
    retired: dict[Id, StrictInt] = Field(default_factory=dict)


class AnswersFile(Model):
    """flows/shared/answers.yaml."""

    answers: dict[Id, WrittenAnswer]


class TextsFile(Model):
    """flows/shared/texts.yaml."""

    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    language_name: Words
    texts: dict[Id, Words]


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
    nations: dict[Id, tuple[Holiday, ...]]


# --- what people type


class WrittenIntent(Model):
    """What a message can be about: where it leads, and the words that show it."""

    go: Words
    risk: Risk = Risk.NONE
    phrases: tuple[Words, ...] = Field(min_length=1)


class PhrasesFile(Model):
    """flows/phrases/<language>.yaml."""

    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    intents: dict[Id, WrittenIntent]


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
    holidays_of: Id | None = None
    note: Words | None = None


class OnContact(Model):
    """What happens when one gets in touch. What no source says stays empty."""

    happens: Words | None = None
    police: Words | None = None
    name: Words | None = None
    account: Words | None = None
    passes_on: Words | None = None
    source: Words
    assured_date: Day


class Eligibility(Model):
    """One group that may use a service; ages in whole years, of the person who gets in touch."""

    who: Annotated[tuple[Id, ...], BeforeValidator(_as_list), Field(min_length=1)]
    minimum_age: Annotated[StrictInt, Field(ge=0, le=120)] | None = None
    maximum_age: Annotated[StrictInt, Field(ge=0, le=120)] | None = None


class WrittenService(Model):
    """One entry of resources.yaml."""

    name: Words
    kind: Kind
    status: Status
    description: Words
    eligibility: tuple[Eligibility, ...] = Field(min_length=1)
    nations: tuple[Id, ...] = Field(min_length=1)
    topics: dict[Id, Annotated[StrictInt, Field(ge=1, le=9)]]
    pair: Id | None = None
    languages: tuple[Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")], ...] = ()
    accessibility: tuple[Words, ...] = ()
    phones: tuple[Phone, ...] = ()
    links: tuple[Link, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    on_contact: OnContact | None = None
    sources: tuple[Words, ...] = ()
    confidence: Annotated[str, StringConstraints(pattern=r"^(high|medium)$")]
    note: Words | None = None

    @property
    def contact_ids(self) -> tuple[str, ...]:
        """The ids of all phones and links, by which texts and schedules name them."""
        return (*(phone.id for phone in self.phones), *(link.id for link in self.links))


class ResourcesFile(Model):
    """resources.yaml."""

    services: dict[Id, WrittenService]
