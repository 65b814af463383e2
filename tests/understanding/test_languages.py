"""The gravest things are understood in every language, in its own and in Latin letters, and figures of speech are not.

Whoever writes in another language reaches an emergency flow as well, and nobody is sent there for a joke.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.content.load import load
from bot.content.yaml_document import read
from bot.understanding.evaluation import judge
from bot.understanding.labelled_file import labelled_messages
from bot.understanding.reader import Reader
from bot.understanding.scoring import Judged, Score

FILE = Path(__file__).parent / "messages_languages.yaml"
LANGUAGES = ("ar", "bn", "cy", "es", "fr", "hi", "pa", "pl", "pt", "ro", "so", "uk", "ur")
LEAST_FOUND = 0.95
MOST_FALSE = 0.05
FEWEST_MESSAGES = 150
FEWEST_EVERYDAY = 38


@cache
def reader() -> Reader:
    return Reader(load())


@cache
def judged() -> tuple[Judged, ...]:
    return tuple(judge(reader(), labelled_messages(FILE)).judged)


def of(language: str) -> Score:
    """The messages of one language, in whichever letters."""
    return Score([one for one in judged() if one.message.language.partition("-")[0] == language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_danger_and_suicide_are_answered_by_an_emergency_flow(language: str) -> None:
    crisis = [one for one in of(language).judged if one.message.is_crisis]
    found = [one for one in crisis if one.alarmed or one.answer.intent == "missing_child"]
    assert len(found) >= LEAST_FOUND * len(crisis), [one.message.text for one in crisis if one not in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_messages_of_every_language(language: str) -> None:
    everyday = [one for one in of(language).judged if "everyday" in one.message.kinds]
    assert len(of(language).judged) >= FEWEST_MESSAGES
    assert len(everyday) >= FEWEST_EVERYDAY


def test_figures_of_speech_are_no_emergencies() -> None:
    share = Score(list(judged())).idiom_alarms
    assert share.found <= MOST_FALSE * share.of, [
        one.message.text for one in judged() if "idiom" in one.message.kinds and one.alarmed
    ]


def test_hardly_any_everyday_sentence_is_taken_for_something_grave() -> None:
    everyday = [one for one in judged() if "everyday" in one.message.kinds]
    taken = [one.message.text for one in everyday if one.answer.risk.value in {"high", "immediate"}]
    assert len(taken) <= len(everyday) * 6 / 1000, taken


@pytest.mark.parametrize("split", ["messages_tuning.yaml", "messages_honest.yaml"])
def test_no_phrase_of_another_language_fires_on_harmless_english(split: str) -> None:
    calm = [message for message in labelled_messages(FILE.with_name(split)) if message.must_stay_calm]
    alarms = [one for one in judge(reader(), calm).judged if one.alarmed and not one.rule.startswith("en ")]
    assert not [(one.message.text, one.rule) for one in alarms]


def test_the_reply_knows_which_language_was_typed() -> None:
    typed = {
        "ya no quiero vivir": "es",
        "j'ai plus envie de vivre": "fr",
        "nie chce mi się żyć": "pl",
        "não quero mais viver": "pt",
        "nu mai vreau să trăiesc": "ro",
        "waxaan rabaa inaan dhinto": "so",
        "dwi'm isio byw dim mwy": "cy",
        "я не хочу більше жити": "uk",
        "ما بدي عيش خلص": "ar",
        "मैं अब जीना नहीं चाहती": "hi",
        "میں اب جینا نہیں چاہتی": "ur",
        "ਮੈਂ ਹੁਣ ਜਿਉਣਾ ਨਹੀਂ ਚਾਹੁੰਦੀ": "pa",
        "আমি আর বাঁচতে চাই না": "bn",
    }
    for text, language in typed.items():
        reading = reader().read(text)
        assert reading is not None, text
        assert reading.language == language, text


@pytest.mark.parametrize(
    "text",
    [
        "no quiero morir solo estoy triste",
        "je veux pas mourir jsuis juste triste",
        "nao quero morrer so to triste",
        "nie chce umierać tylko jest mi smutno",
        "nu vreau să mor doar sunt trist",
        "dwi ddim isio marw dwi jyst yn drist",
        "я не хочу вмирати просто сумно",
        "ma rabo inaan dhinto waan murugaysnahay",
        "ما بدي موت بس حزين",
        "मैं मरना नहीं चाहती बस उदास हूं",
        "main marna nahi chahti bas udaas hoon",
        "میں مرنا نہیں چاہتی بس اداس ہوں",
        "mai marna nhi chaundi bas udaas aa",
        "আমি মরতে চাই না মন খারাপ",
    ],
)
def test_who_says_that_they_do_not_want_to_die_is_asked_how_they_feel_and_not_sent_to_the_crisis_screen(
    text: str,
) -> None:
    reading = reader().read(text)
    assert reading is not None
    assert reading.matches[0].intent.id == "mental_health"


def test_no_message_stands_twice() -> None:
    texts = list(_texts())
    assert len(texts) == len(set(texts))


def _texts() -> Iterator[str]:
    for message in read(FILE).value["messages"]:
        assert message["split"] in {"tuning", "honest"}
        yield " ".join(str(message["text"]).lower().split())
