"""Every meaning that typed words can have: somebody can type it, and a story tells where it leads."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.checks.stories.names import Names
from bot.checks.stories.reading import read_stories
from bot.checks.stories.story import Deed
from bot.content.model import Intent
from bot.dialogue.engine import Engine

STORIES = Path(__file__).parent / "stories"
SAID = {
    ("en", "deaf_and_nothing_clearer"): "i am deaf and i need help",
    ("fr", "adult_survivor"): "j'ai été violée quand j'étais enfant",
    ("hi", "goodbye"): "फिर मिलेंगे",
    ("pl", "adult_survivor"): "byłam molestowana jako dziecko",
    ("pt", "adult_survivor"): "meu tio abusou de mim quando eu era criança",
    ("ro", "adult_survivor"): "am fost abuzată când eram copil",
    ("ur", "adult_survivor"): "بچپن میں میرے ساتھ زیادتی ہوئی",
}
"""What people write where the shortest words that fit a phrase would say something graver, taken alone."""

TRIED = 60
"""Phrases of one intent that are typed in search of one that is answered by it."""


def answered_by(engine: Engine, text: str, language: str) -> Intent | None:
    reading = engine.reader.read(text, language)
    return reading.intent if reading else None


def test_every_meaning_of_every_language_can_be_typed(engine: Engine) -> None:
    out_of_reach = []
    for language, intents in engine.content.intents.items():
        for intent in intents:
            said = SAID.get((language, intent.id))
            words = intent.phrases[:TRIED] if said is None else [said]
            answers = (answered_by(engine, text, language) for text in words)
            if not any(one is not None and one.id == intent.id for one in answers):
                out_of_reach.append(f"{language} {intent.id}")
    assert not out_of_reach


@pytest.mark.parametrize(
    ("language", "long_ago", "now"),
    [
        ("ar", "تحرش بي عمي عندما كنت طفلة", "عمي يتحرش بي"),
        ("cy", "roedd fy ewythr yn cyffwrdd fi pan o'n i'n fach", "mae fy ewythr yn cyffwrdd fi"),
        ("es", "abusaron de mí cuando era niña", "mi tío me toca desde que era niña"),
        ("fr", "on a abusé de moi quand j'étais petite", "mon oncle me touche depuis que je suis petite"),
        ("pl", "molestowano mnie w dzieciństwie", "wujek mnie dotyka"),
        ("pt", "fui abusada quando era criança", "meu tio abusa de mim"),
        ("uk", "у дитинстві мене зґвалтували", "мене зґвалтували"),
    ],
)
def test_what_was_done_to_a_child_long_ago_is_answered_as_that_in_other_languages_too(
    engine: Engine, language: str, long_ago: str, now: str
) -> None:
    answers = [answered_by(engine, text, language) for text in (long_ago, now)]
    assert [one and one.target.flow for one in answers] == ["survivor", "abuse_known"]


def test_every_meaning_is_told_in_a_story(engine: Engine) -> None:
    told = set()
    for file in sorted(STORIES.rglob("*.yaml")):
        for story in read_stories(file, Names(engine.content)):
            for turn in story.turns:
                if turn.deed is Deed.TYPE and (intent := answered_by(engine, turn.words, story.setting.language)):
                    told.add(intent.id)
    every = {intent.id for intents in engine.content.intents.values() for intent in intents}
    if untold := sorted(every - told):
        pytest.fail(f"Write a story in which somebody types this (tests/stories): {', '.join(untold)}", pytrace=False)
