"""Rows are found exactly where a reader would find them who tries every way of reading each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.finding import Place, Row, Wording, compiled
from bot.understanding.sightings import SHORT, Find, Sightings, spread

GAP = Place(frozenset(), optional=True)
WORDS = st.sampled_from(["he", "her", "hit", "hits", "me", "my", "mum"])
PLACES = st.builds(
    Place,
    st.frozensets(WORDS, min_size=1, max_size=3),
    st.sampled_from([frozenset[str](), frozenset({"he"}), frozenset({"hit", "mu"})]),
    st.booleans(),
)
NEEDED = st.builds(Place, st.frozensets(WORDS, min_size=1, max_size=3))
ROWS = st.builds(
    lambda before, first, between, last, after: (*before, first, *between, last, *after),
    st.lists(PLACES, max_size=1),
    NEEDED,
    st.lists(PLACES | st.just(GAP), max_size=3),
    NEEDED,
    st.lists(PLACES.map(lambda place: Place(place.words, place.prefixes, optional=True)), max_size=2),
) | NEEDED.map(lambda place: (place,))


def sightings(rows: Sequence[Row], words: Sequence[str]) -> Sightings:
    return Sightings(compiled(rows), Wording(rows).written(words))


def fits(place: Place, word: str) -> bool:
    return place.is_any or word in place.words or any(word.startswith(prefix) for prefix in place.prefixes)


def readings(row: Sequence[Place], words: Sequence[str], at: int) -> Iterator[tuple[tuple[int, ...], int]]:
    """Every way of reading ``row`` from position ``at`` on: where its words stand, and where it has got to."""
    if not row:
        yield (), at
        return
    first, *rest = row
    if first.optional:
        yield from readings(rest, words, at)
    if at < len(words) and fits(first, words[at]):
        for taken, end in readings(rest, words, at + 1):
            yield (taken if first.is_any else (at, *taken)), end


def every_reading(row: Row, words: Sequence[str]) -> dict[int, set[tuple[int, ...]]]:
    """Position of the last word → the ways in which ``row`` ends there."""
    found: dict[int, set[tuple[int, ...]]] = {}
    for start in range(len(words)):
        for taken, end in readings(row, words, start):
            found.setdefault(end - 1, set()).add(taken)
    return found


@settings(max_examples=300, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=4), st.lists(WORDS | st.just("and"), max_size=9))
def test_every_row_is_found_at_every_end_and_with_as_many_words_as_can_be(rows: list[Row], words: list[str]) -> None:
    seen = sightings(rows, words)
    expected = {
        Find(end, number): ways for number, row in enumerate(rows) for end, ways in every_reading(row, words).items()
    }
    assert seen.finds(seen.likely) == sorted(expected)
    for find, ways in expected.items():
        assert seen.where(find) in ways
        assert len(seen.where(find)) == max(map(len, ways))


@settings(max_examples=50, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=3), st.lists(WORDS, min_size=SHORT + 1, max_size=SHORT + 20))
def test_of_a_long_text_the_first_and_the_last_place_of_each_row_are_among_the_few(
    rows: list[Row], words: list[str]
) -> None:
    seen = sightings(rows, words)
    found = seen.finds(range(len(rows)))
    for number, row in enumerate(rows):
        ends = sorted(every_reading(row, words))
        few = [find.end for find in found if find.row == number]
        assert set(few) <= set(ends)
        assert not ends or (few[0], few[-1]) == (ends[0], ends[-1])


@given(st.frozensets(st.integers(0, 90), max_size=8), st.integers(0, 30), st.integers(0, 30))
def test_positions_spread_as_far_as_they_are_told_to(at: frozenset[int], before: int, after: int) -> None:
    near = {one for middle in at for one in range(max(0, middle - before), middle + after + 1)}
    assert spread(sum(1 << one for one in at), before, after) == sum(1 << one for one in near)
