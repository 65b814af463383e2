"""One step as a card: its words, its buttons with where they lead, and the services that it may show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.checks.graph.card import (
    ASK,
    BODY,
    FINDING,
    LABEL,
    NOTE,
    PADDING,
    ROOM,
    SERVICE,
    WHERE,
    Card,
    CardWriter,
    text_line,
)
from bot.checks.graph.markup import Markup, element, joined
from bot.checks.graph.model import DrawnChoice, DrawnService, DrawnStep, Mark
from bot.checks.graph.risk_shapes import sign
from bot.checks.graph.step_words import notes, signpost_words, small_print
from bot.content.model import StepId

_LINES_OF_WORDS: Final = 4
_INSIDE: Final = ROOM - 20.0
_PILL: Final = 19.0


@dataclass(frozen=True, slots=True)
class StepCards:
    """Draws steps. ``links`` says for which steps there is a place to go to in the same document."""

    services: Mapping[str, DrawnService]
    links: frozenset[StepId]

    def card(self, step: DrawnStep) -> Card:
        """The card of one step; its ports are its buttons in order."""
        writer = CardWriter(step.risk)
        writer.risk_and_flags([*(["Start"] if step.start else []), *(["End"] if step.end else [])])
        writer.heading(step.title)
        for note in notes(step):
            writer.text(note, NOTE, 2, space=2.0)
        for mark in step.marks:
            _finding(writer, mark)
        writer.text(step.plain, BODY, _LINES_OF_WORDS)
        writer.text(step.ask, ASK, 3)
        writer.y += 8.0
        for choice in step.choices:
            self._choice(writer, choice)
        self._services(writer, step)
        return writer.finished(str(step.id))

    def _choice(self, writer: CardWriter, choice: DrawnChoice) -> None:
        labels = LABEL.wrap(choice.label, _INSIDE)
        where = WHERE.wrap(f"{'⇢' if choice.elsewhere else '→'} {choice.destination}", _INSIDE - 18.0, 2)
        more = WHERE.wrap(small_print(choice), _INSIDE, 3)
        height = 9.0 + 16.0 * len(labels) + 15.0 * (len(where) + len(more)) + 4.0
        top = writer.y
        parts = [
            element(
                "rect",
                x=PADDING,
                y=top,
                width=ROOM,
                height=height,
                rx=8.0,
                class_="button elsewhere" if choice.elsewhere else "button",
            )
        ]
        y = top + 18.0
        for line in labels:
            parts.append(text_line(line, PADDING + 10.0, y, LABEL))
            y += 16.0
        parts.append(sign(choice.risk, PADDING + 10.0, y - 11.0, 12.0))
        y -= 15.0
        for line in where:
            y += 15.0
            parts.append(text_line(line, PADDING + 27.0, y - 1.0, WHERE))
        for line in more:
            y += 15.0
            parts.append(text_line(line, PADDING + 10.0, y - 1.0, WHERE))
        writer.add(self._linked(joined(parts), choice))
        writer.ports.append(top + height / 2)
        writer.y = top + height + 6.0

    def _linked(self, inside: Markup, choice: DrawnChoice) -> Markup:
        if choice.target not in self.links:
            return element("g", inside)
        name = f"{choice.label}: to {choice.destination}"
        return element("a", inside, href=f"#{choice.target}", aria_label=name, class_="to")

    def _services(self, writer: CardWriter, step: DrawnStep) -> None:
        if not step.services:
            return
        writer.text(signpost_words(step), NOTE, space=4.0)
        writer.y += 5.0
        x = PADDING
        for id_ in step.services:
            name = SERVICE.shortened(self.services[id_].name, ROOM - 34.0)
            wide = SERVICE.width(name) + 32.0
            if x > PADDING and x + wide > PADDING + ROOM:
                x = PADDING
                writer.y += _PILL + 4.0
            writer.add(_pill(name, x, writer.y, wide))
            x += wide + 5.0
        writer.y += _PILL


def _pill(name: str, x: float, y: float, wide: float) -> Markup:
    return joined(
        (
            element("rect", x=x, y=y, width=wide, height=_PILL, rx=_PILL / 2, class_="pill"),
            element("path", d=f"M{x + 8:.1f} {y + _PILL / 2:.1f}h8m-4 -4v8", class_="plus"),
            text_line(name, x + 22.0, y + 13.6, SERVICE),
        )
    )


def _finding(writer: CardWriter, mark: Mark) -> None:
    """A strip with a sign of its own shape: a cross for an error, a bar for anything less."""
    lines = FINDING.wrap(f"{mark.severity.capitalize()} {mark.code}: {mark.message}", ROOM - 34.0, 4)
    height = 10.0 + 16.0 * len(lines)
    writer.y += 6.0
    kind = "error" if mark.severity == "error" else "warning"
    writer.add(element("rect", x=PADDING, y=writer.y, width=ROOM, height=height, rx=3.0, class_=f"finding-{kind}"))
    x, y = PADDING + 9.0, writer.y + 7.0
    shape = f"M{x} {y}l10 10m0 -10l-10 10" if kind == "error" else f"M{x + 5} {y}v6m0 3v2"
    writer.add(element("path", d=shape, class_="finding-sign"))
    for index, line in enumerate(lines):
        writer.add(text_line(line, PADDING + 28.0, writer.y + 17.0 + 16.0 * index, FINDING))
    writer.y += height + 2.0
