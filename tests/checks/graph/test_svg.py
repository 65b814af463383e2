"""Pictures as SVG documents."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from bot.checks.graph.collect import only
from bot.checks.graph.model import Picture
from bot.checks.graph.svg import svg
from bot.content.schema import Risk
from tests.checks.graph.conftest import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"


def parsed(document: str) -> ElementTree.Element:
    return ElementTree.fromstring(document)  # noqa: S314  # our own output


def words(root: ElementTree.Element) -> str:
    return " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))


def spaceless(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def whole(picture: Picture) -> ElementTree.Element:
    return parsed(svg(picture))


def test_every_step_and_every_flow_has_its_box(whole: ElementTree.Element, picture: Picture) -> None:
    nodes = [node.get("data-node") for node in whole.iter(f"{SVG}g") if node.get("data-node")]
    assert sorted(nodes, key=str) == sorted(
        [*(flow.id for flow in picture.flows), *(str(step.id) for flow in picture.flows for step in flow.steps)]
    )


def test_every_button_and_every_shown_service_can_be_read(picture: Picture) -> None:
    for flow in picture.flows:
        read = words(parsed(svg(only(picture, flow.id))))
        for step in flow.steps:
            assert all(spaceless(choice.label) in spaceless(read) for choice in step.choices)
            for id_ in step.services:
                assert picture.services[id_].name[:20] in read


def test_buttons_inside_a_flow_have_a_line_to_their_step(picture: Picture) -> None:
    alone = only(picture, "emergency")
    root = parsed(svg(alone))
    lines = {
        (source, path.get("data-target"))
        for path in root.iter(f"{SVG}path")
        for source in (path.get("data-sources") or "").split()
    }
    wanted = {
        (str(step.id), str(choice.target))
        for step in alone.flows[0].steps
        for choice in step.choices
        if not choice.elsewhere
    }
    assert lines == wanted


def test_ids_are_unique_and_links_lead_to_them(whole: ElementTree.Element) -> None:
    ids = [id_ for node in whole.iter() if (id_ := node.get("id"))]
    assert len(ids) == len(set(ids))
    links = {(node.get("href") or "") for node in whole.iter(f"{SVG}a")}
    assert {link.removeprefix("#") for link in links} <= set(ids)


def test_risk_is_told_in_words_and_by_four_different_outlines(picture: Picture) -> None:
    root = parsed(svg(picture))
    for name in ("No risk", "Concern", "High risk", "Immediate danger"):
        assert name in words(root)
    shapes = {}
    for risk in Risk:
        node = next(node for node in root.iter(f"{SVG}g") if node.get("class") == f"risk-{risk}")
        shapes[risk] = next(path.get("d") for path in node.iter(f"{SVG}path"))
    assert len(set(shapes.values())) == len(Risk)


def test_it_fetches_nothing_and_runs_nothing(picture: Picture) -> None:
    document = svg(picture)
    root = parsed(document)
    assert not [node for node in root.iter() if node.tag in {f"{SVG}script", f"{SVG}image", f"{SVG}foreignObject"}]
    assert not [name for node in root.iter() for name in node.attrib if name.startswith("on") or name == "style"]
    assert "url(" not in document
    assert set(re.findall(r"https?://[^\s\"<]+", document)) == {"http://www.w3.org/2000/svg"}


def test_hostile_words_stay_words(hostile: Picture, picture: Picture) -> None:
    root = parsed(svg(hostile))
    assert spaceless(HOSTILE) in spaceless(words(root))
    known = {(node.tag, name) for node in parsed(svg(picture)).iter() for name in (*node.attrib, "")}
    assert {(node.tag, name) for node in root.iter() for name in (*node.attrib, "")} <= known


def test_findings_are_written_on_their_step(hostile: Picture) -> None:
    node = next(node for node in parsed(svg(hostile)).iter() if node.get("data-node") == "topic.first")
    assert any(shape.get("class") == "finding-warning" for shape in node.iter())
