"""The table of points adds up the signs of a message in all its columns at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.content.points_table import MOST_POINTS, PointsTable

WIDTH = 5
POINTS = st.integers(-MOST_POINTS, MOST_POINTS)
SIGNS = st.text("abé~_* ", min_size=1, max_size=6).map(str.strip).filter(bool)
ROWS = st.dictionaries(SIGNS, st.lists(POINTS, min_size=WIDTH, max_size=WIDTH), min_size=1, max_size=30)


def table(rows: dict[str, list[int]]) -> PointsTable:
    """As its file writes it down: of each column the signs under their points."""
    written: list[dict[int, str]] = [{} for _ in range(WIDTH)]
    for sign, by_column in rows.items():
        for column, points in zip(written, by_column, strict=True):
            column[points] = f"{column[points]}| {sign}" if points in column else sign
    return PointsTable(WIDTH, [*written])


@given(rows=ROWS)
def test_the_sums_are_those_of_each_column_by_itself(rows: dict[str, list[int]]) -> None:
    assert table(rows).sums(rows) == [sum(points[column] for points in rows.values()) for column in range(WIDTH)]


@given(rows=ROWS)
def test_one_sign_has_the_points_it_was_given(rows: dict[str, list[int]]) -> None:
    made = table(rows)
    for sign, points in rows.items():
        assert [made.points(sign, column) for column in range(WIDTH)] == points


def test_a_thousand_signs_with_the_most_points_fit() -> None:
    made = table({str(number): [MOST_POINTS, -MOST_POINTS, 0, 1, -1] for number in range(1200)})
    assert made.sums(made.rows) == [1200 * MOST_POINTS, -1200 * MOST_POINTS, 0, 1200, -1200]


def test_no_signs_have_no_points() -> None:
    assert PointsTable(WIDTH).sums(()) == [0] * WIDTH


def test_what_is_written_is_let_go_of_once_it_is_summed_up() -> None:
    made = table({"help": [5, 0, 0, 0, 0]})
    assert made.written
    assert made.points("help", 0) == 5
    assert not made.written
