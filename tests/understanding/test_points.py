"""The last net: where no phrase is found, the words of a message are weighed together, and the person is asked."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.errors import ContentError
from bot.content.schema import Risk
from bot.dialogue.engine import Engine
from bot.dialogue.opening import open_engine
from bot.dialogue.places import WHICH
from bot.understanding.asides import Asides
from bot.understanding.classifying import EMERGENCY_FLOWS, NOT_UNDERSTOOD, classify
from bot.understanding.explanation import explanation
from bot.understanding.labelled_file import labelled_messages
from bot.understanding.points import Points
from bot.understanding.reader import Reader
from tests.understanding.learnt import FOLDER, LEFT_OUT, messages

NOON = datetime(2026, 5, 19, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def points(shipped: Engine) -> Points:
    return Points(shipped.content.phrase_books["en"], Asides([]))


UNKNOWN = "Her stepbrother's friend, 25, is always in her room"


def test_words_that_no_phrase_knows_are_weighed(reader: Reader) -> None:
    reading = reader.read(UNKNOWN)
    assert reading is not None
    assert reading.guessed
    assert reading.intent.label == "parent_child_groomed"


def test_the_words_that_spoke_are_named_to_authors(reader: Reader) -> None:
    reading = reader.read(UNKNOWN, reasons=True)
    assert reading is not None
    spoke = {sign for sign in reading.phrase.split(", ") if sign.replace(" ", "").isalpha()}
    assert spoke
    assert all(f" {sign} " in f" {UNKNOWN} " for sign in spoke)


def test_the_words_that_spoke_are_named_to_nobody_else(reader: Reader) -> None:
    reading = reader.read(UNKNOWN)
    assert reading is not None
    assert [(match.phrase, match.words) for match in reading.matches] == [("", "")] * len(reading.matches)


def test_whoever_may_mean_several_things_is_asked_which(shipped: Engine) -> None:
    asked = 0
    for one in labelled_messages(FOLDER / "messages_held.yaml"):
        reading = shipped.reader.read(one.text) if one.language == "en" else None
        if reading is None or reading.risk is Risk.NONE or not (reading.unsure and len(reading.matches) > 1):
            continue
        if len({match.intent.target.flow for match in reading.matches}) == 1:
            continue  # two screens of one flow are a press apart
        screen = shipped.read(one.text, NOON)
        assert screen.state.step == WHICH
        labels = {button.label for row in screen.rows for button in row}
        assert len(labels) >= 3
        asked += 1
    assert asked > 20


def test_what_a_phrase_knows_is_never_weighed(reader: Reader) -> None:
    reading = reader.read("i want to die")
    assert reading is not None
    assert not reading.guessed


@pytest.mark.parametrize(
    "text",
    ["dziś na obiad były pierogi i kompot", "what time does the library shut on a friday", "zxcvb qwert", ""],
)
def test_words_that_speak_for_nothing_are_not_answered(reader: Reader, text: str) -> None:
    reading = reader.read(text)
    assert reading is None or not reading.guessed


def test_a_figure_of_speech_is_weighed_as_no_emergency(reader: Reader, points: Points) -> None:
    words = reader.words("he took her round the back with a knife and she is screaming for her mum to come")
    assert any(one.intent.target.flow in EMERGENCY_FLOWS for one in points.weigh(words))
    calm = points.weigh(words, harmless={"knife"})
    assert not any(one.intent.target.flow in EMERGENCY_FLOWS for one in calm[:1])


def test_a_word_of_every_conversation_says_nothing(points: Points) -> None:
    assert points.weigh(["this", "is", "going", "to", "me"]) == []


def test_the_honest_messages_are_not_learnt_from() -> None:
    learnt = {one.text for one in messages("en")}
    assert len(learnt) > 5000
    for kept in LEFT_OUT:
        assert not [one.text for one in labelled_messages(FOLDER / kept) if one.text in learnt]


LAUGHED_OFF = "if she plays that song again im jumping out the window lol"


def test_a_grave_phrase_among_words_that_need_no_help_is_asked_about(shipped: Engine) -> None:
    reading = shipped.reader.read(LAUGHED_OFF)
    assert reading is not None
    assert reading.doubted
    assert reading.intent.label == "suicide_self_harm"
    assert classify(shipped.reader, LAUGHED_OFF).intent == NOT_UNDERSTOOD
    screen = shipped.read(LAUGHED_OFF, NOON)
    assert screen.state.step == WHICH
    assert "I want to hurt myself" in [button.label for row in screen.rows for button in row]
    assert "they mean:" in "\n".join(explanation(shipped.reader, LAUGHED_OFF))


@pytest.mark.parametrize(
    "text", ["im gonna die", "i want to die", "my toddler swallowed a pea lol. i want to kill myself"]
)
def test_a_grave_phrase_is_not_doubted_where_it_may_be_meant(reader: Reader, text: str) -> None:
    reading = reader.read(text)
    assert reading is not None
    assert not reading.doubted


def test_what_one_word_of_a_family_speaks_for_the_others_do_as_well(pack: Path) -> None:
    file = pack / "flows" / "phrases" / "en.yaml"
    file.parent.mkdir()
    file.write_text(
        "language: en\n"
        "families: {pets: dog|hamster|terrapin, gone: lost|escape}\n"
        "points: {pet: {400: <pets> <gone>, 90: <pets>}, nothing: {60: lost}}\n"
        "intents:\n  pet: {go: emergency, phrases: [my pet]}\n",
        encoding="utf-8",
    )
    points = Points(open_engine([str(pack)]).content.phrase_books["en"], Asides([]))
    for words in (["terrapin", "escaped"], ["hamsters", "lost"]):
        assert [one.intent.id for one in points.weigh(words)] == ["pet"]
    assert points.loudest(points.weigh(["lost", "terrapin"])[0]) == ("<pets>",)
    assert points.weigh(["lost", "keys"]) == []


@given(words=st.lists(st.text(max_size=12), max_size=300), harmless=st.frozensets(st.text(max_size=12), max_size=3))
def test_any_words_can_be_weighed(points: Points, words: list[str], harmless: frozenset[str]) -> None:
    for one in points.weigh(words, harmless=harmless):
        assert 0 < one.share <= 1


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ("{suicid: {10: dead}}", ["en.yaml:2:10", "there is no intent `suicid`", "Did you mean `suicide`?"]),
        ("{nothing: {20000: dead}}", ["en.yaml:2:", "20000 points are too many", "a whole number"]),
        ("{nothing: dead}", ["en.yaml:2:", "`nothing` is `dead`"]),
    ],
)
def test_a_mistake_in_the_table_is_reported_where_it_stands(pack: Path, points: str, said: list[str]) -> None:
    file = pack / "flows" / "phrases" / "en.yaml"
    file.parent.mkdir()
    file.write_text(
        f"language: en\npoints: {points}\nintents:\n  suicide: {{go: emergency, phrases: [die]}}\n", encoding="utf-8"
    )
    with pytest.raises(ContentError) as error:
        open_engine([str(pack)])
    assert not [words for words in said if words not in str(error.value)]
