"""Buttons already sent: each state that older content could have put into one, pressed on the content of today."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.checks.example import FILES, write_example
from bot.checks.proof import read_proof, write_proof
from bot.checks.properties import BUTTONS_KEEP_THEIR_MEANING, NOTHING_LIGHTER_UNSEEN
from bot.checks.report import Report
from bot.checks.rule import Edits
from bot.checks.run import run_checks
from bot.checks.sent.judgement import answer_complaint
from bot.checks.sent.landing import Landing
from bot.checks.sent.memory import SentAnswer, remember
from bot.dialogue.opening import open_engine
from bot.dialogue.state import State, View, Visit
from bot.dialogue.token import Encoder
from bot.operations.old_content import old_content
from tests.conftest import AFTERNOON

SECOND = "    say: You are doing well. One small step is enough.\n"
LAST = "    say: You asked for help, and that is a strong thing to do. It can get better from here.\n"

Against = Callable[..., Report]


@pytest.fixture
def against(tmp_path: Path) -> Against:
    """Checks the example with edits (WP601 alone) against the example with other edits, or none."""

    def check(edits: Edits | None, old: Edits | None = None) -> Report:
        older = open_engine([str(write_example(tmp_path / "old", old))])
        newer = [str(write_example(tmp_path / "new", edits))]
        return run_checks(newer, AFTERNOON, only=["WP601"], against=remember("old", older, AFTERNOON))

    return check


def landed(report: Report) -> set[Landing]:
    assert report.landings is not None
    return {landing for landing, count in report.landings.counts.items() if count}


def test_the_same_content_keeps_every_button(against: Against) -> None:
    report = against(None)
    assert report.findings == ()
    assert landed(report) == {Landing.SAME}


def test_changed_words_of_a_step_are_the_same_step(against: Against) -> None:
    report = against({"flows/topic.yaml": (SECOND, SECOND.replace("One small step", "A single small step"))})
    assert report.findings == ()
    assert landed(report) == {Landing.SAME, Landing.CHANGED}


def test_a_new_wording_throughout_is_no_error_while_purpose_and_way_are_kept(against: Against) -> None:
    report = against({"flows/topic.yaml": (SECOND, "    say: Breathe slowly. Nobody here will rush anybody.\n")})
    assert report.findings == ()
    assert Landing.CHANGED in landed(report)


def test_the_rules_own_example_breaks_it_at_the_step_and_its_mend_does_not(against: Against) -> None:
    report = against(BUTTONS_KEEP_THEIR_MEANING.breaks)
    (finding,) = report.errors
    assert finding.code == "WP601"
    assert finding.about == "topic.second"
    assert finding.place.line > 0
    assert "immediate_danger" in finding.message
    assert finding.situation is not None
    assert finding.situation.presses[0].startswith("token ")
    assert Landing.ELSEWHERE in landed(report)
    assert against(BUTTONS_KEEP_THEIR_MEANING.mends).findings == ()


def test_two_steps_that_have_changed_places_are_found(against: Against) -> None:
    text = _topic().replace(SECOND, "@").replace(LAST, SECOND).replace("@", LAST)
    report = against({"flows/topic.yaml": text})
    assert {finding.about for finding in report.errors} == {"topic.second", "topic.last"}
    assert "now says what `topic.last` said" in " ".join(finding.message for finding in report.errors)


def test_words_copied_from_a_step_that_keeps_them_are_no_exchange(against: Against) -> None:
    report = against({"flows/topic.yaml": (SECOND, LAST)})
    assert report.findings == ()


def test_other_words_that_nobody_comes_to_as_before_are_found(against: Against) -> None:
    text = _topic().replace(SECOND, "    say: Breathe slowly. Nobody here will rush anybody.\n")
    text = text.replace("What comes next", "Calm down first")
    menu = ("I came across something", "Calm me down")
    report = against({"flows/topic.yaml": text, "flows/menu.yaml": menu})
    (finding,) = report.errors
    assert "no button that led to it still does" in finding.message


def test_a_step_that_is_gone_is_a_kind_restart(against: Against) -> None:
    report = against({"flows/topic.yaml": _topic().replace("last", "ending")})
    assert report.findings == ()
    assert Landing.RESTART in landed(report)
    assert report.landings is not None
    assert [str(step) for step in report.landings.gone] == ["topic.last"]


def test_a_declared_successor_takes_over_its_buttons(against: Against) -> None:
    text = _topic().replace("last", "ending").replace("start: first\n", "start: first\nmoved_to: {last: ending}\n")
    report = against({"flows/topic.yaml": text})
    assert report.findings == ()
    assert Landing.RESTART not in landed(report)
    assert report.landings is not None
    assert {str(old): str(new) for old, new in report.landings.successors.items()} == {"topic.last": "topic.ending"}


def test_the_code_of_one_answer_given_to_another_is_found_at_its_value(against: Against) -> None:
    england, wales = "england: {code: 1, label: England}", "wales: {code: 2, label: Wales}"
    both = f"{england}\n      {wales}"
    swapped = both.replace("code: 1", "code: 9").replace("code: 2", "code: 1").replace("code: 9", "code: 2")
    first, second = against({"flows/shared/answers.yaml": (both, swapped)}).errors
    assert "meant `nation: wales`, and now mean `nation: england`" in first.message
    assert "meant `nation: england`, and now mean `nation: wales`" in second.message
    assert first.place.path.name == "answers.yaml"
    assert 0 < first.place.line < second.place.line


def test_a_new_id_for_the_same_words_is_only_a_new_name() -> None:
    old = SentAnswer("who", "bystander", "Something I came across")
    assert answer_complaint((1, 5), old, SentAnswer("who", "onlooker", "Something I came across")) == ""
    assert answer_complaint((1, 5), old, SentAnswer("who", "bystander", "Something I saw")) == ""
    assert answer_complaint((1, 5), old, SentAnswer("who", "neighbour", "A child next door")) != ""


def test_an_age_band_that_means_other_ages_is_found(against: Against) -> None:
    (finding,) = against({"flows/shared/answers.yaml": ("to: 12}", "to: 11}")}).errors
    assert "0 to 12" in finding.message
    assert "0 to 11" in finding.message


def test_it_can_be_accepted_at_the_step(against: Against) -> None:
    edit = BUTTONS_KEEP_THEIR_MEANING.breaks["flows/topic.yaml"]
    assert isinstance(edit, tuple)
    old, new = edit
    accept = "    accept: [{code: WP601, because: It was never published, by: Our editor, until: 2027-01-31}]\n"
    report = against({"flows/topic.yaml": (old, new + accept)})
    assert report.errors == ()
    assert [silenced.finding.about for silenced in report.silenced] == ["topic.second"]


def test_every_pressed_state_is_counted_once(against: Against, tmp_path: Path) -> None:
    report = against(None)
    old = remember("old", open_engine([str(tmp_path / "old")]), AFTERNOON)
    assert report.landings is not None
    assert sum(report.landings.counts.values()) == len(old.places) > 30


def test_the_engine_follows_a_step_to_its_successor_in_place_answers_and_trail(tmp_path: Path) -> None:
    old = open_engine([str(write_example(tmp_path / "old"))])
    moved = "start: first\nmoved_to: {last: ending, former_flow.somewhere: second}\n"
    text = _topic().replace("last", "ending").replace("start: first\n", moved)
    new = open_engine([str(write_example(tmp_path / "new", {"flows/topic.yaml": text}))])
    last = next(step for step in old.content.steps if step.step == "last")
    state = State(last, View.DETAILS, ((1, 1),), trail=(Visit(last),))
    shown = new.press(Encoder(old.content).encode(state), AFTERNOON)
    assert str(shown.state.step) == "topic.ending"
    assert shown.state.view is View.STEP
    assert shown.state.answers == ((1, 1),)
    assert [str(visit.step) for visit in shown.state.trail] == ["topic.ending"]
    gone = last._replace(flow="former_flow", step="somewhere")
    assert str(new.press(Encoder(old.content).encode(State(gone)), AFTERNOON).state.step) == "topic.second"


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        ("{second: first}", "still exists"),
        ("{former: nowhere}", "leads nowhere"),
        ("{former: leave}", "leads nowhere"),
        ("{Not an id: first}", "not allowed"),
    ],
)
def test_a_wrong_successor_is_refused(tmp_path: Path, moved: str, said: str) -> None:
    edit = {"flows/topic.yaml": ("start: first\n", f"start: first\nmoved_to: {moved}\n")}
    report = run_checks([str(write_example(tmp_path, edit))], AFTERNOON)
    (finding,) = report.findings
    assert finding.code == "WP001"
    assert said in finding.message
    assert finding.place.line > 0


def _topic() -> str:
    return FILES["flows/topic.yaml"]


@pytest.fixture
def lighter(tmp_path: Path) -> Against:
    """What became lighter (WP602) in the example with edits since the example with other edits, or none."""

    def check(edits: Edits | None, old: Edits | None = None) -> Report:
        older = open_engine([str(write_example(tmp_path / "old", old))])
        newer = [str(write_example(tmp_path / "new", edits))]
        return run_checks(newer, AFTERNOON, only=["WP602"], against=remember("old", older, AFTERNOON))

    return check


def test_a_lowered_risk_is_told_at_the_step(lighter: Against) -> None:
    report = lighter({"flows/topic.yaml": ("risk: concern\n", "risk: none\n")})
    assert {finding.code for finding in report.findings} == {"WP602"}
    assert "was of risk `concern`, and is of risk `none` now" in report.findings[0].message
    assert report.errors == ()


def test_a_raised_risk_is_nobodys_slip(lighter: Against) -> None:
    assert lighter({"flows/topic.yaml": ("risk: concern\n", "risk: high\n")}).findings == ()


def test_services_taken_off_a_screen_are_told(lighter: Against) -> None:
    found = lighter(NOTHING_LIGHTER_UNSEEN.breaks)
    assert [finding.message for finding in found.findings] == [
        "`topic.second` showed services (listening), and shows none now"
    ]
    assert lighter(NOTHING_LIGHTER_UNSEEN.mends).findings == ()


def test_two_buttons_that_were_exchanged_are_told(lighter: Against) -> None:
    choices = "      - {label: Show me that again, go: %s}\n      - {label: That is all, go: %s}\n"
    report = lighter({"flows/topic.yaml": (choices % ("first", "last"), choices % ("last", "first"))})
    assert sorted(finding.message for finding in report.findings) == [
        "the button `Show me that again`, which led to `topic.first`, leads to `topic.last` now",
        "the button `That is all`, which led to `topic.last`, leads to `topic.first` now",
    ]


def test_a_whole_older_version_stands_for_the_base_and_for_the_packs_that_lie_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = write_example(tmp_path / "waypost")
    (version / "bot").mkdir()
    (version / "bot" / "__main__.py").touch()
    own = (
        "flow: own\ntitle: Our own\nrisk: none\nstart: one\nsteps: {one: {say: Hi., choices: [{label: On, go: %s}]}}\n"
    )
    button = "change: menu\nsteps: {start: {+choices: [{label: Who we are, go: own}]}}\n"
    for folder, goes in ((version / "ours", "topic"), (tmp_path / "waypost-new" / "ours", "menu")):
        (folder / "flows").mkdir(parents=True)
        (folder / "flows" / "own.yaml").write_text(own % goes)
        (folder / "flows" / "menu.yaml").write_text(button)
    monkeypatch.chdir(tmp_path / "waypost-new")
    sent = old_content("../waypost", ["base", "ours"], "en", AFTERNOON)
    assert {step.flow for step in sent.steps} >= {"menu", "topic", "own"}
    assert "image_threats" not in {step.flow for step in sent.steps}  # that is in the base of today alone
    assert "own" not in {step.flow for step in old_content("../waypost", ["base"], "en", AFTERNOON).steps}


def told(report: Report) -> list[tuple[str, str]]:
    return [(finding.place.path.name, finding.message) for finding in report.findings]


@pytest.mark.parametrize(
    ("file", "edit", "says"),
    [
        ("resources.yaml", ('"0800 1111"', '"0800 1112"'), "`phones` of `childline` was “phone"),
        ("resources.yaml", ("/remove", "/removed"), "`links` of `report_remove` was “form form"),
        ("resources.yaml", ("maximum_age: 17", "maximum_age: 70"), "`eligibility` of `report_remove`"),
        ("resources.yaml", ("kind: removal", "kind: helpline"), "`kind` of `report_remove` was “removal”"),
        ("resources.yaml", ("Takes the address", "Takes the picture"), "`description` of `iwf_report`"),
        ("flows/topic.yaml", ("title: A topic", "title: Games"), "`title` of `topic` was “A topic”"),
        ("flows/topic.yaml", ("at_most: 3", "at_most: 1"), "`at_most` of `topic.first` was “3”, and is “1” now"),
        ("flows/menu.yaml", ("who: young_person", "who: friend"), "`set` of `menu.start` was “topic.first"),
        ("flows/emergency.yaml", ("now, go: menu", "now, go: topic"), "`go` of `emergency.ring` was “I am safe"),
        ("flows/topic.yaml", ("People at {childline}", "People"), "`topic.first` named childline"),
        ("flows/phrases/en.yaml", ("risk: immediate", "risk: high"), "`risk` of `danger` was “immediate”"),
        ("flows/shared/texts.yaml", ("button_back: Back", "button_back: On"), "`words` of `button_back` was “Back”"),
        ("flows/shared/bank_holidays.yaml", ("2026-12-28, name: B", "2026-12-29, name: B"), "`2026` of `england`"),
    ],
)
def test_a_published_proof_tells_of_facts_words_and_ways_that_are_others_now(
    tmp_path: Path, file: str, edit: tuple[str, str], says: str
) -> None:
    grave = {"flows/topic.yaml": ("risk: concern", "risk: high")}
    older = open_engine([str(write_example(tmp_path / "old", grave))])
    published = tmp_path / "published"
    published.mkdir()
    write_proof(run_checks(older, AFTERNOON, only=["WP101"]), older.content, published)
    newer = write_example(tmp_path / "new", grave)
    path = newer / file
    assert edit[0] in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace(*edit), encoding="utf-8")
    report = run_checks([str(newer)], AFTERNOON, only=["WP602"], against=read_proof(published).memory)
    assert report.failures == ()
    assert any(name == path.name and message.startswith(says) for name, message in told(report)), told(report)


def test_buttons_of_a_step_that_is_gone_keep_the_successor_they_had(tmp_path: Path) -> None:
    def moved(to: str) -> list[str]:
        edit = {"flows/topic.yaml": ("start: first\n", f"start: first\nmoved_to: {{gone: {to}}}\n")}
        return [str(write_example(tmp_path / to, edit))]

    older = open_engine(moved("second"))
    (tmp_path / "published").mkdir()
    write_proof(run_checks(older, AFTERNOON, only=["WP101"]), older.content, tmp_path / "published")
    for memory in (remember("old", older, AFTERNOON), read_proof(tmp_path / "published").memory):
        assert run_checks(moved("second"), AFTERNOON, only=["WP601"], against=memory).findings == ()
        (found,) = run_checks(moved("menu"), AFTERNOON, only=["WP601"], against=memory).findings
        assert found.code == "WP601"
        assert found.message == (
            "buttons of a step that is gone led to `topic.second` (`moved_to`), and lead to `menu.start` now"
        )


def test_an_answer_under_the_words_of_another_is_found(against: Against) -> None:
    report = against({"flows/shared/answers.yaml": ("{code: 1, label: England}", "{code: 1, label: Wales}")})
    assert [finding.code for finding in report.errors] == ["WP601"]


def test_who_was_shown_another_step_then_as_now_is_not_sent_to_the_beginning(against: Against) -> None:
    typed = {"flows/phrases/en.yaml": ("go: topic,", "go: topic.second,")}
    hidden = "  second:\n    when: {who: young_person}\n"
    fine = ("  second:\n    say: You are doing well.", f"{hidden}    say: You are doing fine.")
    then = {"flows/topic.yaml": ("  second:\n", hidden), **typed}
    assert landed(against(then, then)) == {Landing.SAME, Landing.ASIDE}
    assert Landing.RESTART not in landed(against({"flows/topic.yaml": fine, **typed}, then))
    assert Landing.RESTART in landed(against(then, typed))
