"""The table of points adds up the signs of a message in all its columns at once."""

from __future__ import annotations

import ast
import os
import pickle
import subprocess
import sys
from collections.abc import Iterable

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


def sums(made: PointsTable, signs: Iterable[str]) -> list[int]:
    found = made.find([*signs])
    return made.sums([*found.values()])


@given(rows=ROWS)
def test_the_sums_are_those_of_each_column_by_itself(rows: dict[str, list[int]]) -> None:
    assert sums(table(rows), rows) == [sum(points[column] for points in rows.values()) for column in range(WIDTH)]


@given(rows=ROWS)
def test_one_sign_has_the_points_it_was_given(rows: dict[str, list[int]]) -> None:
    made = table(rows)
    found = made.find([*rows])
    for sign, points in rows.items():
        assert [made.points([found[sign]], column) for column in range(WIDTH)] == [[one] for one in points]


@given(rows=ROWS, others=st.sets(SIGNS))
def test_what_has_no_points_is_not_found(rows: dict[str, list[int]], others: set[str]) -> None:
    assert table(rows).find(others | {*rows}).keys() == rows.keys()


def test_over_a_thousand_signs_with_the_most_points_are_added_up_right() -> None:
    signs = [str(number) for number in range(1200)]
    made = table({sign: [MOST_POINTS, -MOST_POINTS, 0, 1, -1] for sign in signs})
    assert sums(made, signs) == [1200 * MOST_POINTS, -1200 * MOST_POINTS, 0, 1200, -1200]


def test_points_are_kept_in_units_of_what_all_of_them_are_multiples_of_and_one_byte_each_where_that_is_enough() -> None:
    made = table({"gift": [70, 0, -300, 0, 0], "cam": [0, 30, 0, 0, 10]})
    assert (made.unit, made.size, len(made.cells)) == (10, 1, 2 * WIDTH)
    assert sums(made, ["gift", "cam"]) == [70, 30, -300, 0, 10]


def test_points_too_far_apart_for_one_byte_have_two() -> None:
    made = table({"gift": [127, 0, -128, 0, 0], "cam": [0, 1, 0, 0, 0]})
    assert made.size == 2
    assert sums(made, ["gift", "cam"]) == [127, 1, -128, 0, 0]


def test_of_a_sign_that_stands_twice_in_a_column_the_last_points_count() -> None:
    maker = TableMaker()
    column = maker.column({30: "gift", -40: "a| gift"})
    assert sums(maker.table([column]), ["gift"]) == [-40]


def test_a_column_that_is_replaced_leaves_nothing_behind() -> None:
    maker = TableMaker()
    maker.column({30: "gift| cam"})
    made = maker.table([maker.column({20: "cam"}), maker.column({50: "new"})])
    found = made.find(["gift", "cam", "new"])
    assert {sign: made.sums([row]) for sign, row in found.items()} == {"cam": [20, 0], "new": [0, 50]}


def test_more_signs_than_two_bytes_can_number_are_all_found() -> None:
    signs = [str(number) for number in range(66_000)]
    maker = TableMaker()
    found = maker.table([maker.column({10: "|".join(signs)})]).find(signs)
    assert [*found] == signs
    assert len({*found.values()}) == len(signs)


def test_a_table_kept_in_a_file_finds_the_same_in_another_process() -> None:
    kept = pickle.dumps(table({"gift": [70, 0, -300, 0, 0], "дар": [0, 30, 0, 0, 10]}))
    script = "import pickle, sys; print(pickle.load(sys.stdin.buffer).find(['cam', 'дар', 'gift']))"
    environment = os.environ | {"PYTHONHASHSEED": "7", "PYTHONUTF8": "1"}
    found = subprocess.run(
        [sys.executable, "-c", script], input=kept, env=environment, check=True, capture_output=True
    ).stdout
    assert ast.literal_eval(found.decode()) == {"gift": 0, "дар": 1}


def test_no_signs_have_no_points() -> None:
    assert PointsTable(WIDTH).sums(()) == [0] * WIDTH
    assert PointsTable().find({"gift"}) == {}
