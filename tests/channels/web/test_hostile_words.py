"""Hostile words stay words, whether they stand in the content or are typed: on the web and on Telegram."""

from __future__ import annotations

import json
import random
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.channels.web.look import look
from bot.channels.web.pages import Pages
from bot.content.errors import ContentError
from bot.content.model import StepId
from bot.dialogue.engine import Engine
from bot.dialogue.opening import open_engine
from bot.dialogue.rendering import telegram_html
from bot.dialogue.screen import Screen
from bot.dialogue.state import State
from tests.conftest import AFTERNOON
from tests.packs import small_pack
from tests.web_server import make_settings

STEPS = 700
TYPED = 300

PIECES = (
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>', "</b></a>", "<!--"),
    *("<a href='javascript:alert(1)'>", "javascript:alert(1)", "data:text/html,<script>", "&lt;script&gt;", "]]>"),
    *("' onclick='alert(1)", "</title><script>", "\\u003cscript\\u003e", "<tg-spoiler>", "<pre><code>", "$(id)"),
    *("\u202ex", "\u200b", "%3Cscript%3E", "\u2028", "../../etc/passwd", "'; DROP TABLE x; --", "**bold**", "<", ">"),
)
"""What people who mean harm write, in pieces. Nothing of it may become more than letters."""

PAGES = Pages(look(make_settings()))
TELEGRAM_TAGS = {"b", "i", "a"}
HARMFUL_TAGS = {"script", "svg", "img", "iframe", "object", "embed", "base", "tg-spoiler", "pre", "code"}


class Tags(HTMLParser):
    """Every tag and attribute of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def hostile(count: int) -> list[str]:
    chosen = random.Random(44)
    return ["x " + " ".join(chosen.choices(PIECES, k=chosen.randint(1, 3))) for _ in range(count)]


def assert_harmless(screen: Screen, engine: Engine, plain: Tags) -> None:
    """``plain`` is a page of ours without anything hostile, which tells what a page may hold."""
    page = Tags(PAGES.screen(engine, screen).decode())
    for tag in HARMFUL_TAGS:
        assert page.tags.count(tag) == plain.tags.count(tag), tag
    assert {name for name, _ in page.attributes if name.startswith("on")} == set()
    for name, value in page.attributes:
        if name in {"href", "src", "action"}:
            assert value.startswith(("/", "#", "https://", "tel:", "sms:", "mailto:", "data:image/")), value
    written = Tags(telegram_html.render(screen))
    assert set(written.tags) <= TELEGRAM_TAGS
    assert {name for name, _ in written.attributes} <= {"href"}
    assert all(value.startswith("https://") for _, value in written.attributes)


def page_of(engine: Engine) -> Tags:
    return Tags(PAGES.screen(engine, engine.start(AFTERNOON)).decode())


def test_hostile_words_in_the_content_stay_words(pack: Path) -> None:
    plain = page_of(open_engine([str(pack)]))
    steps = hostile(STEPS)
    flow = (pack / "flows" / "topic.yaml").read_text()
    names = [f"hostile_{number}" for number in range(STEPS)]
    added = [
        f"  {name}:\n    say: {json.dumps(words)}\n    choices:\n"
        f"      - {{label: {json.dumps(words[:30])}, go: {following}}}\n"
        for name, words, following in zip(names, steps, [*names[1:], "last"], strict=True)
    ]
    (pack / "flows" / "topic.yaml").write_text(flow.rstrip("\n") + "\n" + "".join(added))
    engine = open_engine([str(pack)])
    for name in names:
        token = engine.token(State(StepId("topic", name)))
        assert_harmless(engine.press(token, AFTERNOON), engine, plain)


def test_hostile_words_in_the_names_of_a_deployment_stay_words(engine: Engine) -> None:
    hostile_name = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    pages = Pages(look(make_settings(brand_name=hostile_name, page_title=hostile_name)))
    page = Tags(pages.screen(engine, engine.start(AFTERNOON)).decode())
    plain = page_of(engine)
    assert page.tags == plain.tags
    assert [name for name, _ in page.attributes] == [name for name, _ in plain.attributes]


def test_hostile_words_that_are_typed_stay_words_or_are_not_shown_at_all(engine: Engine) -> None:
    plain = page_of(engine)
    for words in hostile(TYPED):
        screen = engine.read(words, AFTERNOON)
        assert_harmless(screen, engine, plain)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"])
def test_an_address_that_could_run_something_is_refused_or_is_no_link(tmp_path: Path, address: str) -> None:
    pack = small_pack(tmp_path)
    menu = pack / "flows" / "menu.yaml"
    menu.write_text(menu.read_text().replace("say: Hello there.", f'say: "[press me]({address})"'))
    try:
        engine = open_engine([str(pack)])
    except ContentError:
        return
    assert_harmless(engine.start(AFTERNOON), engine, page_of(engine))
