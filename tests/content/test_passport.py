"""A passport vouches for every part of a fact, and for nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.passport import ServiceCard, facts_of, passport
from bot.content.service_schema import Fact, Kind, Link, OnContact, Phone, Schedule, Status, WrittenService
from bot.dialogue.engine import Engine

SOURCE = {"source": "https://example.org", "evidence": "own_site", "assured_date": "2026-11-01"}

WRITTEN: dict[type[Fact | OnContact], dict[str, Any]] = {
    Phone: {
        **SOURCE,
        "id": "phone",
        "number": "85258",
        "type": "text_short_code",
        "keyword": "SHOUT",
        "instructions": "Say anything.",
        "cost": "Free",
        "bill": "Not on the bill.",
        "source_date": "2025",
    },
    Link: {**SOURCE, "id": "chat", "type": "webchat", "url": "https://example.org/chat"},
    Schedule: {
        **SOURCE,
        "opening_hours": "Mo-Fr 09:00-17:00",
        "contacts": ["phone", "text"],
        "timezone": "Europe/Paris",
        "holidays_of": "wales",
    },
    OnContact: {
        "happens": "Somebody listens.",
        "police": "They tell nobody.",
        "name": "No name.",
        "account": "No account.",
        "passes_on": "In danger only.",
        "know_first": ["police"],
        "source": "https://example.org",
        "assured_date": "2026-11-01",
    },
}
"""One fact of each kind, with every key it can have."""

SHAPES = st.sampled_from(list(WRITTEN))

OTHERS: dict[str, st.SearchStrategy[Any]] = {
    "evidence": st.sampled_from(["official_other", "dated_secondary", "undated_secondary"]),
    "assured_date": st.dates(date(2020, 1, 1), date(2026, 10, 31)).map(str),
    "number": st.from_regex(r"[0-9]{3,11}", fullmatch=True),
    "type": st.sampled_from(["form", "website"]),
    "url": st.from_regex(r"https://[a-z]{1,9}\.org/[a-z]{1,9}", fullmatch=True),
    "contacts": st.lists(st.sampled_from(["phone", "text", "chat"]), min_size=1, unique=True),
    "holidays_of": st.sampled_from(["england", "scotland"]),
    "id": st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True),
    "know_first": st.just(["account"]),
}
WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)


def fact(shape: type[Fact | OnContact], written: Mapping[str, Any]) -> Fact | OnContact:
    return shape.model_validate(dict(written))


@given(SHAPES, st.data())
def test_any_change_of_anything_covered_needs_a_new_one(shape: type[Fact | OnContact], data: st.DataObject) -> None:
    written = WRITTEN[shape]
    key = data.draw(st.sampled_from(sorted(written)))
    if shape is Phone and key == "type":
        other = data.draw(st.sampled_from(["text_national", "national"]))
    else:
        other = data.draw(OTHERS.get(key, WORDS))
    before, after = fact(shape, written), fact(shape, {**written, key: other})
    assert (passport("helpline", before) == passport("helpline", after)) is (before == after)


@pytest.mark.parametrize("shape", WRITTEN)
def test_every_key_but_itself_and_the_editors_note_is_covered(shape: type[Fact | OnContact]) -> None:
    assert set(WRITTEN[shape]) | {"passport", "note", "source_date"} >= set(shape.model_fields)


@given(SHAPES, st.data())
def test_leaving_a_key_out_needs_a_new_one(shape: type[Fact | OnContact], data: st.DataObject) -> None:
    written = WRITTEN[shape]
    optional = [key for key in written if not shape.model_fields[key].is_required()]
    if not optional:
        return
    gone = data.draw(st.sampled_from(sorted(optional)))
    fewer = {key: value for key, value in written.items() if key != gone}
    assert passport("helpline", fact(shape, written)) != passport("helpline", fact(shape, fewer))


@given(SHAPES, st.randoms())
def test_the_order_of_keys_changes_nothing(shape: type[Fact | OnContact], chance: Any) -> None:
    keys = list(WRITTEN[shape])
    chance.shuffle(keys)
    shuffled = {key: WRITTEN[shape][key] for key in keys}
    assert passport("helpline", fact(shape, shuffled)) == passport("helpline", fact(shape, WRITTEN[shape]))


def test_the_passport_itself_and_notes_for_editors_are_not_covered() -> None:
    written = WRITTEN[Schedule]
    noted = {**written, "note": "Ask again in May.", "passport": "whatever"}
    assert passport("helpline", fact(Schedule, noted)) == passport("helpline", fact(Schedule, written))


def test_a_default_written_out_means_the_same() -> None:
    written = {**SOURCE, "opening_hours": "24/7"}
    written_out = {**written, "timezone": "Europe/London", "contacts": []}
    assert passport("helpline", fact(Schedule, written_out)) == passport("helpline", fact(Schedule, written))


def test_a_fact_copied_to_another_service_needs_a_new_one() -> None:
    phone = fact(Phone, WRITTEN[Phone])
    assert passport("helpline", phone) != passport("other_line", phone)


def test_a_passport_is_eight_letters_or_digits_that_nobody_mixes_up() -> None:
    for shape, written in WRITTEN.items():
        assert set(passport("helpline", fact(shape, written))) <= set("abcdefghijklmnopqrstuvwxyz234567")
        assert len(passport("helpline", fact(shape, written))) == 8


def test_passports_in_the_world_stay_as_they_are() -> None:
    """Passports stand in charities' files: this one must never change, whatever becomes of the code."""
    phone = Phone.model_validate({**SOURCE, "id": "phone", "number": "0800 1111", "type": "eight_digit"})
    assert phone.assured_date == date(2026, 11, 1)
    assert passport("childline", phone) == "w3fe3y52"
    assert (
        passport("childline", phone.model_copy(update={"assured_date": date(2026, 11, 1) + timedelta(1)})) != "w3fe3y52"
    )


