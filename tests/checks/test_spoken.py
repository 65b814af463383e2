"""The screens in every language: which are drawn, what a finding on one of them says, and how it is replayed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import polib
import pytest

from bot.checks.example import write_example
from bot.checks.formats import situations
from bot.checks.formats.json_report import json_report
from bot.checks.formats.page import page
from bot.checks.formats.text import text
from bot.checks.report import Report
from bot.checks.run import run_checks
from bot.checks.stories.replay import find_story, offered_whole, replayed
from bot.checks.subject import Subject
from bot.content.load import load
from bot.content.translatable import translatables
from bot.dialogue.engine import Engine
from bot.dialogue.opening import open_engine
from bot.dialogue.places import EMERGENCY
from tests.conftest import AFTERNOON

SECOND = "topic/second/say"
CARD = frozenset({"text:notice_immediate", "text:card_rest", "text:button_rest", "text:language_emergency"})


def in_french(id_: str, words: str) -> str:
    """What stands for a translation: as long as the English words, and told from them."""
    return words if id_.startswith("text:") else f"{words[:-1]}é" if "{" not in words else words


def content(folder: Path, *, of: Callable[[str], bool] = lambda _: True, **changes: str) -> Path:
    """The example in a folder, with a French file that translates the texts ``of`` which it is asked."""
    write_example(folder)
    return translated(folder, of, {id_.replace("__", "/"): words for id_, words in changes.items()})


def translated(folder: Path, of: Callable[[str], bool], changes: Mapping[str, str]) -> Path:
    """A French file in a folder of content."""
    file = polib.POFile(wrapwidth=0)
    file.metadata = {"Language": "fr", "Content-Type": "text/plain; charset=UTF-8", "X-Reviewed-By": ""}
    for one in translatables(load([str(folder)])):
        if of(one.id):
            words = changes.get(one.id) or in_french(one.id, one.text)
            file.append(polib.POEntry(msgctxt=one.id, msgid=one.text, msgstr=words))
    path = folder / "flows" / "locale" / "fr" / "waypost.po"
    path.parent.mkdir(parents=True)
    file.save(str(path))
    return folder


def engine_of(folder: Path, *languages: str) -> Engine:
    return open_engine([str(folder)], languages=languages)


def checked(folder: Path, *codes: str) -> Report:
    return run_checks(engine_of(folder), AFTERNOON, only=codes)


def test_every_screen_is_drawn_in_a_language_that_is_translated_whole_even_if_nobody_is_offered_it(
    tmp_path: Path,
) -> None:
    subject = Subject(engine_of(content(tmp_path)), AFTERNOON)
    english, french = subject.spoken
    assert (english.language, english.everything, english.offered) == ("en", True, True)
    assert (french.language, french.everything, french.offered) == ("fr", True, False)
    assert french.screens.keys() == english.screens.keys() == subject.exploration.sightings.keys()
    assert all(screen.state.language == "fr" for screen in french.screens.values())


def test_a_language_translated_in_part_is_drawn_where_every_word_is_there(tmp_path: Path) -> None:
    begun = content(tmp_path, of=lambda id_: id_ in CARD or id_.startswith("topic/second/"))
    _, french = Subject(engine_of(begun), AFTERNOON).spoken
    assert not french.everything
    assert {str(seen.step.id) for seen in french.at_views()} == {"topic.second"}


def test_what_is_offered_whole_is_drawn_whole_however_little_is_translated(tmp_path: Path) -> None:
    begun = content(tmp_path, of=lambda id_: id_ in CARD)
    english, french = Subject(engine_of(begun, "en", "fr"), AFTERNOON).spoken
    assert french.offered
    assert french.screens.keys() == english.screens.keys()
    assert french.cards == ()


def test_the_emergency_card_is_drawn_for_people_everywhere(tmp_path: Path) -> None:
    subject = Subject(engine_of(content(tmp_path)), AFTERNOON)
    _, french = subject.spoken
    said = {block.plain for card in french.cards for block in card.blocks}
    assert len(french.cards) > 1
    assert any("999" in words for words in said)
    assert any("112" in words for words in said)


def test_a_quick_look_draws_the_default_language_alone_and_says_so(tmp_path: Path) -> None:
    report = run_checks(engine_of(content(tmp_path)), AFTERNOON, quick=True)
    assert [drawn.language for drawn in report.languages] == ["en"]
    assert any("default language alone" in sentence for sentence in report.skipped)


def test_a_report_says_how_many_screens_were_drawn_in_which_language(tmp_path: Path) -> None:
    report = checked(content(tmp_path), "WP504")
    english, french = report.languages
    assert french.screens == english.screens > 0
    assert (
        f"Every screen in 2 languages: English {english.screens:,}, French {french.screens:,} (not offered yet)."
        in text(report)
    )
    assert '"everything": true' in json_report(report)
    assert "not offered yet, people get the emergency card" in page(report)


def test_a_finding_names_the_language_and_stands_on_the_line_of_the_translation(tmp_path: Path) -> None:
    folder = content(tmp_path, topic__second__say="Un petit pas suffit. " * 190)
    (finding,) = checked(folder, "WP806").findings
    rows = finding.place.path.read_text().splitlines()
    assert finding.message.startswith("French: `topic.second` has ")
    assert rows[finding.place.line - 1].startswith("msgstr")
    assert f'msgctxt "{SECOND}"' in rows[: finding.place.line]
    assert finding.about == "fr:topic.second"
    assert finding.situation is not None
    assert finding.situation.language == "fr"
    assert situations.replay(finding.situation).endswith(" --language fr")
    assert situations.circumstances(finding.situation, {}) == "in French"


@pytest.mark.parametrize(
    ("code", "id_", "words"),
    [
        ("WP704", "topic/second/choice:last/button", "Show me that agaié"),
        ("WP807", "topic/second/choice:last/button", "…"),
        ("WP505", SECOND, f"{'é' * 90}."),
        ("WP404", SECOND, "Un petit pas suffit. " * 20),
    ],
)
def test_what_goes_wrong_in_a_translation_alone_is_found_in_it_alone(
    tmp_path: Path, code: str, id_: str, words: str
) -> None:
    spoilt = translated(write_example(tmp_path / "spoilt"), lambda _: True, {id_: words})
    sound = content(tmp_path / "sound")
    found = checked(spoilt, code).findings
    assert found
    assert all(finding.message.startswith("French: ") and finding.place.path.suffix == ".po" for finding in found)
    assert checked(sound, code).findings == ()


def test_the_way_to_a_finding_is_replayed_in_its_language(tmp_path: Path) -> None:
    engine = offered_whole(engine_of(content(tmp_path)), "fr")
    story = find_story("menu > Talk it through > What comes next", engine.content, AFTERNOON, at=None, language="fr")
    *_, (_, last) = replayed(engine, story)
    assert (str(last.state.step), last.language) == ("topic.second", "fr")
    assert "That is alé" in {button.label for button in last.buttons}


def test_a_way_may_be_told_in_the_language_itself(tmp_path: Path) -> None:
    engine = offered_whole(engine_of(content(tmp_path)), "fr")
    story = find_story("menu > Talk it througé > What comes next", engine.content, AFTERNOON, at=None, language="fr")
    *_, (_, last) = replayed(engine, story)
    assert (str(last.state.step), last.language) == ("topic.second", "fr")


def test_a_replay_ends_where_no_button_is_called_so_in_either_language(tmp_path: Path) -> None:
    engine = offered_whole(engine_of(content(tmp_path)), "fr")
    story = find_story("menu > Nothing like this", engine.content, AFTERNOON, at=None, language="fr")
    *_, (told, last) = replayed(engine, story)
    assert "The replay ends here." in told
    assert last.language == "fr"


def test_the_emergency_button_of_every_screen_stays_in_the_language(tmp_path: Path) -> None:
    folder = content(tmp_path)
    subject = Subject(engine_of(folder), AFTERNOON)
    start = subject.content.flows[EMERGENCY].start
    _, french = subject.spoken
    assert any(seen.step.id == start for seen in french.at_steps())
    assert checked(folder, "WP101", "WP108", "WP203").findings == ()
