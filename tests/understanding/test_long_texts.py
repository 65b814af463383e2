"""Of a very long text only what settles the matter is read, and that never hides danger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.content.schema import Risk
from bot.dialogue.engine import Engine
from bot.understanding import reader as reader_module
from bot.understanding.classifying import EMERGENCY_FLOWS, classify
from bot.understanding.labelled_file import labelled_messages
from bot.understanding.normal_form import MAXIMUM_WORDS, chunks, plain, unspaced
from bot.understanding.reader import AT_LENGTH, Reader
from bot.understanding.reading import GRAVITY
from tests.understanding.long_texts import LENGTH, REPEATED, cut, dense, phrase_words, repeated
from tests.understanding.ratchet import FOLDER, SPLITS
from tests.understanding.test_metamorphic import DANGER

MESSAGES: Final = [one for split in SPLITS for one in labelled_messages(FOLDER / f"messages_{split}.yaml")]
CALM: Final = [one.text for one in MESSAGES if one.must_stay_calm]
MEANING_SOMETHING_ELSE: Final = {"denials"}
"""What stands before a sentence and takes it back."""

quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
places = st.floats(0, 1)


@contextmanager
def read_as_a_whole() -> Iterator[None]:
    """Every text is read from its beginning to its end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader_module, "AT_LENGTH", 10**9)
        yield


@pytest.fixture(scope="module")
def words(shipped: Engine) -> list[str]:
    return phrase_words(shipped.content)


def between(text: str, danger: str, place: float) -> str:
    """``danger`` as a sentence of its own between two words of ``text``."""
    at = text.find(" ", int(place * len(text)))
    at = len(text) if at < 0 else at
    return f"{text[:at]}. {danger}. {text[at:]}"


@quick
@given(seed=st.integers(0, 10_000), danger=st.sampled_from(DANGER), place=places, data=st.data())
def test_danger_anywhere_among_ten_thousand_characters_made_to_cost_much_leads_to_an_emergency(
    reader: Reader, words: list[str], seed: int, danger: str, place: float, data: st.DataObject
) -> None:
    texts = dense(words, CALM, seed)
    text = between(texts[data.draw(st.sampled_from(sorted(texts)))], danger, place)
    assert classify(reader, text).flow in EMERGENCY_FLOWS


@pytest.mark.parametrize("name", sorted(REPEATED.keys() - MEANING_SOMETHING_ELSE))
def test_danger_in_the_middle_of_what_is_said_again_and_again_leads_to_an_emergency(reader: Reader, name: str) -> None:
    half = REPEATED[name] * (LENGTH // 2 // len(REPEATED[name]))
    for danger in DANGER:
        assert classify(reader, f"{half}. {danger}. {half}").flow in EMERGENCY_FLOWS, danger


@quick
@given(seed=st.integers(0, 10_000), length=st.integers(AT_LENGTH, LENGTH), data=st.data())
def test_a_text_read_in_places_is_never_taken_for_less_grave_than_read_as_a_whole(
    reader: Reader, words: list[str], seed: int, length: int, data: st.DataObject
) -> None:
    texts = dense(words, [one.text for one in MESSAGES], seed, length)
    text = texts[data.draw(st.sampled_from(sorted(texts)))]
    found = classify(reader, text)
    with read_as_a_whole():
        whole = classify(reader, text)
        reading = reader.read(text)
    # What words weigh changes with each that is looked at closely; and of the two emergencies both may be there.
    if reading is not None and not reading.guessed and found.flow not in EMERGENCY_FLOWS:
        assert whole.flow not in EMERGENCY_FLOWS
        assert GRAVITY[found.risk] <= GRAVITY[whole.risk]


@quick
@given(st.lists(st.sampled_from([one.text for one in MESSAGES]), min_size=1, max_size=60))
def test_what_is_no_longer_than_two_thousand_characters_is_always_read_as_a_whole(
    reader: Reader, several: list[str]
) -> None:
    text = cut(several, AT_LENGTH)
    found = reader.read(text)
    with read_as_a_whole():
        assert reader.read(text) == found


def test_a_very_long_text_that_says_nothing_grave_stays_calm(reader: Reader) -> None:
    story = "we went to the shop and bought some bread and then we looked at the ducks on the pond for a while. "
    found = classify(reader, cut([story, "my phone is dying and this homework is killing me lol. "]))
    assert GRAVITY[found.risk] > GRAVITY[Risk.HIGH]


def test_letters_that_stand_alone_leave_room_for_the_words_between_them() -> None:
    found = chunks(unspaced(plain("x. " * 4_000 + "he has a knife " + "x. " * 4_000)))
    assert len(found) <= MAXIMUM_WORDS
    assert " ".join(found).count("he has a knife") == 1


def test_words_between_letters_with_spaces_stay_words() -> None:
    assert chunks(unspaced("h e l p  m e  p l e a s e  he has a knife")) == [
        "help",
        "me",
        "please",
        "he",
        "has",
        "a",
        "knife",
    ]


@pytest.mark.parametrize("name", REPEATED)
def test_what_is_repeated_fills_ten_thousand_characters(name: str) -> None:
    assert len(repeated(name)) == LENGTH


@pytest.mark.parametrize(
    ("text", "flow"),
    [
        ("I was abused as a child. he has a knife and he is hitting my mum", "emergency"),
        ("when i was 8 my uncle hurt me. last night he came back and hes outside my house with a knife", "emergency"),
        ("he had a knife. it was when i was a kid", "survivor"),
        ("he has a knife and he is hitting my mum. i was sexually abused as a child", "emergency"),
        ("I was abused by a priest when I was a boy. he has a knife and he is hitting my mum", "emergency"),
    ],
)
def test_what_is_long_ago_in_one_sentence_is_not_in_the_next(reader: Reader, text: str, flow: str) -> None:
    assert classify(reader, text).flow == flow
