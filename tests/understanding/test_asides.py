"""Greetings, thanks and apologies around a message say nothing, and are left out when its words are weighed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.schema import Risk
from bot.understanding.asides import Asides
from bot.understanding.finding import Place
from bot.understanding.reader import Reader


def word(*alternatives: str, optional: bool = False) -> Place:
    return Place(frozenset(alternatives), optional=optional)


SORRY = (word("sorry"), word("to"), word("bother", "ask"), word("you", optional=True))
ASIDES = Asides([(word("hi", "hello"),), SORRY, (word("many", optional=True), word("thanks"))])


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("hi my dad hits me thanks", "my dad hits me"),
        ("hello hi sorry to bother you my dad hits me many thanks", "my dad hits me"),
        ("sorry to ask my dad hits me", "my dad hits me"),
        ("sorry to my dad", "sorry to my dad"),
        ("my dad said hi to her", "my dad said hi to her"),
        ("hi thanks", "hi thanks"),
        ("many", "many"),
        ("", ""),
    ],
)
def test_only_what_stands_at_the_beginning_and_the_end_is_left_out(written: str, told: str) -> None:
    assert ASIDES.without(written.split()) == told.split()


WORDS = ["hi", "hello", "sorry", "to", "bother", "ask", "you", "many", "thanks", "dad"]


@given(words=st.lists(st.sampled_from(WORDS), max_size=20))
def test_what_is_told_stands_in_what_was_written_and_is_something(words: list[str]) -> None:
    told = [*ASIDES.without(words)]
    assert f" {' '.join(told)} " in f" {' '.join(words)} "
    assert bool(told) == bool(words)


@pytest.mark.parametrize(
    ("language", "written", "told"),
    [
        ("en", "Good morning, sorry to bother you but is this the right place? He has my pics. Thank you so much xx",
         "he has my pics"),
        ("en", "so basically he has my pics", "he has my pics"),
        ("es", "hola, mi padre me pega, muchas gracias", "mi padre me pega"),
        ("pl", "dzień dobry, tata mnie bije, dziękuję", "tata mnie bije"),
    ],
)  # fmt: skip
def test_the_shipped_asides_are_left_out(reader: Reader, language: str, written: str, told: str) -> None:
    assert reader.told(written, language) == told.split()


@pytest.mark.parametrize("text", ["hi, gunshots outside", "gunshots outside please", "um my time is up"])
def test_a_phrase_that_is_all_that_is_told_stands_beside_an_aside(reader: Reader, text: str) -> None:
    reading = reader.read(text)
    assert reading is not None
    assert reading.risk in {Risk.HIGH, Risk.IMMEDIATE}
    assert not reading.doubted


@pytest.mark.parametrize("told", ["my mates drowning in the river", "my baby fell out of the window"])
def test_an_apology_before_a_phrase_does_not_speak_against_it(reader: Reader, told: str) -> None:
    reading = reader.read(f"sorry to bother you but {told}")
    assert reading is not None
    assert reading.risk is Risk.IMMEDIATE
    assert not reading.doubted
