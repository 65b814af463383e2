"""What a person can do in a story: press, type, open a link; and what a press that does not exist is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.checks.stories.report import failed
from bot.checks.stories.running import run
from bot.checks.stories.story import Story
from bot.dialogue.engine import Engine

Tell = Callable[[str], Story]


def complaint(engine: Engine, story: Story) -> str:
    failure, _ = run(engine, story)
    assert failure is not None
    return failed(story, failure)


@pytest.mark.parametrize(
    "label", ["A friend", "a  FRIEND", "Back", "Get help now", "I can’t say", "What happens then?"]
)
def test_a_press_goes_by_the_label(small: Engine, tell: Tell, label: str) -> None:
    start = "turns:\n  - press: A friend\n" if label in {"Back", "What happens then?"} else "turns:\n"
    assert run(small, tell(f'{start}  - press: "{label}"\n'))[0] is None


def test_a_press_goes_by_the_label_of_an_answer(small: Engine, tell: Tell) -> None:
    assert (
        run(small, tell("turns:\n  - press: A friend\n  - {press: Scotland, expect: {shows: scottish_line}}\n"))[0]
        is None
    )


def test_the_details_are_a_press_like_any_other(small: Engine, tell: Tell) -> None:
    story = "turns:\n  - press: A friend\n  - {press: What happens then?, expect: {step: second, says: last checked}}\n"
    assert run(small, tell(story))[0] is None


def test_a_press_that_is_not_there_names_the_nearest(small: Engine, tell: Tell) -> None:
    said = complaint(small, tell("turns:\n  - press: Me (under 16)\n"))
    assert 'There is no button "Me (under 16)" here. Nearest: "Me (under 18)"' in " ".join(said.split())
    assert "  - [ Me (under 16) ]" in said


def test_part_of_a_label_finds_its_button(small: Engine, tell: Tell) -> None:
    said = complaint(small, tell("turns:\n  - press: friend\n"))
    assert 'Nearest: "A friend"' in " ".join(said.split())


def test_a_press_that_waits_behind_a_question_says_so(small: Engine, tell: Tell) -> None:
    said = complaint(small, tell("turns:\n  - press: I can't say\n  - press: Scotland\n"))
    assert 'It is one press further, behind "Help where I live".' in " ".join(said.split())


def test_two_buttons_of_one_name_are_not_guessed_between(small: Engine, tell: Tell) -> None:
    said = complaint(small, tell("turns:\n  - press: Talk\n"))
    assert '2 buttons of this screen are called "Talk"' in said


def test_nothing_can_be_pressed_after_leaving(small: Engine, tell: Tell) -> None:
    said = complaint(small, tell("turns:\n  - press: Leave\n  - press: Back\n"))
    assert "the person has left" in said


def test_typing_after_leaving_begins_anew(small: Engine, tell: Tell) -> None:
    story = "turns:\n  - press: Leave\n  - {type: i want to talk, expect: {step: topic.second, not_buttons: Back}}\n"
    assert run(small, tell(story))[0] is None


def test_typed_words_come_with_their_place(small: Engine, tell: Tell) -> None:
    story = "turns:\n  - press: Me (under 18)\n  - {type: i want to talk, expect: {step: topic.second}}\n"
    back = "  - {press: Back, expect: {step: topic.first}}\n"
    assert run(small, tell(story + back))[0] is None


def test_on_telegram_typed_words_come_without(small: Engine, tell: Tell) -> None:
    story = "story: On a phone\nat: 2026-11-24T14:00\nchannel: telegram\n"
    expected = "{step: topic.second, not_buttons: Back}"
    turns = f"turns:\n  - press: Me (under 18)\n  - {{type: i want to talk, expect: {expected}}}\n"
    assert run(small, tell(story + turns))[0] is None
    assert run(small, tell(story.replace("telegram", "terminal") + turns))[0] is not None


def test_a_story_may_begin_at_a_link_or_open_one_later(small: Engine, tell: Tell) -> None:
    story = "story: From a poster\nat: 2026-11-24T14:00\nstart: topic\n"
    turns = "turns:\n  - press: 'On'\n  - {open: emergency, expect: {flow: emergency, risk: immediate}}\n"
    assert run(small, tell(story + turns))[0] is None


def test_an_engine_that_breaks_fails_the_story_and_not_the_run(
    small: Engine, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr(Engine, "press", broken)
    said = complaint(small, tell("turns:\n  - press: A friend\n"))
    assert "The engine failed: RuntimeError: out of order" in said
