"""Cards and lines together: the picture of one flow, and the overview of all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.checks.graph.card import CARD_WIDTH, Card
from bot.checks.graph.flow_card import FlowCards
from bot.checks.graph.layers import Arrow
from bot.checks.graph.layout import Box, Dot, Layout, Line, Tip, lay_out
from bot.checks.graph.markup import Markup, element, joined
from bot.checks.graph.model import DrawnFlow, Picture
from bot.checks.graph.risk_shapes import RISK_WORDS
from bot.checks.graph.step_card import StepCards

_COLOURS: Final = 6
_MANY: Final = 5
"""A flow that more than so many others lead to has no lines drawn to it in the overview: they would hide the rest."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture in pixels from (0, 0); ``name`` is what screen readers say of it."""

    key: str
    name: str
    width: float
    height: float
    inside: Markup


def draw_flow(flow: DrawnFlow, picture: Picture, *, ids: bool) -> Drawing:
    """The steps of one flow. ``ids`` gives each card the id that links in the document lead to."""
    linked = frozenset(step.id for drawn in picture.flows for step in drawn.steps)
    drawer = StepCards(picture.services, linked)
    cards = [drawer.card(step) for step in flow.steps]
    names = {str(step.id): f"{step.title}. {RISK_WORDS[step.risk]}." for step in flow.steps}
    arrows = [
        Arrow(str(step.id), port, str(choice.target))
        for step, card in zip(flow.steps, cards, strict=True)
        for choice, port in zip(step.choices, card.ports, strict=True)
        if not choice.elsewhere
    ]
    order = _start_first(cards, [step.start for step in flow.steps])
    return _draw(flow.id, flow.title, order, arrows, names, ids=ids)


def draw_overview(picture: Picture, *, ids: bool) -> Drawing:
    """All flows, and which leads to which."""
    flows = picture.flows
    drawer = FlowCards(flows[0].id if flows else "", {flow.id for flow in flows})
    cards = [drawer.card(flow) for flow in flows]
    hubs = _hubs(flows)
    arrows = [
        Arrow(flow.id, port, link.target)
        for flow, card in zip(flows, cards, strict=True)
        for link, port in zip(flow.links, card.ports, strict=True)
        if flow.id == flows[0].id or link.target not in hubs
    ]
    names = {flow.id: f"{flow.title}. {RISK_WORDS[flow.risk]}." for flow in flows}
    return _draw("all-flows", "All flows", cards, arrows, names, ids=ids)


def _hubs(flows: Iterable[DrawnFlow]) -> Collection[str]:
    entered: dict[str, int] = {}
    for flow in flows:
        for link in flow.links:
            entered[link.target] = entered.get(link.target, 0) + 1
    return {flow for flow, count in entered.items() if count > _MANY}


def _start_first(cards: Sequence[Card], starts: Sequence[bool]) -> list[Card]:
    return [card for card, _ in sorted(zip(cards, starts, strict=True), key=lambda item: not item[1])]


def _draw(
    key: str, name: str, cards: Sequence[Card], arrows: Sequence[Arrow], names: dict[str, str], *, ids: bool
) -> Drawing:
    layout = lay_out([Box(card.key, CARD_WIDTH, card.height, card.entry) for card in cards], arrows)
    colours = {card.key: index % _COLOURS for index, card in enumerate(cards)}
    inside = joined(
        (
            element("g", joined(_line(line, colours) for line in layout.lines), class_="lines"),
            joined(_placed(card, layout, names[card.key], ids=ids) for card in cards),
            element(
                "g",
                joined(
                    (
                        *(_tip(tip, colours) for tip in layout.tips),
                        *(_dot(dot, colours) for dot in layout.dots),
                    )
                ),
                class_="tips",
            ),
        )
    )
    return Drawing(key, name, layout.width, layout.height, inside)


def _placed(card: Card, layout: Layout, name: str, *, ids: bool) -> Markup:
    x, y = layout.corners[card.key]
    return element(
        "g",
        element("a", card.outline("card"), card.head, href=f"#{card.key}", aria_label=name, class_="name"),
        card.body,
        id=card.key if ids else None,
        class_=f"node risk-{card.risk}",
        data_node=card.key,
        data_x=x,
        data_y=y,
        data_height=card.height,
        transform=f"translate({x:.0f} {y:.0f})",
    )


def _line(line: Line, colours: dict[str, int]) -> Markup:
    return element(
        "path",
        d=line.path,
        class_=f"line colour-{colours[line.target]}{' back' if line.back else ''}",
        data_target=line.target,
        data_sources=" ".join(line.sources),
    )


def _tip(tip: Tip, colours: dict[str, int]) -> Markup:
    far = tip.x + (9.0 if tip.back else -9.0)
    path = f"M{tip.x:.0f} {tip.y:.0f}L{far:.0f} {tip.y - 6:.0f}V{tip.y + 6:.0f}Z"
    return element("path", d=path, class_=f"tip colour-{colours[tip.target]}", data_target=tip.target)


def _dot(dot: Dot, colours: dict[str, int]) -> Markup:
    return element(
        "circle",
        cx=dot.x,
        cy=dot.y,
        r=4.0,
        class_=f"dot colour-{colours[dot.target]}",
        data_target=dot.target,
        data_sources=dot.source,
    )
