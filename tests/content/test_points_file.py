"""Files of points are read in a quick way of their own, which must never say anything else than YAML does."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.content.errors import ContentError
from bot.content.points_file import points_of
from bot.content.yaml_document import parse_text

TABLES = sorted((Path(__file__).parents[2] / "flows" / "phrases").glob("*_points_*.yaml"))
SHOWN = Path("points.yaml")
SMALL = """\
# What words speak for.
language: en
intents: {}
points:
  sextortion:
    120: >-
      blackmail*| my nudes| ~nude|
      send them
    -30: >-
      # homework
  nothing:
    40: >-
      weather
"""


@pytest.mark.parametrize(
    "table", [path for path in TABLES if path.stat().st_size < 200_000], ids=lambda path: path.stem
)
def test_every_generated_table_is_read_as_yaml_reads_it(table: Path) -> None:
    text = table.read_text()
    assert points_of(text) == parse_text(text, SHOWN, placed=False).value


def test_every_table_that_is_shipped_has_the_form_that_is_quick_to_read() -> None:
    assert [path.name for path in TABLES if points_of(path.read_text()) is None] == []


def test_a_small_table_is_read() -> None:
    assert points_of(SMALL) == parse_text(SMALL, SHOWN, placed=False).value


PIECES = st.sampled_from(
    (
        *("\n", "\n\n", " ", "  ", "\t", ":", "#", ">-", ">", "|", "- ", '"', "'", "&a ", "*a", "!x ", "~", "-30: >-"),
        *("120: >-", "  nothing:\n", "    40: >-\n", "      x\n", "0", "+1", "---\n", "...\n", "{}", "true", "\r"),
        *("\u00a0", "\u0085", "\u00e9"),
    )
)


@settings(max_examples=400)
@given(at=st.integers(0, len(SMALL)), cut=st.integers(0, 12), piece=st.one_of(PIECES, st.text(max_size=4)))
@example(at=SMALL.index("send"), cut=0, piece="  ")
@example(at=SMALL.index("send") + 9, cut=0, piece=" ")
@example(at=SMALL.index("    -30"), cut=0, piece="\n")
@example(at=SMALL.index("-30"), cut=3, piece="120")
@example(at=SMALL.index("nothing"), cut=7, piece="sextortion")
def test_whatever_is_changed_in_a_table_is_read_as_yaml_reads_it_or_left_to_it(at: int, cut: int, piece: str) -> None:
    changed = SMALL[:at] + piece + SMALL[at + cut :]
    found = points_of(changed)
    if found is None:
        return
    try:
        assert found == parse_text(changed, SHOWN, placed=False).value
    except ContentError as error:
        pytest.fail(f"YAML refuses it: {error}")
