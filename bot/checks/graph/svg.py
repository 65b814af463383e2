"""Pictures as SVG documents that stand alone: style inside, nothing fetched, no script."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from bot.checks.graph.drawing import Drawing, draw_flow, draw_overview
from bot.checks.graph.legend import LEGEND_HEIGHT, LEGEND_WIDTH, legend
from bot.checks.graph.markup import Markup, element, joined
from bot.checks.graph.model import Picture

MARGIN: Final = 48.0
_TITLE: Final = 64.0


def svg(picture: Picture) -> str:
    """All flows below each other with an overview first, or the one flow that ``picture`` holds."""
    drawings = [draw_flow(flow, picture, ids=True) for flow in picture.flows]
    if picture.whole:
        drawings.insert(0, draw_overview(picture, ids=False))
    width = max(LEGEND_WIDTH, *(drawing.width for drawing in drawings)) + 2 * MARGIN
    y = MARGIN
    parts = [element("g", legend(picture), transform=f"translate({MARGIN:.0f} {y:.0f})")]
    y += LEGEND_HEIGHT + MARGIN
    for drawing in drawings:
        parts.append(_panel(drawing, y))
        y += _TITLE + drawing.height + 2 * MARGIN
    name = "All flows" if picture.whole else picture.flows[0].title
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        + element(
            "svg",
            element("title", name),
            element("style", stylesheet()),
            element("rect", width=width, height=y, class_="paper"),
            joined(parts),
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {width:.0f} {y:.0f}",
            width=width,
            height=y,
            class_="picture",
            lang=picture.language,
        )
        + "\n"
    )


def stylesheet() -> Markup:
    """How pictures look, light and dark."""
    return Markup(files(__package__).joinpath("picture.css").read_text(encoding="utf-8"))


def _panel(drawing: Drawing, y: float) -> Markup:
    return element(
        "g",
        element("text", drawing.name, x=0.0, y=30.0, class_="big-title"),
        element("g", drawing.inside, transform=f"translate(0 {_TITLE:.0f})"),
        id=drawing.key,
        transform=f"translate({MARGIN:.0f} {y:.0f})",
    )
