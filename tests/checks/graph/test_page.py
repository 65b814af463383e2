"""The web page: complete, closed to the outside, and impossible to break out of."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

import pytest

from bot.checks.graph.collect import only
from bot.checks.graph.model import Picture
from bot.checks.graph.page import html
from tests.checks.graph.conftest import HOSTILE
from tests.checks.graph.reading import ReadPage


@pytest.fixture(scope="module")
def page(picture: Picture) -> ReadPage:
    return ReadPage(html(picture))


def test_every_step_stands_in_the_list_with_its_words_and_buttons(page: ReadPage, picture: Picture) -> None:
    ids = set(page.values("id"))
    for flow in picture.flows:
        assert flow.id in ids
        for step in flow.steps:
            assert str(step.id) in ids
            assert all(choice.label in page.words for choice in step.choices)
            assert all(line in page.words for line in step.plain.splitlines())


def test_every_service_stands_in_the_list(page: ReadPage, picture: Picture) -> None:
    ids = set(page.values("id"))
    assert {f"service-{id_}" for id_ in picture.services} <= ids
    assert all(service.name in page.words for service in picture.services.values())


def test_every_flow_and_the_overview_have_a_picture(page: ReadPage, picture: Picture) -> None:
    assert set(page.values("data-flow")) == {"all-flows", *(flow.id for flow in picture.flows)}


@pytest.mark.parametrize("flow", [None, "image_threats", "delete"])
def test_every_link_leads_to_something_on_the_page(picture: Picture, flow: str | None) -> None:
    page = ReadPage(html(picture if flow is None else only(picture, flow)))
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    links = page.values("href")
    assert links
    assert all(link.startswith("#") for link in links)
    assert {link.removeprefix("#") for link in links} <= set(ids)
    referred = {id_ for name in ("for", "aria-describedby") for id_ in page.values(name)}
    assert referred <= set(ids)


def test_it_asks_nothing_of_the_outside(page: ReadPage) -> None:
    assert not page.values("src")
    assert not page.values("action")
    assert not {tag for tag, _ in page.elements} & {"link", "img", "iframe", "object", "embed", "base", "form"}
    for program in page.programs.values():
        assert not re.search(r"https?:|url\(|@import|fetch\(|XMLHttp|WebSocket|import\(|sendBeacon", program)


def test_it_has_no_script_or_style_in_attributes_and_never_writes_markup(page: ReadPage) -> None:
    names = {name for _, found in page.elements for name in found}
    assert not {name for name in names if name.startswith("on")} | names & {"style", "srcdoc"}
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", page.programs["script"])


def test_its_policy_allows_its_own_script_and_style_only(page: ReadPage) -> None:
    policy = next(found["content"] for tag, found in page.elements if found.get("http-equiv"))
    for kind in ("script", "style"):
        digest = b64encode(sha256(page.programs[kind].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert [tag for tag, _ in page.elements].count("script") == 1


def test_hostile_words_stay_words(hostile: Picture, page: ReadPage) -> None:
    read = ReadPage(html(hostile))
    assert read.vocabulary() <= page.vocabulary() | {("span", "class"), ("ul", "class")}
    assert read.programs == page.programs
    assert read.words.count(HOSTILE) > 8


def test_colours_follow_light_and_dark_and_stillness_is_kept(page: ReadPage) -> None:
    assert "prefers-color-scheme: dark" in page.programs["style"]
    assert "prefers-reduced-motion" in page.programs["style"]
    assert "prefers-reduced-motion" in page.programs["script"]


def test_findings_are_listed_with_their_step(hostile: Picture) -> None:
    read = ReadPage(html(hostile))
    assert "2 findings" in read.words
    assert "At: gone" in read.words
