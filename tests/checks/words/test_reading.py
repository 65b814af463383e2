"""Syllables, sentences and the age that reading takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checks.example import write_example
from bot.checks.rule import Edits
from bot.checks.rules import wp401_reading_age, wp402_reading_goal, wp403_short_sentences
from bot.checks.subject import Subject
from bot.checks.words.plain_words import FACT
from bot.checks.words.reading_age import reading_age, sentences, word_count
from bot.checks.words.syllables import syllables
from bot.checks.words.young_texts import measured_texts
from bot.dialogue.opening import open_engine
from tests.conftest import AFTERNOON

SYLLABLES = {
    1: "the of safe while scared blamed makes rules time friend eyes does help shared there were you'll they've don't "
    "won't can't through thought asked kept stopped phones lies died clothes breathes queue 999",
    2: "table someone sometimes picture pictures trusted wanted worried before people's agreed police decide private "
    "image believe going being saying trying didn't doesn't wouldn't helpline childline website patient special social "
    "diet quiet lawyer hundred open children notice guidance forward tables couples houses changes anxious safely "
    "lonely careful homeless safety million region question mistake alone afraid doing seeing abuse courses replies "
    "ashamed grown-up UK ID trial client ninety threatened",
    3: "everyone everything anyone anything violence serious period previous video username behaviour suicide happier "
    "easier usual sexual services images counsellor telegram everywhere decided safeguarding arrested removal opinion "
    "diary idea another threatening NHS advisers day-to-day",
    4: "emergency material anybody everybody information society situation reality experience convenient confidential "
    "anxiety reliable immediate",
    5: "uncomfortable immediately",
}
WORDS = [(word, count) for count, words in SYLLABLES.items() for word in words.split()]


@pytest.mark.parametrize(("word", "count"), WORDS, ids=[word for word, _ in WORDS])
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


@given(st.text())
def test_everything_has_a_syllable(word: str) -> None:
    assert syllables(word) >= 1


@pytest.mark.parametrize(
    ("lines", "counts"),
    [
        (["You are not alone. We can help."], [4, 3]),
        (["First line", "second line, no stop"], [2, 4]),
        (['Say: "I need help." Then wait.'], [4, 2]),
        (["Ring 0800 1111, day or night!"], [6]),
        (["A&E is open? Go."], [3, 1]),
        (["It's the e.g. in the middle."], [6]),
        ([f"{FACT} listens."], [2]),
        (["", "..."], []),
    ],
)
def test_sentences(lines: list[str], counts: list[int]) -> None:
    assert [len(sentence) for sentence in sentences(lines)] == counts


def test_the_age_of_known_texts() -> None:
    easy = sentences(["You can tell me. It is not your fault. You can stop at any time."])
    hard = sentences(["Notwithstanding considerable uncertainty, communication facilitates intervention."])
    assert word_count(easy) == 15
    assert 3 < reading_age(easy) < 6
    assert reading_age(hard) > 25


def test_a_name_makes_nothing_harder() -> None:
    assert reading_age(sentences([f"You can ask {FACT} now."])) == pytest.approx(
        reading_age(sentences(["You can ask them now."]))
    )


HARD = (
    "Notwithstanding considerable uncertainty, immediate communication with appropriate professionals significantly "
    "facilitates intervention."
)


def subject(folder: Path, edits: Edits) -> Subject:
    return Subject(open_engine([str(write_example(folder, edits))]), AFTERNOON)


def test_a_hard_sentence_is_found_at_its_own_line(tmp_path: Path) -> None:
    text = f"say: |\n      You are doing well.\n\n      One small step is enough.\n      {HARD}"
    checked = subject(tmp_path, {"flows/topic.yaml": ("say: You are doing well. One small step is enough.", text)})
    places = {violation.place.line for violation in wp401_reading_age.look(checked)}
    rows = (tmp_path / "flows" / "topic.yaml").read_text(encoding="utf-8").splitlines()
    assert next(number for number, row in enumerate(rows, 1) if "Notwithstanding" in row) in places


@pytest.mark.parametrize(
    ("audience", "found"),
    [("", True), ("for: [young_person]\n", True), ("for: [friend]\n", True), ("for: [professional]\n", False)],
)
def test_only_what_young_people_read_is_held_to_it(tmp_path: Path, audience: str, *, found: bool) -> None:
    flow = (
        f"flow: topic\ntitle: A topic\n{audience}risk: concern\nstart: first\nsteps:\n"
        f"  first:\n    say: {HARD}\n    choices:\n      - {{label: On, go: second}}\n"
        "  second: {say: More., end: true}\n"
    )
    violations = list(wp401_reading_age.look(subject(tmp_path, {"flows/topic.yaml": flow})))
    assert bool(violations) is found


def test_a_step_that_a_button_opens_for_the_young_is_theirs(tmp_path: Path) -> None:
    flow = (
        "flow: topic\ntitle: A topic\nfor: [professional]\nrisk: concern\nstart: first\nsteps:\n"
        "  first:\n    say: Hello.\n    choices:\n      - {label: I am young, go: second, set: {who: young_person}}\n"
        f"  second: {{say: '{HARD}', end: true}}\n"
    )
    found = {violation.about for violation in wp401_reading_age.look(subject(tmp_path, {"flows/topic.yaml": flow}))}
    assert "topic.second" in found


def test_screens_of_few_words_are_measured_together(tmp_path: Path) -> None:
    measured = {text.about: text for text in measured_texts(subject(tmp_path, {}))}
    assert "topic" in measured
    assert "topic.first" not in measured


def test_a_service_for_young_people_is_measured_and_has_no_goal(tmp_path: Path) -> None:
    words = "They listen to young people every day. You can talk about anything that happened to you. Sometimes it is "
    words += "easier to write to somebody you do not know. They are experienced and understanding people, usually."
    edits = {
        "resources.yaml": (
            "description: Helps take down a picture of you.",
            f"description: Helps take down a picture of you.\n    on_contact: {{happens: '{words}', source: here, "
            "assured_date: 2026-11-01}",
        )
    }
    checked = subject(tmp_path, edits)
    assert 9 < {text.about: text for text in measured_texts(checked)}["report_remove"].age < 11
    assert list(wp402_reading_goal.look(checked)) == []


def test_a_long_sentence_is_measured_with_its_facts(tmp_path: Path) -> None:
    words = " ".join(["very"] * 23)
    for name, found in (("{childline}", False), ("{report_remove} too", True)):
        edit = ("One small step is enough.", f"{words.capitalize()} good {name}.")
        violations = list(wp403_short_sentences.look(subject(tmp_path / name.strip("{}"), {"flows/topic.yaml": edit})))
        assert bool(violations) is found
