"""Boxes in columns with lines between them."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.checks.graph.layers import Arrow, Lane, layered, longest_paths
from bot.checks.graph.layout import Box, lay_out


def boxes(keys: str) -> list[Box]:
    return [Box(key, 100.0, 60.0, 20.0) for key in keys]


def arrows(*pairs: str) -> list[Arrow]:
    return [Arrow(pair[0], 30.0, pair[1]) for pair in pairs]


def test_each_box_stands_right_of_all_that_leads_on_to_it() -> None:
    assert longest_paths("abcd", arrows("ab", "bc", "ac", "cd", "ad")) == {"a": 0, "b": 1, "c": 2, "d": 3}


def test_an_arrow_to_an_earlier_box_moves_nothing() -> None:
    assert longest_paths("abc", arrows("ab", "bc", "ca")) == {"a": 0, "b": 1, "c": 2}


def test_a_box_that_nothing_leads_on_to_stands_right_before_its_first_target() -> None:
    assert longest_paths("abxc", arrows("ab", "bc", "xc"))["x"] == 1


def test_long_arrows_to_one_target_share_their_lane() -> None:
    layers = layered("abcd", arrows("ab", "bc", "cd", "ad", "bd"), dict.fromkeys("abcd", 20.0))
    assert sorted(cell for cell in layers.column_of if isinstance(cell, Lane)) == [
        Lane("d", 1, back=False),
        Lane("d", 2, back=False),
    ]
    shared = [wire for wire in layers.wires if wire.left == Lane("d", 2, back=False)]
    assert [wire.sources for wire in shared] == [frozenset("ab")]


def test_what_leads_back_is_drawn_as_such() -> None:
    layout = lay_out(boxes("abc"), arrows("ab", "bc", "ca"))
    assert {(line.sources, line.target) for line in layout.lines if line.back} == {(("c",), "a")}
    assert [tip.back for tip in layout.tips if tip.target == "a"] == [True]


def test_the_same_content_gives_the_same_picture() -> None:
    pairs = arrows("ab", "ac", "bd", "cd", "da", "bc")
    assert lay_out(boxes("abcd"), pairs) == lay_out(boxes("abcd"), pairs)


def test_nothing_gives_an_empty_picture() -> None:
    assert lay_out([], []).corners == {}


graphs = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=30)


@settings(max_examples=150, deadline=None)
@given(graphs, st.lists(st.floats(20, 400), min_size=8, max_size=8))
def test_no_two_boxes_touch_and_every_arrow_has_its_line(pairs: list[tuple[str, str]], heights: list[float]) -> None:
    given_boxes = [Box(key, 100.0, height, 10.0) for key, height in zip("abcdefgh", heights, strict=True)]
    layout = lay_out(given_boxes, [Arrow(source, 15.0, target) for source, target in pairs])
    for one, other in combinations(given_boxes, 2):
        (x1, y1), (x2, y2) = layout.corners[one.key], layout.corners[other.key]
        assert x1 != x2 or y1 + one.height < y2 or y2 + other.height < y1
    for box in given_boxes:
        x, y = layout.corners[box.key]
        assert 0 <= x <= layout.width - box.width
        assert y >= 0
        assert y + box.height <= layout.height + 1
    drawn = {(source, line.target) for line in layout.lines for source in line.sources}
    assert drawn == set(pairs)
    assert {(dot.source, dot.target) for dot in layout.dots} == set(pairs)
