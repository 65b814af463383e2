"""Posters and pocket cards: the right address in the code, words that fit, letters of every script."""

from __future__ import annotations

import base64
import dataclasses
import re
import subprocess
import sys
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import segno

from bot.checks.graph.text_measure import BOLD, width
from bot.content.languages import KNOWN_LANGUAGES
from bot.dialogue.engine import Engine
from bot.operations.cards.command import CardError, card
from bot.operations.cards.drawing import NoPdfError, pdf, svg
from bot.operations.cards.fonts import NoFontError, fonts_for
from bot.operations.cards.sheet import Box, Picture, Said, Sheet, Size, Words, lay_out
from tests.packs import REPOSITORY
from tests.web_server import make_settings

WEB = "https://chat.example.org/"
SETTINGS = make_settings(brand_name="The & Charity", brand_colour="#7a1fa2")


def said(
    language: str = "en", headline: str = "Is something online worrying you?", emergency: str = "Ring 999."
) -> Said:
    direction = KNOWN_LANGUAGES[language].direction
    ways = [(WEB, "Point your phone here, or open chat.example.org"), ("https://t.me/example_bot", "On Telegram")]
    return Said("The Charity", "#7a1fa2", headline, "See who can help.", emergency, ways, language, direction)


def codes(sheet: Sheet) -> list[list[list[int]]]:
    """The codes on a sheet, dot by dot, read back from what is drawn."""
    squares = [part for part in sheet.parts if isinstance(part, Box) and part.colour == "#ffffff"][1:]
    found = []
    for square in squares:
        inside = [
            part
            for part in sheet.parts
            if isinstance(part, Box)
            and part.colour == "#000000"
            and square.x <= part.x < square.x + square.width
            and square.y <= part.y < square.y + square.height
        ]
        dot = min(part.height for part in inside)
        side = round(square.width / dot)
        rows = [[0] * side for _ in range(side)]
        for part in inside:
            for step in range(round(part.width / dot)):
                rows[round((part.y - square.y) / dot)][round((part.x - square.x) / dot) + step] = 1
        found.append([row[4:-4] for row in rows[4:-4]])
    return found


@pytest.mark.parametrize("size", list(Size))
def test_the_codes_lead_where_they_should(size: Size) -> None:
    expected = [[list(row) for row in segno.make(address, error="m", micro=False).matrix] for address, _ in said().ways]
    assert codes(lay_out(said(), size)) == expected[: 1 if size is Size.POCKET else 2]


@pytest.mark.parametrize(("size", "large", "language"), list(product(Size, [False, True], ["en", "ar", "pa"])))
def test_everything_stands_on_the_paper_and_nothing_on_anything_else(size: Size, large: bool, language: str) -> None:
    sheet = lay_out(said(language, "Someone says they will share my pictures with everybody"), size, large=large)
    for part in sheet.parts:
        if not isinstance(part, Words):
            assert part.x >= 0
            assert part.x + part.width <= sheet.width + 0.01
            assert part.y + part.height <= sheet.height + 0.01
        else:
            wide = width(part.text, part.size) * (BOLD if part.bold else 1)
            left = part.x - wide if sheet.direction == "rtl" else part.x
            assert left >= 0
            assert left + wide <= sheet.width
            assert part.size < part.y < sheet.height
    lines = [part for part in sheet.parts if isinstance(part, Words)]
    assert "chat.example.org" in " ".join(part.text for part in lines), "an address is never cut off"
    foot = max(part.y for part in sheet.parts if isinstance(part, Box) and part.colour == "#a61b29")
    assert all(part.y <= foot for part in lines if part.text != "Ring 999.")


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("language", ["en", "ur", "hi"])
def test_a_long_line_about_danger_stays_on_the_red_ground(language: str, large: bool) -> None:
    emergency = "Are you or is somebody else in danger right now? Ring 999, or in the rest of Europe ring 112 at once."
    sheet = lay_out(said(language, emergency=emergency), Size.POSTER, large=large)
    red = next(part for part in sheet.parts if isinstance(part, Box) and part.colour == "#a61b29")
    lines = [part for part in sheet.parts if isinstance(part, Words) and part.text and part.text in emergency]
    assert len(lines) > 1
    for line in lines:
        assert red.y + line.size <= line.y <= red.y + red.height - line.size / 3


def test_the_name_on_telegram_is_not_turned_round_in_arabic_letters(engine: Engine, tmp_path: Path) -> None:
    card(engine, SETTINGS, "menu", tmp_path / "a.svg", telegram="@example_bot", language="ur")
    assert "\u200e@example_bot\u200e" in (tmp_path / "a.svg").read_text(encoding="utf-8")


def test_a_flow_is_opened_by_its_link_on_telegram(engine: Engine, tmp_path: Path) -> None:
    card(engine, SETTINGS, "image_threats", tmp_path / "a.svg", telegram="@example_bot")
    drawn = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert "Someone says they" in drawn
    assert "The &amp; Charity" in drawn
    assert "#7a1fa2" in drawn
    assert "Ring 999" in drawn
    lines = re.findall(r">([^<]*)</text>", drawn)
    assert "@example_bot" in " ".join(lines)


@pytest.mark.parametrize(
    ("flow", "words", "more"),
    [
        ("image_threat", "image_threats", {"web": WEB}),
        ("menu", "Say where", {}),
        ("menu", "--web", {"web": "javascript:alert(1)"}),
        ("menu", "--telegram", {"telegram": "a b"}),
        ("menu", "There is nothing to read in `xx`", {"web": WEB, "language": "xx"}),
    ],
)
def test_a_card_that_cannot_be_made_is_said(
    engine: Engine, tmp_path: Path, flow: str, words: str, more: dict[str, Any]
) -> None:
    with pytest.raises(CardError, match=re.escape(words)):
        card(engine, SETTINGS, flow, tmp_path / "a.svg", **more)


