"""`translate`: files that translators' programs read, that keep every translation, and that say how far it is."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import polib
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from bot.cli import main
from bot.content.load import load
from bot.content.model import Content
from bot.content.text import parse, written
from bot.content.translatable import translatables
from bot.dialogue.engine import Engine
from bot.operations.translating import TranslateError, extract, status, update

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
REPOSITORY = Path(__file__).parents[2]
LOCALE = REPOSITORY / "flows" / "locale"
Update = Callable[..., polib.POFile]


@pytest.fixture
def updated(pack: Path) -> Update:
    """Brings the Polish file of the small pack up to date and reads it."""

    def run() -> polib.POFile:
        list(update(load([str(pack)]), str(pack), ["pl"], NOW))
        return polib.pofile(str(pack / "flows" / "locale" / "pl" / "waypost.po"))

    return run


def entry(file: polib.POFile, id_: str) -> polib.POEntry:
    (found,) = [entry for entry in file if entry.msgctxt == id_]
    return found


def translate(pack: Path, **texts: str) -> None:
    path = pack / "flows" / "locale" / "pl" / "waypost.po"
    file = polib.pofile(str(path))
    for one in file:
        one.msgstr = texts.get(one.msgid, one.msgstr)
    path.write_text(str(file) + "\n")


def edit(pack: Path, old: str, new: str) -> None:
    topic = pack / "flows" / "topic.yaml"
    assert old in topic.read_text()
    topic.write_text(topic.read_text().replace(old, new))


def test_every_text_comes_once_with_its_context(pack: Path, updated: Update) -> None:
    contexts = [one.msgctxt for one in updated()]
    assert len(contexts) == len(set(contexts))
    assert set(contexts) == {text.id for text in translatables(load([str(pack)]))}
    assert not any(one.msgstr for one in updated())


def test_contexts_name_flow_step_and_role(updated: Update) -> None:
    file = updated()
    assert entry(file, "topic/first/say").msgid == "The first screen, with {helpline} and {helpline.phone}."
    assert entry(file, "topic/first/choice:second/button").msgid == "On"
    assert entry(file, "text:button_back").msgid == "Back"
    assert entry(file, "answer:age/under_13/button").msgid == "Under 13"
    assert entry(file, "service:helpline/description").msgid == "Somebody listens."


def test_a_translator_is_told_what_comes_before_how_long_and_what_to_keep(updated: Update) -> None:
    note = entry(updated(), "topic/second/say").comment
    assert "Screen before: topic.first, button “On”." in note
    assert "60 words at most" in note
    note = entry(updated(), "topic/first/say").comment
    assert "Keep {helpline.phone}: it becomes “0800 496 0000”." in note
    assert "30 characters at most" in entry(updated(), "topic/first/choice:second/button").comment


def test_a_second_update_changes_nothing(pack: Path, updated: Update) -> None:
    updated()
    translate(pack, On="Dalej")
    content = load([str(pack)])
    assert list(update(content, str(pack), [], NOW)) == []


def test_a_translation_outlives_new_steps_and_another_order(pack: Path, updated: Update) -> None:
    updated()
    translate(pack, On="Dalej", **{"The last screen.": "Ostatni ekran."})
    edit(pack, "  second:\n", "  new:\n    say: A new screen.\n    end: true\n  second:\n")
    edit(pack, "      - {label: On, go: second}\n", "      - {label: New, go: new}\n      - {label: On, go: second}\n")
    file = updated()
    assert entry(file, "topic/first/choice:second/button").msgstr == "Dalej"
    assert entry(file, "topic/last/say").msgstr == "Ostatni ekran."
    assert entry(file, "topic/new/say").msgstr == ""


def test_changed_english_makes_a_translation_unsure_and_keeps_the_old_words(pack: Path, updated: Update) -> None:
    updated()
    translate(pack, On="Dalej")
    edit(pack, "label: On,", "label: Go on,")
    changed = entry(updated(), "topic/first/choice:second/button")
    assert (changed.msgid, changed.msgstr, changed.flags) == ("Go on", "Dalej", ["fuzzy"])
    assert changed.previous_msgid == "On"
    edit(pack, "label: Go on,", "label: Go on now,")
    assert entry(updated(), "topic/first/choice:second/button").previous_msgid == "On"


def test_a_button_that_leads_elsewhere_now_keeps_its_translation(pack: Path, updated: Update) -> None:
    updated()
    translate(pack, On="Dalej")
    edit(pack, "{label: On, go: second}", "{label: On, go: last}")
    moved = entry(updated(), "topic/first/choice:last/button")
    assert (moved.msgstr, moved.flags) == ("Dalej", [])


def test_a_text_that_is_gone_stays_at_the_end_and_comes_back(pack: Path, updated: Update) -> None:
    updated()
    translate(pack, **{"The last screen.": "Ostatni ekran."})
    edit(pack, "  last:\n    say: The last screen.\n    end: true\n", "  other:\n    say: Other.\n    end: true\n")
    edit(pack, "go: last", "go: other")
    gone = entry(updated(), "topic/last/say")
    assert gone.obsolete
    edit(pack, "  other:\n    say: Other.\n    end: true\n", "  last:\n    say: The last screen.\n    end: true\n")
    edit(pack, "go: other", "go: last")
    back = entry(updated(), "topic/last/say")
    assert (back.obsolete, back.msgstr) == (False, "Ostatni ekran.")


def test_a_translators_comments_and_header_stay(pack: Path, updated: Update) -> None:
    updated()
    path = pack / "flows" / "locale" / "pl" / "waypost.po"
    file = polib.pofile(str(path))
    file.metadata["X-Reviewed-By"] = "Jan Example"
    file[0].tcomment = "Short on purpose."
    path.write_text(str(file) + "\n")
    after = updated()
    assert after.metadata["X-Reviewed-By"] == "Jan Example"
    assert after[0].tcomment == "Short on purpose."


def test_a_new_file_says_that_nobody_has_reviewed_it(updated: Update) -> None:
    file = updated()
    assert file.metadata["X-Reviewed-By"] == ""
    assert "not reviewed by a native speaker" in " ".join(file.header.split())


def test_the_files_are_what_gettext_accepts(pack: Path, updated: Update, tmp_path: Path) -> None:
    updated()
    template = tmp_path / "waypost.pot"
    template.write_text(extract(load([str(pack)]), str(pack), NOW))
    files = [template, *pack.glob("flows/locale/*/waypost.po"), *sorted(LOCALE.glob("*/waypost.po"))]
    assert len(files) >= 15
    for file in files:
        done = subprocess.run(["msgfmt", "-c", "-o", "/dev/null", str(file)], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert file == template or done.stderr == ""  # a template names no language, which msgfmt remarks on


def test_every_shipped_language_has_its_emergency_card_and_waits_for_a_reviewer(engine: Engine) -> None:
    assert list(engine.content.editions) == [
        *("en", "cy", "pl", "ro", "ur", "pa", "bn", "hi", "ar", "uk", "so", "es", "fr", "pt")
    ]
    for language, made in engine.content.translations.items():
        assert made.unknown == {}
        assert engine.content.editions[language].whole is bool(made.reviewers)


def test_status_says_how_far_each_language_is(engine: Engine) -> None:
    said = "\n".join(status(engine.content))
    assert "pl  Polski:" in said
    assert "not reviewed by a native speaker; offered as the emergency card alone" in said


def test_status_lists_what_somebody_in_danger_may_miss(pack: Path, updated: Update) -> None:
    updated()
    said = "\n".join(status(load([str(pack)]), listed=True))
    assert "not offered: the emergency card is not translated" in said
    assert ": text:notice_immediate" in said
    assert "emergency/ring/say" in said


def test_a_language_nobody_knows_is_refused_with_a_hint(pack: Path) -> None:
    with pytest.raises(TranslateError, match="There is no language `plk` here"):
        list(update(load([str(pack)]), str(pack), ["plk"], NOW))


def test_a_file_that_cannot_be_read_is_left_alone(pack: Path, updated: Update) -> None:
    updated()
    path = pack / "flows" / "locale" / "pl" / "waypost.po"
    content = load([str(pack)])
    path.write_text("no PO file at all")
    with pytest.raises(TranslateError, match="is no PO file"):
        list(update(content, str(pack), ["pl"], NOW))
    assert path.read_text() == "no PO file at all"


def test_a_packs_file_holds_only_its_own_texts(tmp_path: Path, pack: Path) -> None:
    later = tmp_path / "later"
    (later / "flows").mkdir(parents=True)
    (later / "flows" / "topic.yaml").write_text((pack / "flows" / "topic.yaml").read_text())
    content: Content = load([str(pack), str(later)])
    made = polib.pofile(extract(content, str(later), NOW))
    assert {one.msgctxt.split("/")[0] for one in made} == {"topic"}


def test_the_commands_work_together(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONTENT", str(pack))
    run = CliRunner().invoke
    assert 'msgctxt "topic/first/say"' in run(main, ["translate", "extract"]).output
    assert run(main, ["translate", "update", "pl"]).output.strip().endswith("pl/waypost.po")
    assert run(main, ["translate", "update"]).output == ""
    assert "Polski: 0 of" in run(main, ["translate", "status"]).output
    assert run(main, ["translate", "update", "xx"]).exit_code == 2


WORDS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)
PIECE = st.one_of(WORDS, st.just("{helpline}"), st.just("{helpline.phone}"), WORDS.map(lambda word: f"**{word}**"))
LINE = st.lists(PIECE, min_size=1, max_size=5).map(" ".join)
BLOCK = st.one_of(LINE, st.lists(LINE, min_size=1, max_size=3).map(lambda items: "\n".join(f"- {i}" for i in items)))


@given(st.lists(BLOCK, min_size=1, max_size=4))
def test_what_a_translator_sees_means_what_the_author_wrote(blocks: list[str]) -> None:
    template = parse("\n\n".join(blocks))
    assert parse(written(template)) == template
    assert written(parse(written(template))) == written(template)
