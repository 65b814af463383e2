"""Phrases that count only together are found exactly where a reader would find them who tries every combination."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.finding import Place, Row, Wording
from bot.understanding.together import WITHIN, Meetings, Together

SIGNS = ("knife", "he", "stairs", "scared", "not")
FILLING = "and"
WORDS = st.lists(st.sampled_from([*SIGNS, FILLING, FILLING]), max_size=12)
PHRASES = st.lists(
    st.lists(st.lists(st.sampled_from(SIGNS), min_size=1, max_size=2), min_size=1, max_size=3), min_size=2, max_size=4
)
"""For each phrase its rows, of one word or two."""

Phrase = Sequence[Sequence[str]]


def met_by(joined: Sequence[Sequence[int]], phrases: Sequence[Phrase], words: list[str]) -> Meetings:
    rows: list[list[Row]] = [[tuple(Place(frozenset({word})) for word in row) for row in one] for one in phrases]
    together = Together(rows, joined, [0] * len(joined))
    return together.look(Wording(row for one in rows for row in one).written(words))


def ends(phrase: Phrase, words: Sequence[str]) -> set[int]:
    return {
        end
        for row in phrase
        for end in range(len(row) - 1, len(words))
        if [*row] == [*words[end - len(row) + 1 : end + 1]]
    }


def combinations(rule: Sequence[int], phrases: Sequence[Phrase], words: list[str]) -> Iterator[set[int]]:
    """Every way to take an end of each phrase such that no two are the same."""
    for chosen in product(*(ends(phrases[number], words) for number in rule)):
        if len({*chosen}) == len(chosen):
            yield {*chosen}


@settings(max_examples=200, deadline=None)
@given(PHRASES, WORDS)
def test_a_rule_is_met_wherever_its_phrases_end_on_words_of_their_own(
    phrases: list[list[list[str]]], words: list[str]
) -> None:
    joined = [(0, 1), tuple(range(len(phrases)))]
    meetings = met_by(joined, phrases, words)
    asked = {rule.number: rule for rule in meetings.rules}
    for number, numbers in enumerate(joined):
        expected = list(combinations(numbers, phrases, words))
        found = [{stands.end for stands in way} for way in meetings.ways(asked[number])] if number in asked else []
        assert all(way in expected for way in found)
        if len(numbers) == 2:
            assert bool(found) == bool(expected)


@given(st.integers(0, WITHIN + 5))
def test_phrases_further_apart_than_is_near_do_not_meet(apart: int) -> None:
    phrases = [[["knife"]], [["stairs"]]]
    meetings = met_by([(0, 1)], phrases, ["knife", *[FILLING] * apart, "stairs"])
    (rule,) = meetings.rules
    assert bool(list(meetings.ways(rule))) == (apart < WITHIN)


@given(st.permutations([0, 1, 2]))
def test_rules_come_in_the_order_of_their_ranks(ranks: list[int]) -> None:
    rows: list[list[Row]] = [[(Place(frozenset({sign})),)] for sign in SIGNS[:4]]
    together = Together(rows, [(0, 1), (1, 2), (2, 3)], ranks)
    written = Wording(row for one in rows for row in one).written(SIGNS[:4])
    assert [ranks[rule.number] for rule in together.look(written).rules] == [0, 1, 2]


def test_a_rule_of_which_one_phrase_is_not_written_is_not_looked_at() -> None:
    meetings = met_by([(0, 1)], [[["knife"]], [["not", "scared"]]], ["knife", "scared"])
    assert list(meetings.rules) == []
