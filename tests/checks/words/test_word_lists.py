"""The English lists find every sentence that does harm, in any disguise and at its line, and leave the others alone.

The sentences stand beside this file, one a line: ``sentences/<list>.txt``, and ``harmless.txt``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.checks.example import write_example
from bot.checks.finding import Severity
from bot.checks.rule import Rule
from bot.checks.rules import all_rules
from bot.checks.subject import Subject
from bot.checks.words.listed import harmful_words, words_of_list
from bot.checks.words.matching import HarmfulWords
from bot.checks.words.plain_words import plain_words
from bot.content.load import load
from bot.content.words_file import WordList
from bot.dialogue.opening import open_engine
from tests.conftest import AFTERNOON

SENTENCES = Path(__file__).parent / "sentences"
LISTS = [list_ for list_ in WordList if list_ is not WordList.LOCK_SCREEN]

RULES = {
    WordList.TERMS: "WP405",
    WordList.PROMISES: "WP406",
    WordList.PERSONAL_DATA: "WP407",
    WordList.URGENCY: "WP408",
    WordList.METHODS: "WP409",
    WordList.BLAME: "WP412",
    WordList.KINDER_TERMS: "WP413",
}


def sentences(name: str) -> list[str]:
    return (SENTENCES / f"{name}.txt").read_text(encoding="utf-8").splitlines()


HARMFUL = [(list_, sentence) for list_ in LISTS for sentence in sentences(list_.value)]
HARMLESS = sentences("harmless")

DISGUISES: dict[str, Callable[[str], str]] = {
    "in capitals": str.upper,
    "with typographic apostrophes": lambda sentence: sentence.replace("'", "’"),
    "over several lines": lambda sentence: sentence.replace(" ", "\n      "),
    "with spaces that do not break": lambda sentence: sentence.replace(" ", "\u00a0"),
    "with a soft hyphen in each word": lambda sentence: " ".join(f"{w[:2]}\u00ad{w[2:]}" for w in sentence.split(" ")),
    "with no-width spaces": lambda sentence: sentence.replace(" ", "\u200b"),
    "with no-width spaces in words": lambda sentence: " ".join(f"{w[:1]}\u200b{w[1:]}" for w in sentence.split()),
    "with hyphens": lambda sentence: sentence.replace(" ", "-"),
    "with bold words": lambda sentence: sentence.replace(" ", "** **"),
    "in wide letters": lambda sentence: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in sentence),
    "with accents": lambda sentence: sentence.replace("e", "é").replace("o", "ö"),
    "with Cyrillic letters": lambda sentence: sentence.replace("a", "а").replace("e", "е").replace("o", "о"),
}


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> dict[WordList, HarmfulWords]:
    content = load([str(write_example(tmp_path_factory.mktemp("example")))])
    return {list_: harmful_words(content, "en", list_) for list_ in WordList}


def found(list_: HarmfulWords, sentence: str) -> bool:
    readings = (plain_words(sentence.replace("\n", " "), hidden_signs_part=part) for part in (False, True))
    return any(any(list_.look(words)) for words in readings)


def test_there_are_enough_sentences() -> None:
    assert len(HARMFUL) > 500
    assert len(HARMLESS) > 200


@pytest.mark.parametrize(("list_", "sentence"), HARMFUL, ids=[sentence for _, sentence in HARMFUL])
def test_harm_is_found(lists: dict[WordList, HarmfulWords], list_: WordList, sentence: str) -> None:
    assert found(lists[list_], sentence)


@pytest.mark.parametrize("sentence", HARMLESS)
def test_the_harmless_is_left_alone(lists: dict[WordList, HarmfulWords], sentence: str) -> None:
    assert not [list_.value for list_ in LISTS if found(lists[list_], sentence)]


@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES.keys())
def test_harm_is_found_in_disguise(lists: dict[WordList, HarmfulWords], disguise: Callable[[str], str]) -> None:
    assert [sentence for list_, sentence in HARMFUL if not found(lists[list_], disguise(sentence))] == []


def test_harm_is_not_found_over_the_end_of_a_sentence(lists: dict[WordList, HarmfulWords]) -> None:
    assert not found(lists[WordList.TERMS], "This is about a child. Pornography is another matter.")
    assert not found(lists[WordList.PROMISES], "Is it you? Will not. In trouble!")


@pytest.mark.parametrize("list_", LISTS)
def test_the_rule_finds_them_on_any_screen_at_their_line(tmp_path: Path, list_: WordList) -> None:
    subject, lines = with_sentences(tmp_path, sentences(list_.value))
    rule = rule_of(list_)
    findings = [finding for finding in rule.findings(subject) if finding.about.startswith("topic.s")]
    assert {finding.about for finding in findings} == set(lines)
    assert {finding.about: finding.place.line for finding in findings} == lines
    assert {finding.place.path.name for finding in findings} == {"topic.yaml"}
    assert all(finding.hint.startswith("Better: ") and "“" in finding.message for finding in findings)


def test_no_rule_finds_anything_on_harmless_screens(tmp_path: Path) -> None:
    subject, _ = with_sentences(tmp_path, HARMLESS)
    assert [finding.message for list_ in LISTS for finding in rule_of(list_).findings(subject)] == []


def test_only_the_kinder_terms_are_warnings() -> None:
    warnings = [list_ for list_ in LISTS if rule_of(list_).severity is Severity.WARNING]
    assert warnings == [WordList.KINDER_TERMS]


PLACES: dict[str, tuple[str, str, str]] = {
    "a title": ("flows/topic.yaml", "title: A topic", "title: Child pornography"),
    "a text": ("flows/topic.yaml", "One small step is enough.", "One small step. Report child pornography."),
    "a question": ("flows/menu.yaml", "ask: What would help?", "ask: Is it about child pornography?"),
    "a label": ("flows/topic.yaml", "label: What comes next", "label: I saw child pornography"),
    "a service": ("resources.yaml", "Takes the address of a page.", "Report child pornography."),
    "what a number asks of one": (
        "resources.yaml",
        'number: "116 123", type: short_code,',
        'number: "116 123", type: short_code, instructions: Say child pornography,',
    ),
    "what happens on contact": (
        "resources.yaml",
        "description: Takes the address of a page.",
        "description: Takes the address of a page.\n"
        "    on_contact: {happens: They ask about child pornography., source: here, assured_date: 2026-11-01}",
    ),
    "a shared text": ("flows/shared/texts.yaml", "Begin, or begin again", "Begin with child pornography"),
    "a shared button": ("flows/shared/texts.yaml", "button_near_me: Help where I live", "button_near_me: Child porn"),
    "the label of an answer": ("flows/shared/answers.yaml", "Something I came across", "Child pornography"),
    "the question of an answer": ("flows/shared/answers.yaml", "Who is this about?", "Did you see child pornography?"),
}


@pytest.mark.parametrize("edit", PLACES.values(), ids=PLACES.keys())
def test_every_place_that_people_read_is_read(tmp_path: Path, edit: tuple[str, str, str]) -> None:
    file, old, new = edit
    folder = write_example(tmp_path, {file: (old, new)})
    (violation,) = words_of_list(Subject(open_engine([str(folder)]), AFTERNOON), WordList.TERMS)
    row = violation.place.path.read_text(encoding="utf-8").splitlines()[violation.place.line - 1]
    assert row[violation.place.column - 1 :].casefold().startswith("child porn")


def test_what_people_type_may_hold_any_word(tmp_path: Path) -> None:
    edit = ("phrases: [talk to someone]", "phrases: [talk to someone, i saw child porn]")
    folder = write_example(tmp_path, {"flows/phrases/en.yaml": edit})
    assert list(words_of_list(Subject(open_engine([str(folder)]), AFTERNOON), WordList.TERMS)) == []


def test_names_of_services_are_nobodys_choice_of_words(tmp_path: Path) -> None:
    edits = {
        "resources.yaml": ("name: Report Remove", "name: Revenge Porn Helpline (SWGfL)"),
        "flows/topic.yaml": ("One small step is enough.", "Ask {report_remove}, the Revenge Porn Helpline."),
    }
    subject = Subject(open_engine([str(write_example(tmp_path / "named", edits))]), AFTERNOON)
    assert list(words_of_list(subject, WordList.TERMS)) == []
    edits["flows/topic.yaml"] = ("One small step is enough.", "It is revenge porn.")
    subject = Subject(open_engine([str(write_example(tmp_path / "spoken", edits))]), AFTERNOON)
    assert len(list(words_of_list(subject, WordList.TERMS))) == 1


def with_sentences(folder: Path, written: list[str]) -> tuple[Subject, dict[str, int]]:
    """The example with one step for each sentence, and the line at which each stands."""
    rows = ["flow: topic", "title: A topic", "risk: none", "start: first", "steps:"]
    rows += ["  first:", "    say: Hello.", "    choices:", "      - {label: On, go: second}"]
    rows += ["  second: {say: More., end: true}", "  last: {say: The end., end: true}"]
    lines = {}
    for number, sentence in enumerate(written):
        rows += [f"  s{number}:", "    end: true", "    say:", f"      - {json.dumps(sentence)}"]
        lines[f"topic.s{number}"] = len(rows)
    content = write_example(folder, {"flows/topic.yaml": "\n".join(rows) + "\n"})
    return Subject(open_engine([str(content)]), AFTERNOON), lines


def rule_of(list_: WordList) -> Rule:
    return next(rule for rule in all_rules() if rule.code == RULES[list_])
