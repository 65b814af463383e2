"""What a locked phone shows of a screen, whatever was answered before."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.checks.example import write_example
from bot.checks.rule import Edits, Violation
from bot.checks.rules import wp411_lock_screen
from bot.checks.subject import Subject
from bot.checks.words.first_glance import first_glances
from bot.dialogue.opening import open_engine
from tests.conftest import AFTERNOON

SECOND = "say: You are doing well. One small step is enough."


def subject(folder: Path, edits: Edits) -> Subject:
    return Subject(open_engine([str(write_example(folder, edits))]), AFTERNOON)


def violations(folder: Path, say: str) -> list[Violation]:
    return list(wp411_lock_screen.look(subject(folder, {"flows/topic.yaml": (SECOND, say)})))


@pytest.mark.parametrize(
    "words",
    [
        "Sexual abuse is never your fault.",
        "If someone has your nudes, stop writing.",
        "Thinking of suicide? You are not alone.",
        "The police can help with this.",
        "Someone who grooms you is doing wrong.",
        "Blackmail is a crime.",
        "**Rape** is never your fault.",
        "Hello. Childline listens to anyone.",
        "{childline} listens to anyone.",
        "Self-harm can feel like the only way.",
        "What about your picture?",
    ],
)
def test_what_gives_it_away_is_found(tmp_path: Path, words: str) -> None:
    assert {violation.about for violation in violations(tmp_path, f'say: "{words}"')} == {"topic.second"}


@pytest.mark.parametrize(
    "words",
    [
        "Thank you for telling me. That was brave of you. The police can help.",
        "In danger right now? Ring {emergency_999.phone}. You are not alone.",
        "You can take your time with this one. What they did is abuse.",
        "It is not your fault. You can say no, and stop.",
    ],
)
def test_what_gives_nothing_away_is_not(tmp_path: Path, words: str) -> None:
    assert violations(tmp_path, f'say: "{words}"') == []


def test_every_line_that_can_come_first_counts(tmp_path: Path) -> None:
    say = (
        "say:\n      - {text: Blackmail is wrong in Wales., when: {nation: wales}}\n"
        "      - {text: Abuse is wrong in England., when: {nation: england}}\n"
        "      - You are doing well.\n      - Suicide is not on this line."
    )
    found = violations(tmp_path, say)
    rows = (tmp_path / "flows" / "topic.yaml").read_text(encoding="utf-8").splitlines()
    assert ["Blackmail" in rows[found[0].place.line - 1], "Abuse" in rows[found[1].place.line - 1]] == [True, True]
    assert "suicide" in found[2].message.casefold()  # within forty characters of the first line that all can see
    assert len(found) == 3


def test_the_emergency_number_stands_first_where_risk_is_immediate(tmp_path: Path) -> None:
    say = "risk: immediate\n    say: Abuse has to stop."
    assert violations(tmp_path, say) == []


def test_notices_and_questions_of_the_engine_count(tmp_path: Path) -> None:
    edit = {"flows/shared/texts.yaml": ("That button was from an older message.", "Your abuse message is old.")}
    assert [violation.about for violation in wp411_lock_screen.look(subject(tmp_path / "text", edit))] == [
        "texts.notice_button_gone"
    ]
    edit = {"flows/shared/answers.yaml": ("How old are you?", "How old is the abused child?")}
    assert [violation.about for violation in wp411_lock_screen.look(subject(tmp_path / "answer", edit))] == [
        "answers.age"
    ]


def test_a_glance_is_forty_characters(tmp_path: Path) -> None:
    assert {len(glance.text) <= 40 for glance in first_glances(subject(tmp_path, {}))} == {True}
