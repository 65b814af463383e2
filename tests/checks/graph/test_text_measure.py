"""Breaking words into lines that fit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.checks.graph.text_measure import shortened, width, wrap


@given(st.text(), st.floats(40, 400))
def test_every_line_fits_and_no_letter_is_lost(text: str, room: float) -> None:
    lines = wrap(text, 13.0, room)
    assert all(width(line, 13.0) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_what_is_too_much_ends_in_an_ellipsis() -> None:
    lines = wrap("one two three four five six seven eight", 13.0, 80.0, 2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert width(lines[-1], 13.0) <= 80.0


def test_what_fits_stays_as_it_is() -> None:
    assert shortened("short", 13.0, 200.0) == "short"
    assert wrap("short", 13.0, 200.0, 1) == ("short",)
