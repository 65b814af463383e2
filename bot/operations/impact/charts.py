"""Bars as inline SVG. Each has its words beside it, so that no colour and no mouse is needed to read it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from html import escape
from typing import Final, NamedTuple

_ROW: Final = 46
_BAR: Final = 16
_BASE: Final = 14
_WIDEST: Final = 80
"""How much of the page the longest bar takes, in hundredths: a figure has to stand behind it on a phone too."""

_LONGEST: Final = 42
"""Letters of a label; as many stand beside each other on the narrowest phone."""


class Bar(NamedTuple):
    """One bar: what it stands for, and how much; None is hidden."""

    label: str
    figure: int | None


def bars(title: str, described: str, shown: Sequence[Bar]) -> str:
    """One row for each bar, with its label above and its figure behind it. Bars are as wide as the page allows, letters
    as large on a phone as anywhere."""
    most = max((bar.figure or 0 for bar in shown), default=0) or 1
    rows = "".join(_row(bar, number, most) for number, bar in enumerate(shown))
    return (
        f'<svg height="{_ROW * len(shown)}" role="img" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{escape(title)}</title><desc>{escape(described)}</desc>{rows}</svg>"
    )


def _row(bar: Bar, number: int, most: int) -> str:
    top = number * _ROW
    label = f'<text x="0" y="{top + _BASE}">{escape(_short(bar.label))}</text>'
    under, base = top + _BASE + 6, top + _BASE + 19
    if bar.figure is None:
        return (
            f'{label}<rect class="none" x="1" y="{under}" width="60" height="{_BAR}"/>'
            f'<text class="soft" x="70" y="{base}">hidden</text>'
        )
    width = max(0.5, round(_WIDEST * bar.figure / most, 1))
    return (
        f'{label}<rect class="bar" x="0" y="{under}" width="{width}%" height="{_BAR}"/>'
        f'<text x="{width}%" dx="8" y="{base}">{bar.figure:,}</text>'
    )


def _short(label: str) -> str:
    """Cut between words; the whole stands in the table below."""
    within = textwrap.shorten(label, _LONGEST, placeholder="…")
    return within if within != "…" else f"{label[: _LONGEST - 1]}…"
