"""The table of points adds up the signs of a message in all its columns at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.content.points_table import MOST_POINTS, PointsTable, TableMaker

WIDTH = 5
POINTS = st.integers(-MOST_POINTS, MOST_POINTS)
SIGNS = st.text("ab é*~_ы", min_size=1, max_size=6).map(str.strip).filter(bool)
ROWS = st.dictionaries(SIGNS, st.lists(POINTS, min_size=WIDTH, max_size=WIDTH).filter(any), min_size=1, max_size=30)


def table(rows: dict[str, list[int]]) -> PointsTable:
    maker = TableMaker()
    columns = []
    for column in range(WIDTH):
        written: dict[int, list[str]] = {}
        for sign, points in rows.items():
            written.setdefault(points[column], []).append(sign)
        columns.append(maker.column({points: "| ".join(signs) for points, signs in written.items()}))
    return maker.table(columns)


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


def test_points_are_kept_in_units_of_what_all_of_them_are_multiples_of() -> None:
    made = table({"gift": [70, 0, -300, 0, 0], "cam": [0, 30, 0, 0, 10]})
    assert made.unit == 10
    assert made.at_once > 1000
    assert made.sums(["gift", "cam"]) == [70, 30, -300, 0, 10]


def test_of_a_sign_that_stands_twice_in_a_column_the_last_points_count() -> None:
    maker = TableMaker()
    column = maker.column({30: "gift", -40: "a| gift"})
    assert maker.table([column]).sums(["gift"]) == [-40]


def test_a_column_that_is_replaced_leaves_nothing_behind() -> None:
    maker = TableMaker()
    maker.column({30: "gift| cam"})
    made = maker.table([maker.column({20: "cam"}), maker.column({50: "new"})])
    assert {sign: made.sums([sign]) for sign in made.rows} == {"cam": [20, 0], "new": [0, 50]}


def test_signs_with_the_same_points_share_them() -> None:
    made = table({"gift": [70, 0, -300, 0, 0], "gifts": [70, 0, -300, 0, 0]})
    assert made.rows["gift"] is made.rows["gifts"]


def test_no_signs_have_no_points() -> None:
    assert PointsTable(WIDTH).sums(()) == [0] * WIDTH
