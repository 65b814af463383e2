"""A number, an address or an hour in a text is found in any disguise; ages, counts and years are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checks import facts_in_prose
from bot.checks.facts_in_prose import Sort, passages
from bot.checks.texts import paragraphs
from bot.dialogue.engine import Engine

KNOWN = frozenset({"08001111", "116123", "85258", "02079460000"})

NUMBERS = [
    "Ask for extension 4471",
    "Dial 4471 from any phone",
    "Ring 0800 1111",
    "Ring 0800-11-11.",
    "Ring (020) 7946 0000",
    "Ring +44 20 7946 0000",
    "Ring 0 8 0 0 1 1 1 1",
    "Ring 0800\u00a01111",
    "Ring 0800 11\u200b11",
    "Ring ０８００ １１１１",
    "Ring ٠٨٠٠ ١١١١",
    "Ring 9️⃣9️⃣9️⃣",
    "Ring 999.",
    "Ring 9-9-9",
    "Ring 11 61 23",
    "Text 85258",
    "An 0800 number",
    "Ring oh eight hundred, one one one one",
    "Ring 0800 one one one one",
    "Ring nine nine nine",
    "Ring treble nine",
    "Ring one-one-two",
    "Ring double one six, one two three",
]

ADDRESSES = [
    "12 High Street, Leeds LS1 4AB",
    "See example.org.uk",
    "See www.example.org",
    "See https://example.org/a?b=c",
    "See EXAMPLE.ORG.",
    "See example.org/help",
    "See example。org",
    "See example . org",
    "See example dot org",
    "See example [dot] org",
    "Write to help@example.org.",
    "Write to help [at] example.org",
    "Write to mailto:help@example.org",
    "Find us as @example",
    "Find us on t.me/example",
]

HOURS = [
    "9am to 5pm",
    "from 5 p.m.",
    "09:00–17:00",
    "10.30 to 17.30",
    "17h00",
    "Open 24/7",
    "24 hours a day",
    "A 24-hour helpline",
    "Round the clock",
    "Monday to Friday",
    "Mon-Fri",
    "Open until midnight",
    "Open until six",
    "From nine to five.",
    "Nine o'clock",
    "Half past nine",
    "They answer on weekdays",
    "Open every evening",
]

PRICES = [
    "A call costs fifty pence a minute",
    "It costs two pounds",
    "Texts are £1.50",
    "Each text is 50p.",
    "fifty-five pence a minute",
    "You are charged a few pounds",
    "3 € a call",
]

INNOCENT = [
    "Keep a note of how much, when and to which account",
    "They wanted two hundred pounds from me",
    "Ring somebody. 30 people answer",
    "Press the five key",
    "You are under 18",
    "Anyone aged 13 to 15, 16 or 17",
    "Under 18 (16/17)",
    "between 13 and 15",
    "from 13 to 17",
    "She is 13, he is 15 and I am 16",
    "25 or over",
    "Year 10 and 11",
    "2 people in 10",
    "one in four people",
    "Two or three days",
    "3-4 weeks",
    "10,000 reports, and 1,250,000 pictures",
    "since 2015",
    "in 2019-2020",
    "Last checked 22 November 2026",
    "Last checked 22.11.2026",
    "Press 2, then 55",
    "Breathe in: one, two, three, four",
    "Count down: three, two, one",
    "You do not have to wait 24 hours",
    "even at two in the morning",
    "someone answers day and night",
    "on Monday",
    "The police answer. Monday is fine",
    "a set of fixed answers, and you choose",
    "one hundred ways",
    "one to one",
    "e.g. a teacher, i.e. somebody you trust",
    "It is for you.No one else reads it",
    "the 2nd of 3 steps",
]


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers(text: str) -> None:
    assert {passage.sort for passage in passages(text, KNOWN)} == {Sort.NUMBER}


@pytest.mark.parametrize("text", ADDRESSES)
def test_addresses(text: str) -> None:
    assert {passage.sort for passage in passages(text, KNOWN)} == {Sort.ADDRESS}


@pytest.mark.parametrize("text", HOURS)
def test_hours(text: str) -> None:
    assert {passage.sort for passage in passages(text, KNOWN)} == {Sort.HOURS}


@pytest.mark.parametrize("text", PRICES)
def test_prices(text: str) -> None:
    assert {passage.sort for passage in passages(text, KNOWN)} == {Sort.PRICE}


@pytest.mark.parametrize("text", INNOCENT)
def test_ages_counts_and_years_are_no_facts(text: str) -> None:
    assert list(passages(text, KNOWN)) == []


SEPARATORS = st.sampled_from(["", " ", "-", " - ", ".", "/", "\u00a0", "\u2011", "\u2013", "\u200b"])
WIDTHS = st.sampled_from(["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"])


@given(st.sampled_from(sorted(KNOWN)), st.data())
def test_a_number_in_use_is_found_in_any_spacing_and_script(number: str, data: st.DataObject) -> None:
    width = data.draw(WIDTHS)
    written = width[int(number[0])]
    for digit in number[1:]:
        written += data.draw(SEPARATORS) + width[int(digit)]
    assert Sort.NUMBER in {passage.sort for passage in passages(f"Ring {written} now", KNOWN)}


NAMES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@given(st.sampled_from(sorted(KNOWN)), st.sampled_from([" ", "-", ", "]))
def test_a_number_in_use_is_found_in_words(number: str, between: str) -> None:
    spelled = between.join(NAMES[int(digit)] for digit in number)
    found = list(passages(f"Ring {spelled} now", KNOWN))
    assert [passage.digits for passage in found] == [number]


def test_no_text_is_passed_over_that_holds_a_fact(engine: Engine) -> None:
    texts = [*(paragraph.words for paragraph in paragraphs(engine.content)), *NUMBERS, *ADDRESSES, *HOURS]
    for text in map(facts_in_prose.plain, texts):
        assert facts_in_prose._MAY_HOLD_HOURS.search(text) or not list(facts_in_prose._hours(text)), text
        assert facts_in_prose._MAY_HOLD_ADDRESSES.search(text) or not list(facts_in_prose._addresses(text)), text
