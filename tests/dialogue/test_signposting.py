"""Which services are shown, to whom, in which order, and when another answer is worth asking for."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.content.model import Signpost
from bot.dialogue.engine import Engine
from bot.dialogue.signposting import Rank, Selection, Signposting
from tests.conftest import AFTERNOON

LONDON = ZoneInfo("Europe/London")
CHRISTMAS_NIGHT = datetime(2026, 12, 25, 3, 0, tzinfo=LONDON)


@pytest.fixture(scope="module")
def signposting(engine: Engine) -> Signposting:
    return Signposting(engine.content)


def given(engine: Engine, **answers: str) -> dict[int, int]:
    """Answers by their ids, as codes."""
    found: dict[int, int] = {}
    for id_, value in answers.items():
        answer = engine.content.answers[id_]
        found[answer.code] = next(candidate.code for candidate in answer.values if candidate.id == value)
    return found


def ids(selection: Selection) -> list[str]:
    return [standing.service.id for standing in selection.shown]


def topic(name: str, at_most: int = 4) -> Signpost:
    return Signpost(name, (), (), at_most)


def test_open_services_come_first_then_those_opening_soon_then_pages(engine: Engine, signposting: Signposting) -> None:
    for moment in (AFTERNOON, CHRISTMAS_NIGHT, datetime(2026, 11, 24, 9, 30, tzinfo=LONDON)):
        for name in ("sextortion", "suicide_self_harm", "seen_abuse_images", "own_behaviour"):
            for who in ("young_person", "parent_carer", "adult_self"):
                shown = signposting.select(topic(name), given(engine, who=who), (), moment).shown
                ranks = [standing.rank for standing in shown]
                assert ranks == sorted(ranks)


def test_the_authors_priority_decides_among_open_ones(engine: Engine, signposting: Signposting) -> None:
    shown = signposting.select(topic("sextortion"), given(engine, who="young_person"), (), AFTERNOON).shown
    open_ones = [standing.service.facts.topics["sextortion"] for standing in shown if standing.rank is Rank.OPEN]
    assert open_ones == sorted(open_ones)


def test_nobody_is_shown_what_their_age_nation_or_role_rules_out(engine: Engine, signposting: Signposting) -> None:
    ages = {"under_13": 5, "age_13_15": 14, "age_16_17": 17, "age_18_24": 20, "age_25_plus": 40}
    for who in ("young_person", "parent_carer", "adult_self", "adult_survivor", "bystander", "friend", "professional"):
        for nation in ("england", "wales", "scotland", "northern_ireland", "outside_uk"):
            for age, years in ages.items():
                answers = given(engine, who=who, nation=nation, age=age)
                for name in ("sexual_abuse", "suicide_self_harm", "nudes_shared", "survivors"):
                    for standing in signposting.select(topic(name), answers, (), AFTERNOON).shown:
                        facts = standing.service.facts
                        assert nation in facts.nations
                        assert any(
                            who in group.who
                            and (group.minimum_age or 0) <= years
                            and years <= (group.maximum_age if group.maximum_age is not None else 200)
                            for group in facts.eligibility
                        ), (standing.service.id, who, age)


def test_somebody_who_has_not_said_their_age_is_treated_as_a_child(engine: Engine, signposting: Signposting) -> None:
    shown = ids(signposting.select(topic("sextortion"), {}, ("young_person",), AFTERNOON))
    assert "childline" in shown
    assert "stopncii" not in shown


def test_an_adult_is_not_sent_to_childline(engine: Engine, signposting: Signposting) -> None:
    answers = given(engine, who="young_person", age="age_18_24")
    assert "childline" not in ids(signposting.select(topic("suicide_self_harm"), answers, (), AFTERNOON))


def test_the_nation_is_asked_for_only_where_it_would_change_what_is_shown(
    engine: Engine, signposting: Signposting
) -> None:
    who = given(engine, who="young_person")
    assert (
        signposting.select(topic("suicide_self_harm"), who, (), AFTERNOON).missing is engine.content.answers["nation"]
    )
    everywhere = Signpost(None, ("samaritans", "shout"), (), 2)
    assert signposting.select(everywhere, who, (), AFTERNOON).missing is None


def test_help_of_ones_own_nation_is_shown_once_it_is_known(engine: Engine, signposting: Signposting) -> None:
    lines = {
        "england": "nhs_111_mental_health_england",
        "wales": "nhs_111_press_2_wales",
        "scotland": "nhs_24_scotland",
        "northern_ireland": "lifeline_ni",
    }
    for nation, line in lines.items():
        answers = given(engine, who="adult_survivor", nation=nation)
        shown = ids(signposting.select(topic("suicide_self_harm"), answers, (), AFTERNOON))
        assert line in shown
        assert not set(shown) & (set(lines.values()) - {line})


def test_a_pair_is_shown_both_or_neither_unless_an_answer_rules_one_out(
    engine: Engine, signposting: Signposting
) -> None:
    everyone = set(ids(signposting.select(topic("nudes_shared"), {}, (), AFTERNOON)))
    assert {"report_remove", "stopncii"} <= everyone
    child = given(engine, who="young_person")
    shown = ids(signposting.select(topic("nudes_shared"), child, (), AFTERNOON))
    assert "report_remove" in shown
    assert "stopncii" not in shown


def test_never_more_than_asked_for_and_the_pinned_ones_among_them(engine: Engine, signposting: Signposting) -> None:
    who = given(engine, who="young_person")
    for at_most in range(1, 5):
        signpost = Signpost("suicide_self_harm", (), ("papyrus_hopeline247",), at_most)
        shown = ids(signposting.select(signpost, who, (), AFTERNOON))
        assert len(shown) <= at_most
        assert "papyrus_hopeline247" in shown


def test_services_that_are_paused_are_never_shown(engine: Engine, signposting: Signposting) -> None:
    paused = {id_ for id_, service in engine.content.services.items() if service.facts.status != "active"}
    assert paused
    everything = Signpost(None, tuple(engine.content.services), (), 6)
    for who in ("young_person", "parent_carer", "adult_self"):
        assert not paused & set(ids(signposting.select(everything, given(engine, who=who), (), AFTERNOON)))


def test_what_was_worked_out_for_a_minute_is_what_each_second_of_it_gives(engine: Engine) -> None:
    """Around every opening, every closing, and the hour before each."""
    begin = datetime(2026, 11, 23, tzinfo=ZoneInfo("Europe/London"))
    asked = Signposting(engine.content)
    for service in asked.services():
        for hours in asked.hours(service):
            for change in hours.changes(begin, begin + timedelta(days=2)):
                for moment in (change, change - timedelta(hours=1)):
                    for seconds in (-0.000001, 0, 0.5, 59.999999, 60):
                        now = moment + timedelta(seconds=seconds)
                        asked.standing(service, now - timedelta(seconds=0.000001))
                        at_once = asked._stand(service, now)
                        assert asked.standing(service, now) == at_once
