"""What somebody meets who reads another language than English: on the first screen, when typing, when changing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.content.languages import KNOWN_LANGUAGES
from bot.content.model import StepId
from bot.dialogue.emergency_card import EMERGENCY_NUMBERS
from bot.dialogue.engine import Engine
from bot.dialogue.opening import open_engine
from bot.dialogue.places import LANGUAGE, LEAVE
from bot.dialogue.rendering import plain_text, telegram_html
from bot.dialogue.screen import Button, ButtonRole, Screen
from bot.dialogue.scripts import languages_by_letters
from bot.dialogue.state import View
from bot.dialogue.token import MAXIMUM_LENGTH, decode
from tests.conftest import AFTERNOON
from tests.shipped import shipped_content

OTHERS = [code for code in KNOWN_LANGUAGES if code != "en"]


@pytest.fixture(scope="module")
def welsh_and_english() -> Engine:
    """The shipped content as in Wales, after a review: two languages whole."""
    return open_engine(["base"], languages=("en", "cy"))


def words(screen: Screen) -> str:
    return " ".join(plain_text.render(screen).split())


def role(screen: Screen, wanted: ButtonRole) -> Button:
    (found,) = [button for button in screen.buttons if button.role is wanted]
    return found


def goes_on(screen: Screen) -> Button:
    (found,) = [button for button in screen.buttons if button.role is ButtonRole.CHOICE]
    return found


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_not_reviewed_is_its_emergency_card(engine: Engine, code: str) -> None:
    screen = engine.start(AFTERNOON, language=code)
    assert screen.language == code
    said = words(screen)
    assert EMERGENCY_NUMBERS[0] in said
    assert {card.service for card in screen.cards} == {"childline", "samaritans"}
    assert all(number in said for number in ("0800 1111", "116 123"))
    english = words(engine.start(AFTERNOON, language="en"))
    assert not any(block.plain in english for block in screen.blocks)


@pytest.mark.parametrize("code", OTHERS)
def test_its_words_are_all_in_that_language(engine: Engine, code: str) -> None:
    screen = engine.start(AFTERNOON, language=code)
    own = engine.content.edition("en").texts
    assert not {block.plain for block in (*screen.blocks, *screen.question)} & {*own.values()}
    assert not {button.label for button in screen.buttons} & {*own.values()}
    for card in screen.cards:
        assert card.availability not in own.values()


@pytest.mark.parametrize("code", OTHERS)
def test_what_follows_is_announced_as_english_before_the_press(engine: Engine, code: str) -> None:
    screen = engine.start(AFTERNOON, language=code)
    button = goes_on(screen)
    assert "English" in button.label
    assert "English" in screen.question[0].plain
    there = engine.press(button.token, AFTERNOON)
    assert (there.state.step, there.language) == (StepId("menu", "welcome"), "en")


def test_the_card_goes_on_to_the_place_that_was_asked_for(engine: Engine) -> None:
    screen = engine.open("image_threats", AFTERNOON, language="pl")
    there = engine.press(goes_on(screen).token, AFTERNOON)
    assert there.state.step.flow == "image_threats"


def test_the_card_fits_telegram_in_every_language(engine: Engine) -> None:
    for code in OTHERS:
        screen = engine.start(AFTERNOON, language=code)
        assert len(telegram_html.render(screen)) < telegram_html.MAXIMUM_CHARACTERS
        assert all(len(button.token) <= MAXIMUM_LENGTH for button in screen.buttons)


def test_abroad_the_card_names_no_number_that_does_not_work_there(engine: Engine) -> None:
    state = engine.start(AFTERNOON, language="pl").state
    nation = engine.content.answers["nation"]
    outside = next(value.code for value in nation.values if value.id == "outside_uk")
    said = words(engine.draw(state._replace(answers=((nation.code, outside),)), AFTERNOON))
    assert "999" not in said
    assert "0800 1111" not in said
    assert "112" in said


def test_every_language_is_named_in_itself_and_in_order(engine: Engine) -> None:
    screen = engine.open("language", AFTERNOON, language="pl")
    choices = [button for button in screen.buttons if button.role is ButtonRole.CHOICE]
    assert [button.label for button in choices] == [language.own_name for language in KNOWN_LANGUAGES.values()]
    assert [button.language for button in choices] == list(KNOWN_LANGUAGES)
    assert len(screen.rows) <= 8


def test_the_list_has_the_number_in_every_language_for_who_reads_only_one(engine: Engine) -> None:
    lines = [block.plain for block in engine.open("language", AFTERNOON).blocks][1:]
    assert len(lines) == len(set(lines)) == len(KNOWN_LANGUAGES)
    assert all("999" in line and "112" in line for line in lines)


def test_one_press_changes_the_language_and_keeps_the_place(welsh_and_english: Engine) -> None:
    engine = welsh_and_english
    screen = engine.open("suicide", AFTERNOON)
    listed = engine.press(role(screen, ButtonRole.LANGUAGE).token, AFTERNOON)
    (welsh,) = [button for button in listed.buttons if button.label == "Cymraeg"]
    there = engine.press(welsh.token, AFTERNOON)
    assert (there.language, there.state.step, there.state.answers, there.state.trail) == (
        "cy",
        screen.state.step,
        screen.state.answers,
        screen.state.trail,
    )


def screens(engine: Engine, language: str) -> Iterator[Screen]:
    start = engine.start(AFTERNOON, language=language).state
    for step in engine.content.steps:
        yield engine.draw(start._replace(step=step), AFTERNOON)


def test_where_two_languages_are_whole_every_screen_can_change_them(welsh_and_english: Engine) -> None:
    for screen in screens(welsh_and_english, "cy"):
        assert screen.language == "cy"
        assert role(screen, ButtonRole.LANGUAGE).label == "🌐 Iaith"
        assert len(screen.rows) <= 8
        assert all(len(row) <= 3 for row in screen.rows)


def test_where_only_english_is_whole_every_screen_leads_to_the_other_languages_cards(engine: Engine) -> None:
    for screen in screens(engine, "en"):
        assert role(screen, ButtonRole.LANGUAGE).label == "🌐 Language"
        assert len(screen.rows) <= 8
        assert all(len(row) <= 3 for row in screen.rows)


def test_the_way_to_the_languages_takes_no_row_of_its_own_beside_the_emergency_button(engine: Engine) -> None:
    for screen in screens(engine, "en"):
        (row,) = [row for row in screen.rows if any(button.role is ButtonRole.LANGUAGE for button in row)]
        assert len(row) > 1 or not any(button.role is ButtonRole.EMERGENCY for button in screen.buttons)


@pytest.mark.parametrize("view", [View.DETAILS, View.QUESTION])
def test_what_a_screen_opens_can_change_the_language_as_well(engine: Engine, view: View) -> None:
    state = engine.open("parent_worried", AFTERNOON).state._replace(view=view)
    assert role(engine.draw(state, AFTERNOON), ButtonRole.LANGUAGE)


def test_a_single_language_offers_no_list(pack: Path) -> None:
    alone = open_engine([str(pack)])
    assert all(button.role != "language" for button in alone.start(AFTERNOON).buttons)


def test_every_screen_of_a_language_can_be_drawn(engine: Engine) -> None:
    for code in OTHERS:
        for screen in screens(engine, code):
            assert EMERGENCY_NUMBERS[0] in words(screen)


def test_a_whole_language_with_nothing_translated_still_has_every_screen() -> None:
    engine = open_engine(["base"], languages=("en", "so"))
    for mine, english in zip(screens(engine, "so"), screens(engine, "en"), strict=True):
        assert len(mine.blocks) == len(english.blocks)
        assert len(mine.cards) == len(english.cards)
        assert [button.role for button in mine.buttons] == [button.role for button in english.buttons]


@pytest.mark.parametrize(("typed", "code"), [("Polski", "pl"), ("cymraeg", "cy"), ("in Urdu", "ur"), ("عربي", "ar")])
def test_a_typed_language_is_taken(engine: Engine, typed: str, code: str) -> None:
    assert engine.read(typed, AFTERNOON).language == code


def test_a_typed_language_keeps_the_place(engine: Engine) -> None:
    state = engine.open("image_threats", AFTERNOON).state
    screen = engine.read("polski", AFTERNOON, state=state)
    assert (screen.language, screen.state.step) == ("pl", state.step)
    assert engine.read("english", AFTERNOON, state=screen.state).state == state._replace(language="en")


@pytest.mark.parametrize(
    ("typed", "code", "flow"),
    [("chcę się zabić", "pl", "suicide"), ("quiero suicidarme", "es", "suicide"), ("اريد ان انتحر", "ar", "suicide")],
)
def test_who_types_in_another_language_is_answered_in_it(engine: Engine, typed: str, code: str, flow: str) -> None:
    screen = engine.read(typed, AFTERNOON)
    assert screen.language == code
    assert engine.press(goes_on(screen).token, AFTERNOON).state.step.flow == flow


def test_words_that_belong_to_many_languages_change_nothing(engine: Engine) -> None:
    for typed in ("999", "help", "stop"):
        assert engine.read(typed, AFTERNOON, language="pl").language == "pl"


def test_english_words_are_answered_in_english_whatever_the_app_speaks(engine: Engine) -> None:
    assert engine.read("someone is threatening to share my nudes", AFTERNOON, language="pl").language == "en"


@pytest.mark.parametrize("typed", ["我想死", "Надад тусламж хэрэгтэй байна", "γεια σου", "도와주세요", "ช่วยด้วย"])
def test_letters_nobody_here_can_read_get_the_number_in_every_language(engine: Engine, typed: str) -> None:
    screen = engine.read(typed, AFTERNOON)
    assert screen.state.step == LANGUAGE
    assert words(screen).count("999") == len(KNOWN_LANGUAGES)


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("ਕੁਝ ਹੋਰ", ("pa",)),
        ("কিছু একটা", ("bn",)),
        ("कुछ और", ("hi",)),
        ("їжак і ґава", ("uk",)),
        ("ещё что-то", ()),
        ("مجھے کچھ نہیں", ("ur",)),
        ("لا أعرف شيئا عن هذه", ("ar",)),
        ("سلام", ("ar", "ur")),
        ("日本語", ()),
        ("hello", None),
        ("999 !!", None),
        ("", None),
    ],
)
def test_letters_tell_a_language_as_far_as_they_can(typed: str, codes: tuple[str, ...] | None) -> None:
    assert languages_by_letters(typed) == codes


def test_words_not_understood_in_known_letters_get_that_languages_card(engine: Engine) -> None:
    assert engine.read("ਕੁਝ ਹੋਰ ਚੀਜ਼", AFTERNOON).language == "pa"


def test_a_language_that_is_not_there_falls_back_to_the_default(engine: Engine) -> None:
    screen = engine.start(AFTERNOON, language="de")
    assert (screen.language, screen.state.step) == ("en", StepId("menu", "welcome"))


def test_the_choice_travels_in_every_button(engine: Engine) -> None:
    for button in engine.start(AFTERNOON, language="pl").buttons:
        state = decode(button.token, engine.content)
        assert getattr(state, "language", "") == ("en" if button.role is ButtonRole.CHOICE else "pl")


def test_leaving_says_so_in_the_persons_language(engine: Engine) -> None:
    screen = engine.leave(AFTERNOON, language="pl")
    assert screen.state.step == LEAVE
    assert screen.leave
    assert words(screen).startswith("Wszystko zamknięte")


def test_facts_come_from_the_english_file_in_every_language() -> None:
    content = shipped_content()
    for edition in content.editions.values():
        for id_, service in edition.services.items():
            own = content.services[id_].facts
            assert [phone.number for phone in service.facts.phones] == [phone.number for phone in own.phones]
            assert service.facts.schedules == own.schedules


@pytest.mark.parametrize(
    "typed",
    [
        "a boy in a film gets blackmailed and i wanted to ask about it",
        "my friend and the dost from school have gone to them",
    ],
)
def test_a_loanword_in_an_english_sentence_changes_no_language(engine: Engine, now: datetime, typed: str) -> None:
    assert engine.read(typed, now).language == "en"


@pytest.mark.parametrize(
    ("typed", "code"), [("ktos grozi ze wysle moje nagie zdjecia", "pl"), ("je veux mourir", "fr")]
)
def test_a_sentence_of_another_language_is_answered_in_it(engine: Engine, now: datetime, typed: str, code: str) -> None:
    assert engine.read(typed, now).language == code
