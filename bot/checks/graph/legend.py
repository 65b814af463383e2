"""What the signs in a picture mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.checks.graph.card import BODY, text_line
from bot.checks.graph.markup import Markup, element, joined
from bot.checks.graph.model import Picture
from bot.checks.graph.risk_shapes import RISK_WORDS, outline, sign

LEGEND_WIDTH: Final = 1320.0
LEGEND_HEIGHT: Final = 164.0
SIGN_WIDTH: Final = 56.0
SIGN_HEIGHT: Final = 36.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A sign, drawn in `SIGN_WIDTH` by `SIGN_HEIGHT`, and what it means."""

    sign: Markup
    words: str


def risks() -> Iterator[Entry]:
    """The outlines and signs of the risks."""
    for risk, words in RISK_WORDS.items():
        shape = element("path", d=outline(risk, SIGN_WIDTH - 4, SIGN_HEIGHT - 4), class_="card")
        inside = joined((shape, sign(risk, 18.0, 9.0)))
        yield Entry(element("g", inside, class_=f"risk-{risk}", transform="translate(2 2)"), words)


def parts() -> Iterator[Entry]:
    """Lines, buttons and services."""
    yield Entry(element("path", d="M2 18H54", class_="line colour-0"), "leads on to")
    yield Entry(element("path", d="M2 18H54", class_="line back colour-1"), "leads back to")
    yield Entry(_box("button"), "button")
    yield Entry(_box("button elsewhere"), "button to another flow")
    plus = element("path", d="M22 18h12m-6 -6v12", class_="plus")
    yield Entry(joined((_box("pill", 12.0), plus)), "service that may be shown")


def always(picture: Picture) -> Iterator[str]:
    """What holds for every screen and is not drawn on each."""
    yield (
        "Every screen also has the buttons Get help now (to the emergency numbers), Back, Start again and Leave. "
        "They are not drawn."
    )
    if picture.whole:
        yield "In the picture of all flows, those that many others lead to have a line from the menu only."
    listeners = [service.name for service in picture.services.values() if service.listens and service.active]
    if listeners:
        yield f"Where none of a step's services answers at that hour, it also shows one of: {', '.join(listeners)}."


def legend(picture: Picture) -> Markup:
    """Risks in one row, the rest in another, sentences below, for a picture that stands alone."""
    lines = [line for words in always(picture) for line in BODY.wrap(words, LEGEND_WIDTH)]
    written = (text_line(line, 0.0, 106.0 + 18.0 * index, BODY) for index, line in enumerate(lines))
    return joined((_row(risks(), 0.0), _row(parts(), 44.0), *written))


def _row(entries: Iterator[Entry], y: float) -> Markup:
    drawn: list[Markup] = []
    x = 0.0
    for entry in entries:
        words = text_line(entry.words, SIGN_WIDTH + 8.0, SIGN_HEIGHT / 2 + 4.5, BODY)
        drawn.append(element("g", entry.sign, words, transform=f"translate({x:.0f} {y:.0f})"))
        x += SIGN_WIDTH + BODY.width(entry.words) + 34.0
    return joined(drawn)


def _box(css_class: str, round_by: float = 6.0) -> Markup:
    return element("rect", x=2.0, y=6.0, width=SIGN_WIDTH - 4, height=24.0, rx=round_by, class_=css_class)
