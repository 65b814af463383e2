"""What the pictures know of the content."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.checks.finding import Finding, Severity
from bot.checks.graph.collect import collect, only, step_title
from bot.checks.graph.marks import marks
from bot.checks.graph.model import DrawnStep, Mark, Picture
from bot.checks.graph.roles import NOT_SAID, roles_at
from bot.content.errors import Place
from bot.content.load import load
from bot.content.model import StepId
from bot.content.service_schema import Kind, Status
from bot.dialogue.engine import Engine
from bot.dialogue.facts import Deployment
from tests.conftest import AFTERNOON


def drawn(picture: Picture) -> dict[StepId, DrawnStep]:
    return {step.id: step for flow in picture.flows for step in flow.steps}


def test_every_step_button_and_service_of_the_shipped_content_is_there(picture: Picture, engine: Engine) -> None:
    steps = drawn(picture)
    assert set(steps) == set(engine.content.steps)
    for id_, step in engine.content.steps.items():
        assert [(choice.label, choice.target) for choice in steps[id_].choices] == [
            (choice.label, choice.target) for choice in step.choices
        ]
        assert (steps[id_].risk, steps[id_].end) == (step.risk, step.end)
    assert set(picture.services) == set(engine.content.services)


def test_every_service_that_a_step_ever_shows_is_among_its_services(picture: Picture, engine: Engine) -> None:
    content = engine.content
    roles = roles_at(content)
    who, nation, age = (content.answers[id_] for id_ in ("who", "nation", "age"))
    for id_, step in drawn(picture).items():
        signpost = content.steps[id_].signpost
        known = {*step.services, *(service.id for service in picture.services.values() if service.listens)}
        if signpost is None:
            assert step.services == ()
            continue
        for role in roles[id_]:
            for place in (0, *(value.code for value in nation.values)):
                for old in (0, *(value.code for value in age.values)):
                    answers = {who.code: role, nation.code: place, age.code: old}
                    given = {code: value for code, value in answers.items() if value}
                    audience = content.flows[id_.flow].audience
                    shown = engine.signposting.select(signpost, given, audience, AFTERNOON).shown
                    assert {standing.service.id for standing in shown} <= known, (id_, given)


def test_a_step_for_young_people_lists_no_service_for_adults_only(picture: Picture, engine: Engine) -> None:
    young = drawn(picture)[StepId("image_threats", "talk")].services
    assert "childline" in young
    for id_ in young:
        assert any("young_person" in group.who for group in engine.content.services[id_].facts.eligibility)


def test_services_that_are_not_active_are_on_no_step(pack: Path) -> None:
    resources = pack / "resources.yaml"
    text = resources.read_text(encoding="utf-8")
    before = collect(load([str(pack)]), Deployment())
    resources.write_text(
        text.replace("kind: helpline\n    status: active", "kind: helpline\n    status: paused", 1), encoding="utf-8"
    )
    after = collect(load([str(pack)]), Deployment())
    assert drawn(before)[StepId("topic", "second")].services == ("helpline",)
    assert drawn(after)[StepId("topic", "second")].services == ()
    assert (after.services["helpline"].kind, after.services["helpline"].active) == (Kind.HELPLINE, False)
    assert load([str(pack)]).services["helpline"].facts.status is Status.PAUSED


def test_conditions_and_answers_are_told_in_words(picture: Picture) -> None:
    steps = drawn(picture)
    assert steps[StepId("emergency", "cannot_talk")].when == "nation is not Outside the UK"
    leaving = steps[StepId("emergency", "ring")].choices[-1]
    assert leaving.answers == ("nation: Outside the UK",)
    assert [line.when for line in steps[StepId("emergency", "missing")].lines][1] == "nation is Outside the UK"


def test_ways_in_are_told(picture: Picture) -> None:
    ring = drawn(picture)[StepId("emergency", "ring")]
    assert "immediate_danger" in ring.typed
    assert StepId("image_threats", "believe") in ring.arrivals
    assert all(id_.flow != "emergency" for id_ in ring.arrivals)


def test_links_between_flows_count_their_buttons(picture: Picture, engine: Engine) -> None:
    threats = next(flow for flow in picture.flows if flow.id == "image_threats")
    found = {link.target: link.buttons for link in threats.links}
    for target, count in found.items():
        buttons = [
            choice
            for id_ in engine.content.flows["image_threats"].steps
            for choice in engine.content.steps[id_].choices
            if choice.target.flow == target
        ]
        assert len(buttons) == count
    assert "image_threats" not in found


def test_the_menu_comes_first_and_then_what_it_leads_to(picture: Picture) -> None:
    order = [flow.id for flow in picture.flows]
    assert order[0] == "menu"
    first = [link.target for link in picture.flows[0].links]
    assert order[1 : 1 + len(first)] == first


def test_the_role_that_a_button_records_is_followed(pack: Path) -> None:
    content = load([str(pack)])
    friend = next(value.code for value in content.answers["who"].values if value.id == "friend")
    assert roles_at(content)[StepId("topic", "second")] == {NOT_SAID, friend}
    assert roles_at(content)[StepId("menu", "start")] == {NOT_SAID}


def test_findings_stand_on_their_step_and_others_apart(engine: Engine) -> None:
    def finding(about: str) -> Finding:
        return Finding("WP000", Severity.ERROR, Place(Path("x.yaml")), "Something is wrong.", about=about)

    found = marks([finding("image_threats.money"), finding("menu"), finding("childline")])
    picture = collect(engine.content, Deployment(), found)
    assert drawn(picture)[StepId("image_threats", "money")].marks == (found[0],)
    assert picture.unplaced == found[1:]
    assert found[0] == Mark(StepId("image_threats", "money"), "WP000", "error", "Something is wrong.")


def test_one_flow_alone_keeps_its_own_services_only(picture: Picture) -> None:
    alone = only(picture, "image_threats")
    assert [flow.id for flow in alone.flows] == ["image_threats"]
    assert "childline" in alone.services
    assert "napac" not in alone.services
    assert {id_.flow for service in alone.services.values() for id_ in service.shown_on} == {"image_threats"}


@pytest.mark.parametrize(
    ("step", "title"), [("friends_know", "Friends know"), ("outside_uk", "Outside UK"), ("ceop_after", "CEOP after")]
)
def test_ids_become_titles(step: str, title: str) -> None:
    assert step_title(step, {"UK", "CEOP"}) == title