def test_facts_go_by_their_contact_or_sort() -> None:
    service = WrittenService.model_validate(
        {
            "name": "A helpline",
            "kind": "helpline",
            "status": "active",
            "description": "Somebody listens.",
            "eligibility": [{"who": "friend"}],
            "nations": ["wales"],
            "topics": {},
            "phones": [WRITTEN[Phone]],
            "links": [WRITTEN[Link]],
            "schedules": [WRITTEN[Schedule], {**SOURCE, "opening_hours": "24/7"}],
            "on_contact": WRITTEN[OnContact],
            "confidence": "high",
        }
    )
    assert [item.name for item in facts_of("helpline", service)] == [
        "helpline.phone",
        "helpline.chat",
        "helpline.schedule.1",
        "helpline.schedule.2",
        "helpline.on_contact",
    ]


def test_every_fact_of_the_shipped_content_has_its_own(engine: Engine) -> None:
    services = engine.content.services.values()
    unfit = [item.name for service in services for item in facts_of(service.id, service.facts) if not item.fits]
    assert unfit == []


def test_it_vouches_for_whom_a_contact_serves() -> None:
    phone = fact(Phone, WRITTEN[Phone])
    adults = ("friend 18-", "england")
    assert passport("helpline", phone, adults) != passport("helpline", phone, ("friend 0-", "england"))
    assert passport("helpline", phone, adults) != passport("helpline", phone, (*adults, "wales"))


def shipped_card(engine: Engine, **changes: Any) -> ServiceCard:
    facts = engine.content.services["childline"].facts
    return ServiceCard("childline", facts.model_copy(update=changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Childlime"},
        {"kind": Kind.INFORMATION},
        {"description": "Something else."},
        {"topics": {"grooming": 1}},
        {"pair": "samaritans"},
        {"languages": ("pl",)},
        {"nations": ("wales",)},
        {"phones": ()},
        {"on_contact": None},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_card_that_says_something_else_needs_a_new_one(engine: Engine, changes: dict[str, Any]) -> None:
    assert shipped_card(engine).fits
    assert not shipped_card(engine, **changes).fits


def test_a_service_may_be_paused_at_once_but_not_opened_unseen(engine: Engine) -> None:
    assert shipped_card(engine, status=Status.PAUSED).fits
    closed = ServiceCard("shore", engine.content.services["shore"].facts)
    assert closed.fits
    assert not ServiceCard("shore", closed.fact.model_copy(update={"status": Status.ACTIVE})).fits


def test_notes_and_further_sources_are_nobodys_card(engine: Engine) -> None:
    assert shipped_card(engine, note="Ask again in May.", sources=()).fits
