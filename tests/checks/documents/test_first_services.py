"""The table of who is shown first agrees with the screens themselves."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from bot.checks.documents.first_services import USUAL_MOMENTS, situations, topics
from bot.cli import main
from bot.dialogue.engine import Engine
from bot.dialogue.state import State
from tests.tools.make_documents import FIRST_SERVICES, first_services_page

PAGE = FIRST_SERVICES.read_text(encoding="utf-8")


def test_the_page_is_up_to_date(engine: Engine) -> None:
    assert first_services_page(engine) == PAGE, "run: .venv/bin/python -m tests.tools.make_documents"


def test_every_flow_and_every_topic_in_use_has_its_line(engine: Engine) -> None:
    for flow in engine.content.flows:
        assert re.search(rf"^\| \*\*.*\*\* `{flow}` \|", PAGE, re.MULTILINE), flow
    in_use = {step.signpost.topic for step in engine.content.steps.values() if step.signpost and step.signpost.topic}
    assert in_use <= {row.situation.strip("`") for row in topics(engine, USUAL_MOMENTS[:1])}


def test_the_moments_are_an_ordinary_tuesday_and_christmas_night() -> None:
    assert "Tuesday 24 November 2026, 14:00" in PAGE
    assert "Friday 25 December 2026, 03:00" in PAGE


@pytest.mark.parametrize("number", [0, 1], ids=["Tuesday", "Christmas"])
def test_each_cell_says_what_the_screen_itself_shows(engine: Engine, number: int) -> None:
    compared = 0
    for row in situations(engine, USUAL_MOMENTS):
        assert row.step is not None
        for person, seen in row.seen.items():
            screen = engine.draw(State(row.step, answers=person.answers), USUAL_MOMENTS[number])
            if screen.state.step == row.step and screen.cards:
                card = screen.cards[0]
                assert card.name in seen[number].replace("\\", ""), (row.situation, person)
                assert card.availability[1:] in seen[number], (row.situation, person)
                compared += 1
    assert compared > 500


def test_the_command_prints_the_page() -> None:
    printed = CliRunner().invoke(main, ["first-services"])
    assert printed.exit_code == 0
    assert printed.output == PAGE


def test_what_a_button_says_about_somebody_decides_who_is_shown_behind_it() -> None:
    lines = [line for line in PAGE.splitlines() if "→ I'm under 18 `under_eighteen`" in line]
    assert lines
    assert all("| young person | **Childline**" in line for line in lines)
