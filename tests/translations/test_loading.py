"""What PO files give the content: translations where the English words are still the same, English everywhere else."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bot.content.document import Document
from bot.content.errors import ContentError, Place
from bot.content.load import load
from bot.content.model import Content, StepId
from tests.packs import small_pack
from tests.translations.conftest import WritePo

Loaded = Callable[..., Content]
WHOLE = ("en", "pl")
SAY, BUTTON = "topic/first/say", "topic/first/choice:second/button"


def line_of_words(path: Path, id_: str) -> int:
    """The line on which the translation of a text begins, below the English words."""
    rows = path.read_text().splitlines()
    entry = rows.index(f'msgctxt "{id_}"')
    return next(number for number, row in enumerate(rows[entry:], entry + 1) if row.startswith("msgstr"))


def test_a_translation_stands_in_its_place_and_english_in_all_others(write_po: WritePo, loaded: Loaded) -> None:
    write_po(
        "pl", {SAY: "Pierwszy ekran, {helpline} i {helpline.phone}.", "service:helpline/description": "Ktoś słucha."}
    )
    content = loaded(languages=WHOLE)
    polish, english = content.edition("pl"), content.edition("en")
    first = StepId("topic", "first")
    assert polish.steps[first].say[0].template.blocks != english.steps[first].say[0].template.blocks
    assert polish.steps[first].choices == english.steps[first].choices
    assert polish.steps[StepId("topic", "second")] is english.steps[StepId("topic", "second")]
    assert polish.services["helpline"].facts.description == "Ktoś słucha."
    assert polish.services["helpline"].facts.phones == english.services["helpline"].facts.phones
    assert polish.texts["button_back"] == "Back"


def test_numbers_and_addresses_are_never_translated(write_po: WritePo, loaded: Loaded) -> None:
    write_po("pl", {"service:helpline/name": "Telefon 123"})
    for id_, service in loaded().edition("pl").services.items():
        english = loaded().services[id_].facts
        assert [phone.number for phone in service.facts.phones] == [phone.number for phone in english.phones]
        assert [link.url for link in service.facts.links] == [link.url for link in english.links]


def test_words_whose_english_has_changed_are_not_shown(pack: Path, write_po: WritePo, loaded: Loaded) -> None:
    write_po("pl", {BUTTON: "Dalej"})
    topic = pack / "flows" / "topic.yaml"
    topic.write_text(topic.read_text().replace("label: On,", "label: Go on,"))
    content = loaded(languages=WHOLE)
    assert content.edition("pl").steps[StepId("topic", "first")].choices[0].label == "Go on"
    assert BUTTON in content.translations["pl"].outdated


def test_unsure_words_are_not_shown(write_po: WritePo, loaded: Loaded) -> None:
    path = write_po("pl", {BUTTON: "Dalej"})
    path.write_text(path.read_text().replace(f'msgctxt "{BUTTON}"', f'#, fuzzy\nmsgctxt "{BUTTON}"'))
    content = loaded(languages=WHOLE)
    assert content.edition("pl").steps[StepId("topic", "first")].choices[0].label == "On"
    assert list(content.translations["pl"].unsure) == [BUTTON]


def test_words_for_a_text_that_is_gone_do_no_harm(write_po: WritePo, loaded: Loaded) -> None:
    write_po("pl", {"topic/gone/say": "Cokolwiek"})
    assert list(loaded().translations["pl"].unknown) == ["topic/gone/say"]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("Ekran, {helpline}.", "has lost {helpline.phone}"),
        ("Ekran, {helpline}, {helpline.phone} i {childline.phone}.", "names {childline.phone}"),
        ("Ekran, {helpline} i {helpline.phone.", "a brace names no fact"),
        ("Ekran, **{helpline} i {helpline.phone}.", "** opens bold"),
        ("Ekran.\n\n{helpline} i {helpline.phone}.", "a paragraph then a paragraph"),
        ("- {helpline}\n- {helpline.phone}", "a list of 2"),
    ],
)
def test_a_mistake_in_a_translation_is_named_with_its_line(
    write_po: WritePo, loaded: Loaded, words: str, complaint: str
) -> None:
    path = write_po("pl", {SAY: words})
    line = line_of_words(path, SAY)
    with pytest.raises(ContentError) as refused:
        loaded()
    (problem,) = refused.value.problems
    assert problem.place.path.name == "waypost.po"
    assert problem.place.line == line
    assert complaint in problem.message
    assert problem.hint


def test_a_button_with_two_lines_is_refused(write_po: WritePo, loaded: Loaded) -> None:
    write_po("pl", {BUTTON: "Dalej\nalbo nie"})
    with pytest.raises(ContentError, match="more than one line"):
        loaded()


def test_a_broken_file_is_named_with_its_line(write_po: WritePo, loaded: Loaded) -> None:
    path = write_po("pl", {})
    path.write_text(path.read_text() + '\nmsgctxt "topic/first/say"\nmsgid "x"\nnonsense\nmsgstr "y"\n')
    with pytest.raises(ContentError, match=r"waypost\.po:\d+:1: this is no PO file"):
        loaded()


def test_the_same_entry_twice_is_refused(write_po: WritePo, loaded: Loaded) -> None:
    path = write_po("pl", {BUTTON: "Dalej"})
    path.write_text(path.read_text() + f'\nmsgctxt "{BUTTON}"\nmsgid "On"\nmsgstr "Naprzód"\n')
    with pytest.raises(ContentError, match="the same entry stands at line"):
        loaded()


def test_a_file_in_the_wrong_folder_is_refused(write_po: WritePo, loaded: Loaded) -> None:
    path = write_po("pl", {})
    path.write_text(path.read_text().replace("Language: pl", "Language: ro"))
    with pytest.raises(ContentError, match="the header names the language `ro`, the folder `pl`"):
        loaded()


def test_a_file_that_is_no_text_is_refused(write_po: WritePo, loaded: Loaded) -> None:
    write_po("pl", {}).write_bytes(b"\xff\xfe\x00broken")
    with pytest.raises(ContentError, match="is not plain text"):
        loaded()


def test_places_stay_true_below_entries_without_a_translation(write_po: WritePo, loaded: Loaded) -> None:
    path = write_po("pl", {SAY: "Ekran."})
    untranslated = '\nmsgctxt "topic/last/say"\nmsgid "The last screen."\nmsgstr ""\n'
    head, entry = path.read_text().split(f'\nmsgctxt "{SAY}"')
    path.write_text(f'{head}{untranslated}\nmsgctxt "{SAY}"{entry}')
    line = line_of_words(path, SAY)
    with pytest.raises(ContentError) as refused:
        loaded()
    assert [problem.place.line for problem in refused.value.problems] == [line]


def test_a_later_pack_overrides_translations_by_id(tmp_path: Path, pack: Path, write_po: WritePo) -> None:
    write_po("pl", {BUTTON: "Dalej", "text:button_back": "Wstecz"})
    later = tmp_path / "later"
    small_pack(later)
    write_po("pl", {BUTTON: "Naprzód"}, folder=later)
    edition = load([str(pack), str(later)], languages=WHOLE).edition("pl")
    assert edition.steps[StepId("topic", "first")].choices[0].label == "Naprzód"
    assert edition.texts["button_back"] == "Wstecz"


def test_of_a_language_that_is_not_offered_whole_only_the_card_is_kept_for_screens(
    write_po: WritePo, loaded: Loaded
) -> None:
    write_po("pl", {SAY: "Pierwszy ekran, {helpline} i {helpline.phone}.", "service:helpline/name": "Linia"})
    content = loaded()
    assert content.edition("pl").steps is content.steps
    assert content.edition("pl").services["helpline"].facts.name == "Linia"
    assert SAY in content.translations["pl"].texts


def _without_places(value: object) -> object:
    """The same with names and values in place of dataclasses, and nothing about where things stand."""
    if isinstance(value, Place | Document):
        return None
    if isinstance(value, Mapping):
        return {key: _without_places(item) for key, item in value.items()}
    if dataclasses.is_dataclass(value):
        return {field.name: _without_places(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return tuple(map(_without_places, value)) if isinstance(value, tuple) else value


@pytest.mark.parametrize("offered", [(), ("en", "pl"), ("en",)])
@pytest.mark.parametrize("reviewers", ["", "Jan Example"])
def test_what_people_are_shown_is_the_same_where_only_that_is_read(
    write_po: WritePo, loaded: Loaded, offered: tuple[str, ...], reviewers: str
) -> None:
    own = {SAY: "Pierwszy ekran, {helpline} i {helpline.phone}.", "text:button_back": "Wstecz", BUTTON: "Dalej"}
    write_po("pl", {**own, "service:helpline/description": "Ktoś słucha."}, reviewers=reviewers)
    everything, shown = loaded(languages=offered), loaded(languages=offered, only_shown=True)
    assert shown.fingerprint == everything.fingerprint
    assert _without_places(shown.editions) == _without_places(everything.editions)
    assert (SAY in shown.translations["pl"].texts) is everything.editions["pl"].whole


def test_mistakes_are_named_at_their_lines_where_only_what_is_shown_is_read(write_po: WritePo, loaded: Loaded) -> None:
    path = write_po("pl", {SAY: "Pierwszy ekran.", "text:button_back": "Wstecz, {nobody}"})
    line = line_of_words(path, "text:button_back")
    with pytest.raises(ContentError) as refused:
        loaded(only_shown=True)
    assert [problem.place.line for problem in refused.value.problems] == [line]


def test_only_english_and_reviewed_languages_are_offered_whole(write_po: WritePo, loaded: Loaded) -> None:
    write_po("pl", {})
    write_po("cy", {}, reviewers="Sioned Example, Example Trust")
    whole = {code: edition.whole for code, edition in loaded().editions.items()}
    assert whole == {"en": True, "cy": True, "pl": False}


def test_a_reviewer_of_one_file_does_not_stand_by_another(tmp_path: Path, pack: Path, write_po: WritePo) -> None:
    write_po("cy", {}, reviewers="Sioned Example")
    later = small_pack(tmp_path / "later")
    write_po("cy", {}, folder=later)
    assert not load([str(pack), str(later)]).editions["cy"].whole


def test_the_setting_says_what_is_offered_whole(write_po: WritePo, loaded: Loaded) -> None:
    write_po("pl", {})
    write_po("cy", {}, reviewers="Sioned Example")
    whole = {code: edition.whole for code, edition in loaded(languages=("en", "pl")).editions.items()}
    assert whole == {"en": True, "cy": False, "pl": True}


def test_the_default_language_is_always_offered_whole(write_po: WritePo, loaded: Loaded) -> None:
    write_po("cy", {"text:button_back": "Yn ôl"})
    content = loaded(default_language="cy")
    assert content.editions["cy"].whole
    assert content.edition("").texts["button_back"] == "Yn ôl"
    assert content.edition("").texts["button_leave"] == "Leave"


@pytest.mark.parametrize("options", [{"languages": ("en", "pl")}, {"default_language": "pl"}])
def test_a_language_without_a_file_cannot_be_offered(loaded: Loaded, options: dict[str, object]) -> None:
    with pytest.raises(ContentError, match="there is no translation for `pl`"):
        loaded(**options)


def test_a_language_without_an_emergency_card_is_not_offered(write_po: WritePo, loaded: Loaded) -> None:
    path = write_po("pl", {})
    path.write_text(path.read_text().replace('msgstr "pl: **In danger', '#, fuzzy\nmsgstr "pl: **In danger'))
    head, _, rest = path.read_text().partition("#, fuzzy\n")
    at = head.rindex("msgctxt")
    path.write_text(f"{head[:at]}#, fuzzy\n{head[at:]}{rest}")
    content = loaded()
    assert list(content.editions) == ["en"]
    assert "pl" in content.translations


def test_another_choice_of_languages_is_other_content_to_prove(write_po: WritePo, loaded: Loaded) -> None:
    write_po("pl", {})
    assert len({loaded().fingerprint, loaded(languages=("en", "pl")).fingerprint}) == 2


def test_a_changed_translation_is_other_content_to_prove(write_po: WritePo, loaded: Loaded) -> None:
    write_po("pl", {BUTTON: "Dalej"})
    before = loaded().fingerprint
    write_po("pl", {BUTTON: "Naprzód"})
    assert loaded().fingerprint != before
