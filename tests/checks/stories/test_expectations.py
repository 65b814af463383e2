"""Every kind of expectation: one that holds, one that does not, and what is said then."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.checks.stories.report import failed
from bot.checks.stories.running import run
from bot.checks.stories.story import Story
from bot.checks.stories.written import Expectation
from bot.dialogue.engine import Engine

Tell = Callable[[str], Story]

KINDS = {
    "flow": ("flow: topic", "flow: menu", "flow: expected menu, but it is topic"),
    "flow of the screen after leaving": ("flow: topic", "flow: leave", "flow: expected leave, but it is topic"),
    "step": ("step: last", "step: second", "step: expected second, but it is topic.last"),
    "step with its flow": ("step: topic.last", "step: emergency.ring", "expected emergency.ring, but it is topic.last"),
    "step beside its flow": ("{flow: topic, step: last}", "{flow: topic, step: first}", "expected first, but it is"),
    "says": ("says: last screen", "says: first screen", 'says: expected "first screen", but it does not stand there'),
    "says, whatever the case": ("says: THE LAST", "says: THE FIRST", 'expected "THE FIRST"'),
    "says, over a line break": ('says: "The  last\\n screen."', 'says: "The last\\n\\nscream"', "it does not stand"),
    "says, on a service card": ("says: A line in Scotland", "says: Childline", 'expected "Childline"'),
    "says, the question": ("says: Is that all?", "says: What is that?", 'expected "What is that?"'),
    "says, several": ("says: [last, screen]", "says: [last, scream]", 'says: expected "scream"'),
    "not_says": ("not_says: police", "not_says: [police, Screen]", 'not_says: "Screen", but it stands there'),
    "shows": ("shows: [scottish_line, helpline]", "shows: childline", "shown are helpline, scottish_line"),
    "shows one of several": ("shows: scottish_line", "shows: [helpline, samaritans]", "expected samaritans, but shown"),
    "not_shows": ("not_shows: childline", "not_shows: [childline, helpline]", "not_shows: helpline, but it is shown"),
    "first": ("first: helpline", "first: scottish_line", "first: expected scottish_line, but first is helpline"),
    "buttons": ("buttons: [Back, Yes]", "buttons: ['No']", 'buttons: expected "No", but there is no such button'),
    "not_buttons": ("not_buttons: 'No'", "not_buttons: [No, back]", 'not_buttons: "back", but the button is there'),
    "risk": ("risk: high", "risk: immediate", "risk: expected immediate, but it is high"),
    "leaves": ("leaves: false", "leaves: true", "leaves: expected true, but the conversation goes on"),
}

IN_SCOTLAND = "turns:\n  - press: A friend\n  - press: Scotland\n  - press: To the end\n    expect: {}\n"


def expecting(expectation: str) -> str:
    inside = expectation if expectation.startswith("{") else f"{{{expectation}}}"
    return IN_SCOTLAND.replace("{}", inside)


@pytest.mark.parametrize(("holds", "fails", "said"), KINDS.values(), ids=KINDS)
def test_it_holds_or_says_what_is_so(small: Engine, tell: Tell, holds: str, fails: str, said: str) -> None:
    assert run(small, tell(expecting(holds)))[0] is None
    story = tell(expecting(fails))
    failure, _ = run(small, story)
    assert failure is not None
    assert said in " ".join(failed(story, failure).split())


def test_every_kind_is_tried_here() -> None:
    tried = {name.split(" ")[0].rstrip(",") for name in KINDS} | {"asks"}
    assert tried == set(Expectation.model_fields)


def test_asking_means_offering_the_values_by_button(small: Engine, tell: Tell) -> None:
    asked = "turns:\n  - {press: A friend, expect: {asks: nation}}\n  - {press: Scotland, expect: {asks: nation}}\n"
    failure, _ = run(small, tell(asked))
    assert failure is not None
    assert failure.number == 2
    assert [miss.found for miss in failure.misses] == ["it asks for no answer"]


def test_a_choice_between_answers_asks_as_well(small: Engine, tell: Tell) -> None:
    story = tell("turns:\n  - {open: menu, expect: {asks: age}}\n")
    failure, _ = run(small, story)
    assert failure is not None
    assert "asks: expected age, but it asks who" in failed(story, failure)
    assert run(small, tell("turns:\n  - {open: menu, expect: {asks: who}}\n"))[0] is None


def test_a_step_by_its_full_name_is_not_one_of_the_same_name_elsewhere(small: Engine, tell: Tell) -> None:
    assert run(small, tell("turns:\n  - {open: menu, expect: {step: start}}\n"))[0] is None
    failure, _ = run(small, tell("turns:\n  - {open: menu, expect: {step: topic.start}}\n"))
    assert failure is not None
    assert [miss.found for miss in failure.misses] == ["it is menu.start"]


def test_one_button_that_gives_an_answer_asks_nothing(small: Engine, tell: Tell) -> None:
    failure, _ = run(small, tell("turns:\n  - {open: topic, expect: {buttons: It is a friend, asks: who}}\n"))
    assert failure is not None
    assert [miss.found for miss in failure.misses] == ["it asks for no answer"]


def test_leaving_is_expected_and_leaves_nothing_to_press(small: Engine, tell: Tell) -> None:
    gone = "{leaves: true, flow: leave, risk: none, not_buttons: Back, not_says: screen}"
    assert run(small, tell(f"turns:\n  - {{press: Leave, expect: {gone}}}\n"))[0] is None
    story = tell(
        "turns:\n  - {press: Leave, expect: {leaves: false, shows: helpline, first: helpline, buttons: Back}}\n"
    )
    failure, _ = run(small, story)
    assert failure is not None
    said = failed(story, failure)
    for complaint in ("but it left", "no service is shown", "there are no buttons"):
        assert complaint in said


def test_bold_and_curly_quotation_marks_do_not_matter(small: Engine, tell: Tell) -> None:
    expected = "{says: 'is **not your fault**, whatever somebody has told', buttons: I can’t say}"
    assert run(small, tell(f"turns:\n  - {{open: menu, expect: {expected}}}\n"))[0] is None


def test_all_that_is_wrong_with_a_turn_is_said_at_once_and_the_story_ends_there(small: Engine, tell: Tell) -> None:
    story = tell(
        "turns:\n"
        "  - {press: Me (under 18), expect: {step: second, says: [first, zebra], risk: none}}\n"
        "  - press: Nowhere\n"
    )
    failure, visited = run(small, story)
    assert failure is not None
    assert [miss.key for miss in failure.misses] == ["step", "says", "risk"]
    assert failure.number == 1
    assert {str(step) for step in visited} == {"menu.start", "topic.first"}


def test_the_moment_of_the_story_decides_who_is_open(small: Engine, tell: Tell) -> None:
    there = "turns:\n  - press: A friend\n  - {press: Scotland, expect: {says: OPENING}}\n"
    afternoon = "story: By day\nat: 2026-11-24T14:00\n" + there
    night = "story: By night\nat: 2026-11-24T23:00\n" + there
    assert run(small, tell(afternoon.replace("OPENING", "open now until 17:00")))[0] is None
    assert run(small, tell(night.replace("OPENING", "closed now. Opens tomorrow 09:00")))[0] is None
    assert run(small, tell(night.replace("OPENING", "open now until 17:00")))[0] is not None
