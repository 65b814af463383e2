"""A card as SVG, and as PDF with letters of every script."""

from __future__ import annotations

import base64
import io
from datetime import UTC, datetime
from html import escape
from importlib.util import find_spec
from typing import Any, Final

from bot.operations.cards.fonts import fonts_for
from bot.operations.cards.sheet import Box, Picture, Sheet

_NO_DATE: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""In place of the day it was made: the same card is the same file."""


class NoPdfError(Exception):
    """What is needed for PDF is not installed; the text says how to get it."""


def svg(sheet: Sheet) -> str:
    """The card as a picture for any program, in whatever sans-serif letters there are."""
    parts = []
    for part in sheet.parts:
        if isinstance(part, Box):
            place = f'x="{part.x:.3f}" y="{part.y:.3f}" width="{part.width:.3f}" height="{part.height:.3f}"'
            parts.append(f'<rect {place} fill="{part.colour}"/>')
        elif isinstance(part, Picture):
            place = f'x="{part.x:.3f}" y="{part.y:.3f}" width="{part.width:.3f}" height="{part.height:.3f}"'
            parts.append(f'<image {place} href="{escape(part.source)}"/>')
        else:
            weight = 700 if part.bold else 400
            look = f'font-size="{part.size:.2f}" font-weight="{weight}" fill="{part.colour}"'
            parts.append(f'<text x="{part.x:.2f}" y="{part.y:.2f}" {look}>{escape(part.text)}</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{sheet.width}mm" height="{sheet.height}mm" '
        f'viewBox="0 0 {sheet.width} {sheet.height}" xml:lang="{sheet.language}" direction="{sheet.direction}" '
        'font-family="Noto Sans, DejaVu Sans, Arial, sans-serif" shape-rendering="crispEdges">\n'
        f"<title>{escape(sheet.title)}</title>\n" + "\n".join(parts) + "\n</svg>\n"
    )


def pdf(sheet: Sheet) -> bytes:
    """The card as a page to print. Raises `NoPdfError`, or `bot.operations.cards.fonts.NoFontError`."""
    if find_spec("fpdf") is None or find_spec("uharfbuzz") is None:  # the latter joins the letters of some scripts
        raise NoPdfError('For PDF, install what draws it: pip install "waypost[posters]". Or ask for .svg.')
    import fpdf

    paper: Any = fpdf.FPDF(unit="mm", format=(sheet.width, sheet.height))
    paper.set_auto_page_break(False)
    paper.set_margin(0)
    paper.set_title(sheet.title)
    paper.set_lang(sheet.language)
    paper.set_creation_date(_NO_DATE)
    regular, bold, *others = fonts_for(sheet.language)
    paper.add_font("card", "", str(regular))
    paper.add_font("card", "B", str(bold))
    for number, (plain, heavy) in enumerate(zip(others[::2], others[1::2], strict=True)):
        paper.add_font(f"other{number}", "", str(plain))
        paper.add_font(f"other{number}", "B", str(heavy))
    paper.set_fallback_fonts([f"other{number}" for number in range(len(others) // 2)], exact_match=False)
    paper.set_text_shaping(use_shaping_engine=True)
    paper.add_page()
    for part in sheet.parts:
        if isinstance(part, Box):
            paper.set_fill_color(part.colour)
            paper.rect(part.x, part.y, part.width, part.height, style="F")
            continue
        if isinstance(part, Picture):
            _place(paper, part)
            continue
        paper.set_font("card", "B" if part.bold else "", part.size / 0.3528)  # points are 0.3528 mm
        paper.set_text_color(part.colour)
        if sheet.direction == "rtl":
            paper.set_xy(0, part.y - part.size)
            paper.cell(part.x, part.size * 1.3, part.text, align="R")
        else:
            paper.set_xy(part.x, part.y - part.size)
            paper.cell(0, part.size * 1.3, part.text)
    return bytes(paper.output())


def _place(paper: Any, picture: Picture) -> None:
    data = base64.b64decode(picture.source.partition(",")[2])
    try:
        paper.image(io.BytesIO(data), picture.x, picture.y, picture.width, picture.height, keep_aspect_ratio=True)
    except Exception:  # whatever a picture made elsewhere leads to
        raise NoPdfError("BRAND_LOGO cannot be drawn in a PDF; save it as PNG, or ask for .svg.") from None