@pytest.mark.parametrize("language", sorted(KNOWN_LANGUAGES))
def test_letters_of_every_language_can_be_printed(language: str) -> None:
    try:
        fonts_for(language)
    except NoFontError as error:
        pytest.skip(str(error))
    name = KNOWN_LANGUAGES[language].own_name
    first, second = (pdf(lay_out(said(language, name), Size.POSTER)) for _ in range(2))
    assert first.startswith(b"%PDF-")
    assert first == second, "the same card is the same file"


def test_a_missing_font_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoFontError, match=r"NotoSansGurmukhi .*fonts-noto-core"):
        fonts_for("pa", [tmp_path])


def test_the_picture_is_well_formed() -> None:
    from xml.etree import ElementTree

    root = ElementTree.fromstring(svg(lay_out(said(headline='<b> & "x"'), Size.POCKET)))  # noqa: S314 (our own)
    assert root.attrib["width"] == "85.6mm"


def test_the_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bot", "card", "menu", "--web", WEB, "--output", str(tmp_path / "a.txt")]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 2
    assert done.stderr == "--output: name a file that ends in .svg or .pdf\n"


LONG_NAME = "The Harbour Light Young People's and Families' Support Network of the Western Isles"


def drawn_by(language: str, large: bool, size: Size, **more: Any) -> Sheet:
    return lay_out(dataclasses.replace(said(language), **more), size, large=large)


@pytest.mark.parametrize(("size", "large", "language"), list(product(Size, [False, True], ["en", "ur", "hi"])))
@pytest.mark.parametrize("logo", ["", "data:image/png;base64,AAAA"])
def test_a_long_name_stays_on_its_ground_beside_the_logo(size: Size, large: bool, language: str, logo: str) -> None:
    sheet = drawn_by(language, large, size, brand=LONG_NAME, logo=logo)
    ground = next(part for part in sheet.parts if isinstance(part, Box) and part.colour == "#7a1fa2")
    name = [part for part in sheet.parts if isinstance(part, Words) and part.text in LONG_NAME]
    assert " ".join(line.text for line in name) == LONG_NAME
    assert len(name) <= 2
    assert all(line.size < line.y < ground.height - line.size / 4 for line in name)
    for picture in (part for part in sheet.parts if isinstance(part, Picture)):
        assert ground.y < picture.y < picture.y + picture.height < ground.height
        for line in name:
            wide = width(line.text, line.size) * BOLD
            begin, end = (line.x - wide, line.x) if sheet.direction == "rtl" else (line.x, line.x + wide)
            assert end <= picture.x or begin >= picture.x + picture.width
    assert bool([part for part in sheet.parts if isinstance(part, Picture)]) is bool(logo)


@pytest.mark.parametrize("language", ["en", "ur", "bn", "pa"])
@pytest.mark.parametrize("large", [False, True])
def test_codes_are_never_too_small_and_an_address_is_never_broken(language: str, large: bool) -> None:
    headline = "Somebody who is far away says that they will share my pictures with everybody I know"
    address = "chat.the-harbour-light-network.example.org"
    ways = [(f"https://{address}/", f"Point your phone here, or open {address}"), ("https://t.me/a_bot", "@a_bot")]
    for size in Size:
        sheet = drawn_by(language, large, size, headline=headline, ways=ways)
        assert [part for part in sheet.parts if isinstance(part, Words) and address in part.text]
        squares = [part for part in sheet.parts if isinstance(part, Box) and part.colour == "#ffffff"][1:]
        assert min(part.width for part in squares) >= (30 if size is Size.POCKET else 40)


def test_large_print_is_larger() -> None:
    sizes = [
        max(one.size for one in drawn_by("en", large, Size.POSTER).parts if isinstance(one, Words))
        for large in (False, True)
    ]
    assert sizes[1] >= sizes[0] * 1.2


def test_no_word_of_a_headline_is_left_alone_on_the_last_line() -> None:
    headline = "Is something that happened online now worrying you?"
    lines = [one.text for one in drawn_by("en", False, Size.POSTER, headline=headline).parts if isinstance(one, Words)]
    assert [line for line in lines if line in headline][-1].count(" ") >= 1


PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><circle cx="20" cy="20" r="18"/></svg>'


@pytest.mark.parametrize(("name", "data"), [("logo.png", PNG), ("logo.svg", SVG)])
def test_the_charitys_logo_is_on_the_card(engine: Engine, tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    own = make_settings(brand_name="Harbour", brand_logo=tmp_path / name)
    card(engine, own, "menu", tmp_path / "a.svg", web=WEB)
    assert base64.b64encode(data).decode() in (tmp_path / "a.svg").read_text(encoding="utf-8")
    card(engine, own, "menu", tmp_path / "with.pdf", web=WEB)
    card(engine, SETTINGS, "menu", tmp_path / "without.pdf", web=WEB)
    assert (tmp_path / "with.pdf").stat().st_size != (tmp_path / "without.pdf").stat().st_size


def test_a_logo_that_cannot_be_drawn_is_said(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(b"<svg broken")
    own = make_settings(brand_logo=tmp_path / "logo.svg")
    with pytest.raises(NoPdfError, match="save it as PNG"):
        card(engine, own, "menu", tmp_path / "a.pdf", web=WEB)
