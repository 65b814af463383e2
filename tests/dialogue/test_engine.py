"""What every screen obeys, and how one moves among them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.model import StepId
from bot.dialogue.cards import short_card
from bot.dialogue.engine import Engine
from bot.dialogue.layout import MAXIMUM_ROWS
from bot.dialogue.opening import open_engine
from bot.dialogue.places import NOT_MEANT, WHICH
from bot.dialogue.rendering import plain_text, telegram_html
from bot.dialogue.screen import Button, ButtonRole, Screen
from bot.dialogue.state import State
from bot.dialogue.token import Encoder
from bot.dialogue.travel import fresh
from bot.understanding.labelled_file import labelled_messages
from tests.conftest import AFTERNOON

LABELLED = Path(__file__).parents[1] / "understanding" / "messages_voices_1.yaml"

NATION, OUTSIDE_UK = 3, 5
"""The codes of the answer and the value, as they stand in tokens for ever."""


def labelled(screen: Screen, label: str) -> Button:
    found = [button for button in screen.buttons if button.label == label]
    assert found, f"no button {label!r} among {[button.label for button in screen.buttons]}"
    return found[0]


def pressed(engine: Engine, screen: Screen, *labels: str, now: datetime = AFTERNOON) -> Screen:
    for label in labels:
        screen = engine.press(labelled(screen, label).token, now)
    return screen


def role(screen: Screen, wanted: ButtonRole) -> Button | None:
    return next((button for button in screen.buttons if button.role is wanted), None)


def words(screen: Screen) -> str:
    return " ".join(plain_text.render(screen).split())


@pytest.fixture(scope="module")
def screens(engine: Engine) -> list[Screen]:
    """One screen of each step and view that can be reached, for people in the country and abroad, on a Tuesday."""
    return list(reachable(engine, AFTERNOON))


def reachable(engine: Engine, now: datetime) -> Iterator[Screen]:
    seen: set[tuple[StepId, int, bool]] = set()
    starts = [
        engine.draw(fresh(WHICH), now),
        engine.draw(fresh(NOT_MEANT), now),
        engine.start(now),
        *(engine.open(flow, now) for flow in engine.content.flows),
        engine.open("language", now),
    ]
    while starts:
        screen = starts.pop(0)
        key = (screen.state.step, screen.state.view, (NATION, OUTSIDE_UK) in screen.state.answers)
        if key in seen:
            continue
        seen.add(key)
        yield screen
        starts.extend(engine.press(button.token, now) for button in screen.buttons)


def test_every_step_can_be_reached(engine: Engine, screens: list[Screen]) -> None:
    assert set(engine.content.steps) <= {screen.state.step for screen in screens}


def test_every_screen_has_the_emergency_button(engine: Engine, screens: list[Screen]) -> None:
    start = engine.content.flows["emergency"].start
    for screen in screens:
        if screen.leave:
            continue
        button = role(screen, ButtonRole.EMERGENCY)
        if screen.state.step == start and button is None:
            assert {"999", "112"} & set(words(screen).replace(".", " ").split())  # the emergency screen itself
            continue
        assert button is not None, screen.state
        assert engine.press(button.token, AFTERNOON).state.step == start


def test_every_screen_can_be_left(screens: list[Screen]) -> None:
    for screen in screens:
        assert screen.leave or role(screen, ButtonRole.LEAVE), screen.state


def test_every_screen_but_the_menu_goes_back_and_starts_again(engine: Engine, screens: list[Screen]) -> None:
    menu = engine.start(AFTERNOON)
    for screen in screens:
        if screen.leave or screen.state == menu.state:
            continue
        ways = [engine.press(button.token, AFTERNOON).state for button in screen.buttons]
        assert menu.state in ways, screen.state
        assert role(screen, ButtonRole.BACK), screen.state


def test_an_immediate_screen_opens_with_the_number_to_ring(engine: Engine, screens: list[Screen]) -> None:
    for screen in screens:
        step = engine.content.steps.get(screen.state.step)
        if step is not None and step.risk == "immediate" and not screen.state.view:
            abroad = (NATION, OUTSIDE_UK) in screen.state.answers
            assert ("112" if abroad else "999") in screen.blocks[0].plain


def test_no_screen_is_too_much_for_a_phone(screens: list[Screen]) -> None:
    for screen in screens:
        assert len(telegram_html.render(screen)) <= telegram_html.MAXIMUM_CHARACTERS
        assert len(screen.rows) <= 8, [[button.label for button in row] for row in screen.rows]
        for button in screen.buttons:
            assert len(button.label) <= 30, button.label
            assert len(button.token.encode()) <= 64


def test_a_card_says_the_first_things_in_35_words_at_any_hour(engine: Engine) -> None:
    texts = engine.content.texts("en")
    for hours in range(0, 14 * 24, 3):
        moment = datetime(2026, 12, 20, tzinfo=ZoneInfo("Europe/London")) + timedelta(hours=hours)
        for service in engine.signposting.services():
            card = short_card(engine.signposting.standing(service, moment), texts, moment, uk_time=True)
            shown = f"{card.name} {card.availability} {' '.join(block.plain for block in card.blocks)}"
            assert len(shown.split()) <= 35, shown


def test_plain_text_keeps_to_80_columns(screens: list[Screen]) -> None:
    for screen in screens:
        for line in plain_text.render(screen).splitlines():
            assert len(line) <= 80 or "://" in line, line


def test_nothing_of_the_markup_is_left_on_a_screen(screens: list[Screen]) -> None:
    for screen in screens:
        shown = plain_text.render(screen)
        assert "**" not in shown
        assert "{" not in shown
        assert "}" not in shown


def test_back_restores_the_last_eight_steps_and_takes_back_their_answers(engine: Engine) -> None:
    screen = engine.start(AFTERNOON)
    way = [screen]
    for label in ("Threats to share my picture", "Me (under 18)", "I'm safe, but I'm scared", "Money or gift cards"):
        way.append(pressed(engine, way[-1], label))
    for label in ("I haven't paid", "What should I note down?", "I've done that", "I want to talk first"):
        way.append(pressed(engine, way[-1], label))
    assert len(way) == 9
    screen = way[-1]
    for earlier in reversed(way[:-1]):
        screen = pressed(engine, screen, "Back")
        assert screen.state.step == earlier.state.step
        assert screen.state.answers == earlier.state.answers
        assert screen.blocks == earlier.blocks


def test_back_leaves_an_answer_that_stood_before(engine: Engine) -> None:
    shared = pressed(engine, engine.start(AFTERNOON), "My picture was shared")
    welcome = pressed(engine, shared, "Me (under 18)", "Back", "Me (under 18)")
    again = engine.press(labelled(welcome, "Back").token, AFTERNOON)
    assert again.state.answers == ()
    state = again.state._replace(answers=((1, 1),))
    there = engine.draw(state, AFTERNOON)
    assert pressed(engine, there, "Me (under 18)", "Back").state.answers == ((1, 1),)


def test_back_beyond_the_trail_is_the_menu(engine: Engine) -> None:
    screen = pressed(engine, engine.open("suicide", AFTERNOON), "Back")
    assert screen.state == engine.start(AFTERNOON).state


def test_start_again_forgets_everything(engine: Engine) -> None:
    screen = pressed(engine, engine.start(AFTERNOON), "My picture was shared", "Me (under 18)")
    assert screen.state.answers
    again = engine.press(role(screen, ButtonRole.START_AGAIN).token, AFTERNOON)  # type: ignore[union-attr]
    assert again.state.answers == ()
    assert again.state.trail == ()


def test_leaving_shows_nothing_of_the_subject(engine: Engine) -> None:
    screen = pressed(engine, engine.open("suicide", AFTERNOON), "Leave")
    assert screen.leave
    assert not screen.buttons
    assert not screen.cards
    assert "suicide" not in words(screen).lower()


def test_the_details_say_what_happens_on_contact_and_when_that_was_checked(engine: Engine) -> None:
    screen = pressed(engine, engine.open("image_threats", AFTERNOON), "What happens then?")
    assert "What happens if I contact them" in words(screen)
    assert "Last checked 22 November 2026" in words(screen)
    assert pressed(engine, screen, "Back").state == engine.open("image_threats", AFTERNOON).state


def test_the_nation_is_asked_only_where_it_matters_and_help_stands_there_before(engine: Engine) -> None:
    screen = engine.open("suicide", AFTERNOON)
    assert screen.cards
    scotland = pressed(engine, screen, "Help where I live", "Scotland")
    assert not [button for button in scotland.buttons if button.label == "Help where I live"]
    back = pressed(engine, scotland, "Back")
    assert back.state.answers == ()


def test_typed_words_lead_to_help_and_can_be_taken_back(engine: Engine) -> None:
    screen = engine.read("someone has my nudes and wants money", AFTERNOON)
    assert screen.state.step.flow == "image_threats"
    choice = pressed(engine, screen, "Not what I meant")
    assert choice.state.step == NOT_MEANT
    assert "999" in words(choice)
    assert pressed(engine, choice, "Back").state.step == screen.state.step


def test_words_that_fit_two_things_are_answered_with_both_as_buttons(engine: Engine) -> None:
    screen = engine.read("do you save my messages and is this a real person", AFTERNOON)
    assert screen.state.step == WHICH
    labels = {button.label for button in screen.buttons}
    assert {"Get help now", "I'm in danger right now"} <= labels
    flows = {engine.press(button.token, AFTERNOON).state.step.flow for button in screen.buttons}
    assert {"privacy", "small_talk"} <= flows


def test_somebody_abroad_is_told_which_names_are_only_for_the_united_kingdom(engine: Engine) -> None:
    abroad = ((NATION, OUTSIDE_UK),)
    at_home = {
        facts.name
        for facts in (one.facts for one in engine.content.services.values())
        if "outside_uk" not in facts.nations
    }
    named = 0
    for target in engine.content.steps:
        screen = engine.draw(fresh(target)._replace(answers=abroad), AFTERNOON)
        said = "\n".join(block.plain for block in screen.blocks)
        for reference in (
            one for line in engine.content.steps[screen.state.step].say for one in line.template.references
        ):
            name = (
                engine.content.services[reference.service].facts.name
                if reference.service in engine.content.services
                else ""
            )
            if name in at_home and not reference.contact and name in said:
                assert f"{name} (UK)" in said, str(target)
                named += 1
    assert named > 20


def test_two_serious_things_that_are_just_as_likely_are_both_offered_with_people_and_the_number(engine: Engine) -> None:
    asked = 0
    for typed in (one.text for one in labelled_messages(LABELLED) if one.language == "en"):
        reading = engine.reader.read(typed)
        if reading is None or reading.torn is None:
            continue
        screen = engine.read(typed, AFTERNOON)
        if screen.state.step != WHICH:
            continue  # no button has a name for one of the two
        flows = {engine.press(button.token, AFTERNOON).state.step.flow for button in screen.buttons}
        assert {reading.intent.target.flow, reading.torn.target.flow} <= flows, typed
        assert {card.service for card in screen.cards} == {"childline", "samaritans"}
        assert "999" in words(screen)
        labels = {button.label for button in screen.buttons}
        assert {"Get help now", "I'm in danger right now", "Something else"} <= labels
        asked += 1
    assert asked >= 3


@pytest.mark.parametrize(
    "typed",
    [
        "my dad is hitting me. he has a knife",
        "i want to die. someone has my nudes and wants money",
        "he wants my nudes",
        "someone is blackmailing me with my nudes",
    ],
)
def test_danger_suicide_and_what_comes_first_are_answered_without_a_question(engine: Engine, typed: str) -> None:
    assert engine.read(typed, AFTERNOON).state.step != WHICH


def test_what_else_may_be_meant_stands_on_the_answer_wherever_a_thumb_has_room_for_it(engine: Engine) -> None:
    shown = set()
    for target, step in engine.content.steps.items():
        plain = engine.draw(fresh(target), AFTERNOON, correctable=True)
        beside = engine.draw(fresh(target), AFTERNOON, correctable=True, other=(StepId("bullying", "believe"),))
        assert len(beside.rows) <= MAXIMUM_ROWS
        has_room = len(plain.rows) < MAXIMUM_ROWS
        offered = len(beside.buttons) > len(plain.buttons)
        leads_there = "bullying" in {choice.target.flow for choice in step.choices}
        if has_room and not leads_there and target.flow != "bullying" and target != WHICH:
            assert offered, str(target)
        shown.add(offered)
    assert shown == {True, False}


def test_a_denied_worry_leads_to_low_mood_with_the_crisis_line_in_sight(engine: Engine) -> None:
    screen = engine.read("im not suicidal just really low", AFTERNOON)
    assert screen.state.step.flow == "low_mood"
    assert "116 123" in words(screen)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("my name is Zebediah Quillfeather and someone has my nudes", "Quillfeather"),
        ("ring me on 07700 900461 i want to die", "900461"),
        ("i live at 14 Marrowbone Crescent and he is hitting me", "Marrowbone"),
        ("Zebediah Quillfeather", "Quillfeather"),
        ("look at https://example.com/quillfeather", "quillfeather"),
    ],
)
def test_what_somebody_types_about_themselves_is_never_shown_again(engine: Engine, typed: str, said: str) -> None:
    screen = engine.read(typed, AFTERNOON)
    assert said.casefold() not in words(screen).casefold()
    assert all(said.casefold() not in (button.label + button.token).casefold() for button in screen.buttons)


@pytest.mark.parametrize(("typed", "flow"), [("help", "emergency"), ("999", "emergency"), ("STOP!", "leave")])
def test_words_that_work_anywhere(engine: Engine, typed: str, flow: str) -> None:
    assert engine.read(typed, AFTERNOON).state.step.flow == flow


def test_the_gravest_meaning_wins_whatever_the_order(engine: Engine) -> None:
    for typed in ("my friend wants me to kill myself", "i want to kill myself, my friend knows"):
        assert engine.read(typed, AFTERNOON).state.step.flow == "suicide"


@given(typed=st.text(max_size=300))
def test_any_text_gives_a_screen(engine: Engine, typed: str) -> None:
    screen = engine.read(typed, AFTERNOON)
    assert screen.blocks
    assert screen.leave or screen.buttons


@given(typed=st.text(alphabet=st.characters(categories=["Ll"]), min_size=12, max_size=40))
def test_what_is_typed_is_never_repeated(engine: Engine, typed: str) -> None:
    screen = engine.read(f"{typed} kill myself {typed}", AFTERNOON)
    assert typed not in plain_text.render(screen) + "".join(button.token for button in screen.buttons)


def test_what_is_not_understood_gets_the_menu_and_a_kind_sentence(engine: Engine) -> None:
    screen = engine.read("xyzzy", AFTERNOON)
    assert "Thank you for writing" in words(screen)
    assert screen.state.step == engine.content.flows["menu"].start


def test_a_link_to_an_unknown_flow_gives_the_menu(engine: Engine) -> None:
    screen = engine.open("no_such_flow", AFTERNOON)
    assert screen.state.step == engine.content.flows["menu"].start
    assert "You can choose here instead" in words(screen)


def test_each_press_of_the_same_button_gives_the_same_screen(engine: Engine) -> None:
    button = engine.start(AFTERNOON).buttons[0]
    assert engine.press(button.token, AFTERNOON) == engine.press(button.token, AFTERNOON)


def test_people_abroad_read_the_emergency_number_that_works_there(engine: Engine) -> None:
    screen = pressed(engine, engine.open("emergency", AFTERNOON), "I'm outside the UK")
    assert "In Europe it is 112" in words(screen)
    assert "999" not in words(screen)


# --- content that changes between two presses


def rewritten(pack: Path, old: str, new: str) -> Engine:
    path = pack / "flows" / "topic.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return open_engine([str(pack)])


def test_a_button_to_a_step_that_is_gone_opens_its_flow(pack: Path) -> None:
    old = open_engine([str(pack)])
    token = labelled(old.open("topic", AFTERNOON), "On").token
    menu = pack / "flows" / "menu.yaml"
    menu.write_text(menu.read_text().replace("topic.second", "topic.renamed"))
    new = rewritten(pack, "second", "renamed")
    screen = new.press(token, AFTERNOON)
    assert screen.state.step == StepId("topic", "first")
    assert "older message" in words(screen)


def test_a_button_to_a_flow_that_is_gone_opens_the_menu(pack: Path) -> None:
    old = open_engine([str(pack)])
    token = labelled(old.open("topic", AFTERNOON), "On").token
    (pack / "flows" / "topic.yaml").rename(pack / "flows" / "renamed.yaml")
    (pack / "flows" / "menu.yaml").write_text(
        (pack / "flows" / "menu.yaml").read_text().replace("topic.second", "renamed.second").replace("topic", "renamed")
    )
    text = (pack / "flows" / "renamed.yaml").read_text().replace("flow: topic", "flow: renamed")
    (pack / "flows" / "renamed.yaml").write_text(text)
    screen = open_engine([str(pack)]).press(token, AFTERNOON)
    assert screen.state.step == StepId("menu", "start")
    assert "older message" in words(screen)


def test_adding_and_reordering_steps_moves_no_old_button(pack: Path) -> None:
    old = open_engine([str(pack)])
    tokens = {button.label: button.token for button in old.open("topic", AFTERNOON).buttons}
    new = rewritten(pack, "steps:\n", "steps:\n  brand_new:\n    say: New.\n    choices: [{label: On, go: first}]\n")
    for label, token in tokens.items():
        assert new.press(token, AFTERNOON).state.step == old.press(token, AFTERNOON).state.step, label


def test_a_step_hidden_for_these_answers_opens_the_start_of_its_flow(pack: Path) -> None:
    engine = rewritten(pack, "    say: The last screen.", "    when: {nation: wales}\n    say: The last screen.")
    encoder = Encoder(engine.content)
    hidden = engine.press(encoder.encode(State(StepId("topic", "last"))), AFTERNOON)
    assert hidden.state.step == StepId("topic", "first")
    shown = engine.press(encoder.encode(State(StepId("topic", "last"), answers=((3, 2),))), AFTERNOON)
    assert shown.state.step == StepId("topic", "last")
    second = engine.press(encoder.encode(State(StepId("topic", "second"))), AFTERNOON)
    assert "To the end" not in [button.label for button in second.buttons]


def test_closed_services_say_when_they_open(engine: Engine) -> None:
    christmas = datetime(2026, 12, 25, 3, 0, tzinfo=ZoneInfo("Europe/London"))
    screen = engine.open("own_thoughts", christmas)
    for step in engine.content.flows["own_thoughts"].steps:
        screen = engine.press(Encoder(engine.content).encode(State(step)), christmas)
        for card in screen.cards:
            if card.service == "stop_it_now":
                assert card.availability == "Closed now. Opens Tuesday 09:00"
                return
    pytest.fail("no step of the flow shows the helpline")
