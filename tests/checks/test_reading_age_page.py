"""docs/reading-age.md is made from the flows, and young people can read what is written for them."""

from __future__ import annotations

from statistics import median

import pytest

from bot.dialogue.engine import Engine
from tests.tools.make_reading_age_page import GOAL, LIMIT, PAGE, Row, page, rows


@pytest.fixture(scope="module")
def young(engine: Engine) -> list[Row]:
    return [row for row in rows(engine.content) if row.is_young]


def test_the_page_is_up_to_date(engine: Engine) -> None:
    made = page(engine.content)
    assert PAGE.read_text(encoding="utf-8") == made, "run: .venv/bin/python -m tests.tools.make_reading_age_page"


def test_every_flow_is_on_the_page(engine: Engine) -> None:
    assert [row.flow for row in rows(engine.content)] == sorted(engine.content.flows)


def test_no_flow_that_young_people_meet_takes_more_than_the_limit(young: list[Row]) -> None:
    assert {row.flow: row.age for row in young if row.age > LIMIT} == {}


def test_half_of_the_flows_that_young_people_meet_are_easier_than_the_goal(young: list[Row]) -> None:
    assert median(row.age for row in young) <= GOAL
