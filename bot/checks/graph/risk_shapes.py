"""Risk to be seen without colour: a word, a sign, and the outline of the box, more angular the more is at stake."""

from __future__ import annotations

from typing import Final

from bot.checks.graph.markup import Markup, element, joined
from bot.content.schema import Risk

RISK_WORDS: Final = {
    Risk.NONE: "No risk",
    Risk.CONCERN: "Concern",
    Risk.HIGH: "High risk",
    Risk.IMMEDIATE: "Immediate danger",
}

_SIGNS: Final = {
    Risk.NONE: "M8 1.5A6.5 6.5 0 1 1 8 14.5A6.5 6.5 0 1 1 8 1.5Z",
    Risk.CONCERN: "M8 0.5L15.5 8L8 15.5L0.5 8Z",
    Risk.HIGH: "M8 0.5L15.7 15H0.3Z",
    Risk.IMMEDIATE: "M5 0.5H11L15.5 5V11L11 15.5H5L0.5 11V5Z",
}
"""Circle, diamond, triangle, octagon, in a square of 16."""

_EXCLAIMED: Final = {
    Risk.HIGH: "M7.2 5.4H8.8L8.4 10.4H7.6ZM7.2 11.6H8.8V13.2H7.2Z",
    Risk.IMMEDIATE: "M7 3.4H9L8.6 9.4H7.4ZM7 10.8H9V12.6H7Z",
}

_CUT: Final = 16.0


def sign(risk: Risk, x: float, y: float, size: float = 16.0) -> Markup:
    """The sign of a risk with its top left corner at ``x``, ``y``."""
    parts = [element("path", d=_SIGNS[risk], class_=f"sign sign-{risk}")]
    if risk in _EXCLAIMED:
        parts.append(element("path", d=_EXCLAIMED[risk], class_="sign-mark"))
    return element("g", joined(parts), transform=f"translate({x:.1f} {y:.1f}) scale({size / 16:.3f})")


def outline(risk: Risk, width: float, height: float) -> str:
    """A box's outline as a path: round, square, two corners cut, or all four."""
    if risk is Risk.NONE:
        r = 14.0
        return (
            f"M{r} 0H{width - r}A{r} {r} 0 0 1 {width} {r}V{height - r}A{r} {r} 0 0 1 {width - r} {height}"
            f"H{r}A{r} {r} 0 0 1 0 {height - r}V{r}A{r} {r} 0 0 1 {r} 0Z"
        )
    if risk is Risk.CONCERN:
        return f"M0 0H{width}V{height}H0Z"
    cut = min(_CUT, height / 4)
    top = f"M0 {cut}L{cut} 0H{width - cut}L{width} {cut}"
    if risk is Risk.HIGH:
        return f"{top}V{height}H0Z"
    return f"{top}V{height - cut}L{width - cut} {height}H{cut}L0 {height - cut}Z"
