"""Labels and texts in other languages beside those that older content put into people's chats."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.checks.example import write_example
from bot.checks.proof import read_proof, write_proof
from bot.checks.report import Report
from bot.checks.run import run_checks
from bot.checks.sent.translated import MOST
from bot.content.translatable import TextRole, translatables
from bot.dialogue.opening import open_engine
from tests.conftest import AFTERNOON

HEAD = 'msgid ""\nmsgstr ""\n"Language: cy\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
PO = "flows/locale/cy/waypost.po"
AGAIN = ("topic/second/choice:first/button", "Show me that again", "Dangos eto")
ALL = ("topic/second/choice:last/button", "That is all", "Dyna ni")
CHILD = ("answer:who/parent_carer/button", "A child I look after", "Plentyn")
FRIEND = ("answer:who/friend/button", "A friend", "Ffrind")

Written = tuple[str, str, str]
"""The id, the English words and the Welsh ones."""


def entry(text: Written) -> str:
    return f'\nmsgctxt "{text[0]}"\nmsgid "{text[1]}"\nmsgstr "{text[2]}"\n'


def pack(folder: Path, texts: Sequence[Written], english: tuple[str, str] = ("", "")) -> str:
    example = write_example(folder)
    topic = example / "flows" / "topic.yaml"
    topic.write_text(topic.read_text(encoding="utf-8").replace(*english), encoding="utf-8")
    (example / PO).parent.mkdir(parents=True)
    (example / PO).write_text(HEAD + "".join(map(entry, texts)), encoding="utf-8")
    return str(example)


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """The proof of the example with all these in Welsh."""
    engine = open_engine([pack(tmp_path / "old", (AGAIN, ALL, CHILD, FRIEND))])
    folder = tmp_path / "published"
    folder.mkdir()
    write_proof(run_checks(engine, AFTERNOON, only=["WP101"]), engine.content, folder)
    return folder


def against(published: Path, newer: str) -> Report:
    report = run_checks([newer], AFTERNOON, only=["WP601", "WP602"], against=read_proof(published).memory)
    assert report.failures == ()
    return report


def told(report: Report) -> list[tuple[str, int, str]]:
    return [(finding.code, finding.place.line, finding.message) for finding in report.findings]


def test_the_same_translation_is_nothing_to_tell(published: Path, tmp_path: Path) -> None:
    assert told(against(published, pack(tmp_path / "new", (AGAIN, ALL, CHILD, FRIEND)))) == []


def test_a_button_that_says_something_else_in_a_language_is_told_at_its_line(published: Path, tmp_path: Path) -> None:
    other = (*ALL[:2], "Mae mwy")
    (found,) = told(against(published, pack(tmp_path / "new", (AGAIN, other, CHILD, FRIEND))))
    assert found == ("WP602", 12, "Welsh: “Mae mwy” stands for “That is all” now, which had other words")


def test_two_labels_that_were_exchanged_are_told_with_what_they_stood_for(published: Path, tmp_path: Path) -> None:
    swapped = ((*AGAIN[:2], ALL[2]), (*ALL[:2], AGAIN[2]), CHILD, FRIEND)
    assert [(code, message) for code, _, message in told(against(published, pack(tmp_path / "new", swapped)))] == [
        ("WP602", "Welsh: “Dyna ni” stands for “Show me that again” now, and stood for “That is all” before"),
        ("WP602", "Welsh: “Dangos eto” stands for “That is all” now, and stood for “Show me that again” before"),
    ]


def test_two_answers_that_were_exchanged_say_something_else_of_a_person(published: Path, tmp_path: Path) -> None:
    swapped = (AGAIN, ALL, (*CHILD[:2], FRIEND[2]), (*FRIEND[:2], CHILD[2]))
    report = against(published, pack(tmp_path / "new", swapped))
    assert [finding.code for finding in report.errors] == ["WP601", "WP601"]


def test_new_words_in_english_bring_new_words_in_every_language(published: Path, tmp_path: Path) -> None:
    other = (ALL[0], "That was all", "Dyna'r cyfan")
    newer = pack(tmp_path / "new", (AGAIN, other, CHILD, FRIEND), ("label: That is all,", "label: That was all,"))
    assert told(against(published, newer)) == []


def test_a_translation_gone_through_anew_is_told_once(tmp_path: Path) -> None:
    def texts(words: str) -> list[Written]:
        return [(text.id, text.text, f"{words} {number}") for number, text in enumerate(buttons)]

    shown = open_engine([pack(tmp_path / "english", ())]).content
    buttons = [text for text in translatables(shown) if text.role is TextRole.BUTTON]
    assert len(buttons) > MOST
    engine = open_engine([pack(tmp_path / "old", texts("hen"))])
    (tmp_path / "published").mkdir()
    write_proof(run_checks(engine, AFTERNOON, only=["WP101"]), engine.content, tmp_path / "published")
    (found,) = told(against(tmp_path / "published", pack(tmp_path / "new", texts("newydd"))))
    assert found[2].endswith(f"; {len(buttons) - 1} more texts in Welsh have other words too")
