"""The table of points says what a dictionary would, in less memory."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.errors import ContentError
from bot.content.load import load
from bot.content.point_table import MOST_POINTS, PointTable

ENTRIES = st.lists(
    st.tuples(st.text(max_size=8), st.integers(0, 65_535), st.integers(-MOST_POINTS, MOST_POINTS)), max_size=60
)


@given(ENTRIES, st.text(max_size=8))
def test_it_says_of_every_word_what_a_dictionary_says(entries: list[tuple[str, int, int]], another: str) -> None:
    table = PointTable(entries)
    wanted: dict[str, tuple[tuple[int, int], ...]] = {}
    for word, column, points in entries:
        wanted[word] = (*wanted.get(word, ()), (column, points))
    assert dict(table) == wanted
    assert len(table) == len(wanted)
    assert (another in table) is (another in wanted)
    assert table.get(another) == wanted.get(another)


def test_it_takes_a_fifth_of_the_memory_of_a_dictionary() -> None:
    def entries() -> list[tuple[str, int, int]]:
        return [(f"word {number}", column, 300 + number % 97) for number in range(2_000) for column in range(9)]

    taken = []
    for make in (PointTable, _dictionary):
        given_ = entries()
        tracemalloc.start()
        made = make(given_)
        taken.append(tracemalloc.get_traced_memory()[0])
        tracemalloc.stop()
        assert len(made) == 2_000
    assert taken[0] < taken[1] / 5


def _dictionary(entries: list[tuple[str, int, int]]) -> dict[str, tuple[tuple[int, int], ...]]:
    table: dict[str, tuple[tuple[int, int], ...]] = {}
    for word, column, points in entries:
        table[word] = (*table.get(word, ()), (column, points + 0))
    return table


@pytest.mark.parametrize(
    "entry", ["nudes", "nudes 1.5", "120", f"nudes {MOST_POINTS + 1}", f"nudes -{MOST_POINTS + 1}"]
)
def test_what_is_no_number_of_points_is_refused_at_its_place(tmp_path: Path, entry: str) -> None:
    file = tmp_path / "flows" / "phrases" / "en_own.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(f'language: en\nintents: {{}}\npoints:\n  nothing: "hello 20|{entry}"\n', encoding="utf-8")
    with pytest.raises(ContentError) as found:
        load(["base", str(tmp_path)], translated=False)
    assert [(one.place.line, one.message) for one in found.value.problems] == [(4, f"`{entry}` has no points")]
