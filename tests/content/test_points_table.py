"""The table of points adds up the signs of a message in all its columns at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.content.points_table import MOST_POINTS, PointsTable, TableMaker

WIDTH = 5
POINTS = st.integers(-MOST_POINTS, MOST_POINTS)
ROWS = st.dictionaries(st.text(max_size=6), st.lists(POINTS, min_size=WIDTH, max_size=WIDTH), min_size=1, max_size=30)


def table(rows: dict[str, list[int]], unit: int = 1) -> PointsTable:
    maker = TableMaker(WIDTH, unit)
    for column in range(WIDTH):
        for sign, points in rows.items():
            maker.add(column, points[column], [sign])
    return maker.made()


@given(rows=ROWS)
def test_the_sums_are_those_of_each_column_by_itself(rows: dict[str, list[int]]) -> None:
    assert table(rows).sums(rows) == [sum(points[column] for points in rows.values()) for column in range(WIDTH)]


@given(rows=ROWS)
def test_one_sign_has_the_points_it_was_given(rows: dict[str, list[int]]) -> None:
    made = table(rows)
    for sign, points in rows.items():
        assert [made.points(sign, column) for column in range(WIDTH)] == points


def test_over_a_thousand_signs_with_the_most_points_are_added_up_right() -> None:
    made = table({str(number): [MOST_POINTS, -MOST_POINTS, 0, 1, -1] for number in range(1200)})
    assert made.sums(made.rows) == [1200 * MOST_POINTS, -1200 * MOST_POINTS, 0, 1200, -1200]


@given(rows=ROWS, unit=st.sampled_from([2, 10, 250]))
def test_points_that_are_all_multiples_of_one_unit_are_kept_in_it(rows: dict[str, list[int]], unit: int) -> None:
    rows = {sign: [one // unit * unit for one in points] for sign, points in rows.items()}
    made = table(rows, unit)
    assert made.sums(rows) == table(rows).sums(rows)
    assert made.at_once >= table(rows).at_once


def test_of_a_sign_that_comes_twice_in_a_column_the_last_points_count() -> None:
    maker = TableMaker(WIDTH, 1)
    maker.add(1, 30, ["gift"])
    maker.add(1, -40, ["a", "gift"])
    assert maker.made().sums(["gift"]) == [0, -40, 0, 0, 0]


def test_signs_with_the_same_points_share_them() -> None:
    made = table({"gift": [70, 0, -300, 0, 0], "gifts": [70, 0, -300, 0, 0]})
    assert made.rows["gift"] is made.rows["gifts"]


def test_no_signs_have_no_points() -> None:
    assert PointsTable(WIDTH).sums(()) == [0] * WIDTH
