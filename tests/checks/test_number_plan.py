"""Our extract of the numbering plan, held against the metadata that telephones themselves use."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checks.number_plan import complaint
from bot.content.service_schema import PhoneType
from bot.dialogue.engine import Engine


def valid(number: str) -> bool:
    return phonenumbers.is_valid_number(phonenumbers.parse(number, "GB"))


def test_the_shipped_numbers_exist_by_both(engine: Engine) -> None:
    long = {PhoneType.NATIONAL, PhoneType.TEXT_NATIONAL, PhoneType.EIGHT_DIGIT}
    phones = [phone for service in engine.content.services.values() for phone in service.facts.phones]
    assert [phone.number for phone in phones if complaint(phone.number, phone.type)] == []
    assert [phone.number for phone in phones if phone.type in long and not valid(phone.number)] == []


def test_the_shipped_short_codes_to_ring_exist_by_both(engine: Engine) -> None:
    codes = {
        phone.number.replace(" ", "")
        for service in engine.content.services.values()
        for phone in service.facts.phones
        if phone.type is PhoneType.SHORT_CODE
    }
    short = {
        code for code in codes if phonenumbers.is_valid_short_number_for_region(phonenumbers.parse(code, "GB"), "GB")
    }
    assert codes - short <= {"116000"}, "text relay and the European lines are known to Ofcom, not to every telephone"


GEOGRAPHIC = ("0113", "0131", "01382", "020", "028", "029")
ORDINARY = ("0300", "0333", "0345", "0370", "055", "056", "071", "074", "077", "079", "0800", "0808", "0843", "0870")
REFUSED = ("070", "076", "0809", "0500", "04", "06", "090", "098")
BEGINNINGS = st.sampled_from(GEOGRAPHIC + ORDINARY + REFUSED)


@given(BEGINNINGS, st.text("0123456789", max_size=9))
def test_no_number_that_telephones_refuse_by_its_length_passes(beginning: str, rest: str) -> None:
    number = beginning + rest
    if complaint(number, PhoneType.NATIONAL) is None:
        assert phonenumbers.is_possible_number(phonenumbers.parse(number, "GB"))


@given(BEGINNINGS, st.text("0123456789", min_size=5, max_size=9))
def test_no_free_or_ordinary_number_that_telephones_know_is_refused(beginning: str, rest: str) -> None:
    number = beginning + rest
    parsed = phonenumbers.parse(number, "GB")
    kinds = phonenumbers.PhoneNumberType
    refused = {kinds.PREMIUM_RATE, kinds.PERSONAL_NUMBER, kinds.PAGER}
    known = phonenumbers.is_valid_number(parsed) and phonenumbers.number_type(parsed) not in refused
    why = complaint(number, PhoneType.NATIONAL)
    if known and not (why and "films" in why):
        assert why is None


@pytest.mark.parametrize(
    ("number", "kind", "words"),
    [
        ("0800 111 11", PhoneType.NATIONAL, "has 9 digits"),
        ("0808 808 800", PhoneType.NATIONAL, "has 10 digits; a number that begins with 0808 has 11"),
        ("0700 123 4567", PhoneType.NATIONAL, "personal number"),
        ("0909 123 4567", PhoneType.NATIONAL, "premium rate"),
        ("0500 123 456", PhoneType.NATIONAL, "switched off"),
        ("0400 123 4567", PhoneType.NATIONAL, "begins with 0400"),
        ("07700 900123", PhoneType.NATIONAL, "films and examples"),
        ("0207 946 0123", PhoneType.NATIONAL, "films and examples"),
        ("020 7219 3000", PhoneType.TEXT_NATIONAL, "only mobile numbers"),
        ("0800 1112", PhoneType.EIGHT_DIGIT, "Childline's, 0800 1111"),
        ("998", PhoneType.SHORT_CODE, "no short code to ring"),
        ("116 124", PhoneType.SHORT_CODE, "no short code to ring"),
        ("8525", PhoneType.TEXT_SHORT_CODE, "5 or 6 digits"),
        ("25258", PhoneType.TEXT_SHORT_CODE, "begin with 6, 7 or 8"),
        ("+44 800 111 11", PhoneType.NATIONAL, "has 9 digits"),
        ("+353", PhoneType.NATIONAL, "no international number"),
    ],
)
def test_what_cannot_be_is_said(number: str, kind: PhoneType, words: str) -> None:
    assert words in (complaint(number, kind) or "")


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("0800 1111", PhoneType.EIGHT_DIGIT),
        ("116 123", PhoneType.SHORT_CODE),
        ("116 000", PhoneType.TEXT_SHORT_CODE),
        ("85258", PhoneType.TEXT_SHORT_CODE),
        ("0800 555 111", PhoneType.NATIONAL),
        ("0800 068 4141", PhoneType.NATIONAL),
        ("+44 20 7219 3000", PhoneType.NATIONAL),
        ("+353 1 234 5678", PhoneType.NATIONAL),
        ("07860 077333", PhoneType.TEXT_NATIONAL),
    ],
)
def test_what_can_be_passes(number: str, kind: PhoneType) -> None:
    assert complaint(number, kind) is None
