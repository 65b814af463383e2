"""One flow as a card of the overview: for whom it is, how much there is in it, and where it leads."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from bot.checks.graph.card import BODY, NOTE, PADDING, ROOM, WHERE, Card, CardWriter, text_line
from bot.checks.graph.markup import element, joined
from bot.checks.graph.model import DrawnFlow, FlowLink
from bot.checks.graph.risk_shapes import sign
from bot.checks.graph.step_words import counted
from bot.content.schema import Risk
from bot.dialogue.places import EMERGENCY

_LINE: Final = 14.0


@dataclass(frozen=True, slots=True)
class FlowCards:
    """Draws flows. ``linked`` says which ones have a place in the same document."""

    first: str
    linked: Collection[str]

    def card(self, flow: DrawnFlow) -> Card:
        """The card of one flow; its ports are its links in order."""
        writer = CardWriter(flow.risk)
        writer.risk_and_flags(["Start"] if flow.id == self.first else [])
        writer.heading(flow.title)
        writer.text(f"For: {', '.join(flow.audience)}" if flow.audience else "For everyone", BODY, 3)
        writer.text(_size(flow), NOTE, space=3.0)
        if flow.id == EMERGENCY:
            writer.text("Get help now on every screen leads here.", BODY)
        if flow.marks:
            writer.text(f"✕ {counted(flow.marks, 'finding')} on its steps", BODY)
        if flow.links:
            writer.text("Leads to", NOTE)
            writer.y += 5.0
        for link in flow.links:
            self._link(writer, link)
        return writer.finished(flow.id)

    def _link(self, writer: CardWriter, link: FlowLink) -> None:
        top = writer.y
        lines = WHERE.wrap(link.title, ROOM - 58.0, 2)
        height = 7.0 + _LINE * len(lines)
        inside = joined(
            (
                element("rect", x=PADDING, y=top, width=ROOM, height=height, rx=6.0, class_="button elsewhere"),
                sign(link.risk, PADDING + 7.0, top + height / 2 - 6.0, 12.0),
                *(
                    text_line(line, PADDING + 25.0, top + 14.6 + _LINE * index, WHERE)
                    for index, line in enumerate(lines)
                ),
                text_line(f"×{link.buttons}", PADDING + ROOM - 8.0, top + height / 2 + 4.0, WHERE, end=True),
            )
        )
        name = f"{link.title}, {counted(link.buttons, 'button')}"
        if link.target in self.linked:
            inside = element("a", inside, href=f"#{link.target}", aria_label=name, class_="to")
        writer.add(inside)
        writer.ports.append(top + height / 2)
        writer.y = top + height + 4.0


def _size(flow: DrawnFlow) -> str:
    services = {service for step in flow.steps for service in step.services}
    grave = sum(step.risk is Risk.IMMEDIATE for step in flow.steps)
    parts = [counted(len(flow.steps), "step"), counted(len(services), "service")]
    if grave and flow.risk is not Risk.IMMEDIATE:
        parts.append(f"{grave} of immediate danger")
    return ", ".join(parts)
