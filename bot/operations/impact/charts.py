"""Bars as inline SVG. Each has its words beside it, so that no colour and no mouse is needed to read it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final, NamedTuple

_WIDTH: Final = 720
_LABEL: Final = 290
_ROW: Final = 30
_BAR: Final = 20
_FIGURE: Final = 70
_LONGEST: Final = 34


class Bar(NamedTuple):
    """One bar: what it stands for, and how much; None is hidden."""

    label: str
    figure: int | None


def bars(title: str, described: str, shown: Sequence[Bar]) -> str:
    """One row for each bar, with its label before and its figure behind it."""
    most = max((bar.figure or 0 for bar in shown), default=0) or 1
    height = _ROW * len(shown) + 4
    rows = "".join(_row(bar, number, most) for number, bar in enumerate(shown))
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{escape(title)}</title><desc>{escape(described)}</desc>{rows}</svg>"
    )


def _row(bar: Bar, number: int, most: int) -> str:
    top = number * _ROW + (_ROW - _BAR) // 2
    base = top + 15
    label = f'<text x="{_LABEL - 10}" y="{base}" text-anchor="end">{escape(_short(bar.label))}</text>'
    room = _WIDTH - _LABEL - _FIGURE
    if bar.figure is None:
        return (
            f'{label}<rect class="none" x="{_LABEL}" y="{top}" width="60" height="{_BAR}"/>'
            f'<text class="soft" x="{_LABEL + 68}" y="{base}">hidden</text>'
        )
    width = max(2, round(room * bar.figure / most))
    return (
        f'{label}<rect class="bar" x="{_LABEL}" y="{top}" width="{width}" height="{_BAR}"/>'
        f'<text x="{_LABEL + width + 8}" y="{base}">{bar.figure:,}</text>'
    )


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1].rstrip()}…"
