"""Pictures as Mermaid text."""

from __future__ import annotations

import re

import pytest

from bot.checks.graph.collect import only
from bot.checks.graph.mermaid import flow_id, label, mermaid, service_id, step_id
from bot.checks.graph.model import Picture
from bot.content.model import StepId

LABEL = r'"(?:[A-Za-z0-9 ,.?!\'()/+-]|#\d+;|<br/>)*"'
NODE = r"[FV]_[a-z0-9_S]+"
LINE = re.compile(
    rf"  (?:classDef [a-z]+ [\w:#,. -]+"
    rf"|{NODE}(?:\({LABEL}\)|\[{LABEL}\]|\[\[{LABEL}\]\]|\{{\{{{LABEL}\}}\}}|\(\[{LABEL}\]\)|\[/{LABEL}/\]):::[a-z]+"
    rf"|{NODE} -->\|{LABEL}\| {NODE}"
    rf"|{NODE} -\.- {NODE}(?: & {NODE})*)"
)
"""Every kind of line there may be. Mermaid's own grammar takes each of them."""

MOST_CHARACTERS = 50_000
MOST_ARROWS = 500
"""What Mermaid draws unless the reader sets it otherwise."""


def diagrams(text: str) -> list[str]:
    return re.findall(r"```mermaid\n(.*?)```", text, re.DOTALL)


def test_every_line_is_one_that_mermaid_knows(picture: Picture, hostile: Picture) -> None:
    for drawn in (picture, hostile):
        for diagram in diagrams(mermaid(drawn)):
            first, *lines = diagram.splitlines()
            assert first == "flowchart LR"
            assert [line for line in lines if not LINE.fullmatch(line)] == []


def test_one_flow_is_one_diagram_with_every_step_button_and_service(picture: Picture) -> None:
    for flow in picture.flows:
        text = mermaid(only(picture, flow.id))
        assert text.startswith("flowchart LR\n")
        for step in flow.steps:
            assert f"  {step_id(step.id)}" in text
            for choice in step.choices:
                arrow = (
                    rf"{step_id(step.id)} -->\|{re.escape(label(choice.label)[:-1])}[^|]*\| {step_id(choice.target)}$"
                )
                assert re.search(arrow, text, re.MULTILINE)
            assert all(f"{service_id(id_)}([" in text for id_ in step.services)


def test_all_content_is_a_diagram_of_the_flows_and_one_for_each(picture: Picture) -> None:
    found = diagrams(mermaid(picture))
    assert len(found) == 1 + len(picture.flows)
    assert all(flow_id(flow.id) in found[0] for flow in picture.flows)


def test_diagrams_stay_as_small_as_mermaid_wants_them(picture: Picture) -> None:
    for diagram in diagrams(mermaid(picture)):
        assert len(diagram) < MOST_CHARACTERS
        assert diagram.count("-->") + diagram.count("-.-") + diagram.count(" & ") < MOST_ARROWS


def test_every_node_of_an_arrow_is_described(picture: Picture) -> None:
    for diagram in diagrams(mermaid(picture)):
        described = set(re.findall(rf"^  ({NODE})[(\[{{]", diagram, re.MULTILINE))
        ends = set(re.findall(rf"^  ({NODE}) -", diagram, re.MULTILINE))
        ends |= set(re.findall(rf"\| ({NODE})$", diagram, re.MULTILINE))
        assert ends <= described


def test_no_two_things_share_a_node() -> None:
    assert step_id(StepId("a_b", "c")) != step_id(StepId("a", "b_c"))
    assert len({flow_id("end"), step_id(StepId("end", "end")), service_id("end")}) == 3
    assert not flow_id("end").startswith("end")


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("It's me, he said", '"It\'s me, he said"'),
        ('say "no"', '"say #34;no#34;"'),
        ("`code`", '"#96;code#96;"'),
        ("<b>", '"#60;b#62;"'),
        ("#quot; 50%", '"#35;quot#59; 50#37;"'),
        ("a\n  b", '"a b"'),
        ("style:x#y;", '"style#58;x#35;y#59;"'),
        ("go direction TB now", '"go direction#32;TB now"'),
        ("Café", '"Caf#233;"'),
    ],
)
def test_a_label_is_nothing_but_words(words: str, written: str) -> None:
    assert label(words) == written
