"""No hidden figure follows from anything published: not from totals, not from other tables, not from other periods.

The attacker here is the strongest there can be. He knows the whole publication, how figures hang together, and exactly
how it is decided what is hidden; and he goes through all true figures there could be, and keeps those that would have
been published just like this. Whatever he cannot tell apart is safe, for there is nothing else to know.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.engine import Engine
from bot.operations.impact.counters_file import Cell
from bot.operations.impact.disclosure import BASE, SMALLEST, Cover, Name, Split, protect, rounded
from bot.operations.impact.report import Report, make_report
from bot.operations.impact.tables import ALL_TURNS, covers, figures, splits, tables
from bot.operations.impact.weeks import periods

ANYTHING = set(range(SMALLEST))

A: Name = ("a",)
B: Name = ("b",)
ALL: Name = ("all",)
X: Name = ("x",)
Y: Name = ("y",)
SHOWN: Name = ("shown",)
SPLIT = Split(ALL, (A, B))


def attack(possible: Iterable[Mapping[Name, int]], split: Sequence[Split], cover: Sequence[Cover]) -> None:
    """Fails if any publication says more of any small figure than that it is small or held back."""
    alike: defaultdict[tuple[int | None, ...], list[Mapping[Name, int]]] = defaultdict(list)
    for truth in possible:
        alike[tuple(protect(truth, split, cover).values())].append(truth)
    small = 0
    for look, truths in alike.items():
        for place, name in enumerate(truths[0]):
            could_be = {truth[name] for truth in truths}
            if look[place] is None and could_be & ANYTHING:
                small += 1
                assert could_be >= ANYTHING, f"published {look}: {name} is one of {sorted(could_be)}"
            if look[place] is not None:
                assert min(could_be) >= SMALLEST
    assert small > 10, "there was something to attack"


def test_a_small_part_of_a_total_can_be_anything_below_ten() -> None:
    attack(({A: a, B: b, ALL: a + b} for a, b in product(range(60), repeat=2) if a + b < 60), [SPLIT], [])


def test_small_figures_that_others_cover_can_be_anything_below_ten() -> None:
    """Messages about x and y each show a service, and others may show it too."""
    truths = ({X: x, Y: y, SHOWN: shown} for x, y in product(range(18), repeat=2) for shown in range(x + y, 53))
    attack(truths, [], [Cover(SHOWN, (X, Y))])


def test_tables_that_hang_together_through_one_total_give_nothing_away_together() -> None:
    """Turns by channel, and as many of them as there were messages about x and y at least."""
    truths = (
        {A: a, B: turns - a, ALL: turns, X: x, Y: y}
        for x, y in product(range(13), range(18))
        for turns in range(x + y, 53)
        for a in {0, 4, 9, 12, 30}
        if a <= turns
    )
    with_channels = list(truths)
    alike: defaultdict[tuple[int | None, ...], dict[Name, set[int]]] = defaultdict(lambda: defaultdict(set))
    for truth in with_channels:
        look = tuple(protect(truth, [SPLIT], [Cover(ALL, (X, Y))]).values())
        for name in (X, Y):
            alike[look][name].add(truth[name])
    for look, found in alike.items():
        for place, name in ((3, X), (4, Y)):
            if look[place] is None:
                assert found[name] >= ANYTHING, f"published {look}: {name} is one of {sorted(found[name])}"


def test_without_the_rules_the_same_attack_succeeds() -> None:
    """So that the tests above are known to be able to fail."""
    truths = [{A: a, B: b, ALL: a + b} for a, b in product(range(60), repeat=2)]
    with pytest.raises(AssertionError, match="one of"):
        attack(truths, [], [])


@st.composite
def weekly_cells(draw: st.DrawFn) -> dict[Cell, int]:
    """Counts of a period, for the ids of the real content by their places."""
    numbers = st.integers(0, 12) | st.integers(0, 400)
    cells: dict[Cell, int] = {}
    for measure, how_many in (("turns", 8), ("subjects", 8), ("intents", 8), ("services_shown", 10)):
        for place in draw(st.sets(st.integers(0, 30), max_size=how_many)):
            cells[measure, (str(place),)] = draw(numbers)
    cells["conversations_opened", ("web",)] = draw(numbers)
    cells["not_understood", ("telegram",)] = draw(numbers)
    return cells


def with_ids(engine: Engine, cells: Mapping[Cell, int]) -> dict[Cell, int]:
    ids = {table.id: [row for row, _ in table.rows] for table in tables(engine.content)}
    where = {"subjects": "subjects", "intents": "typed", "services_shown": "services"}
    found: dict[Cell, int] = {}
    for (measure, labels), count in cells.items():
        if measure == "turns":
            found[measure, (("telegram", "web")[int(labels[0]) % 2], ids["subjects"][int(labels[0]) % 30], "none")] = (
                count
            )
        elif measure in where:
            found[measure, (ids[where[measure]][int(labels[0])],)] = count
        else:
            found[measure, labels] = count
    return found


@given(weekly_cells())
@settings(max_examples=60, deadline=None)
def test_with_the_whole_content_every_hidden_figure_can_be_anything_below_ten(
    engine: Engine, cells: dict[Cell, int]
) -> None:
    """What is shown bounds what is hidden through splits and covers only; none may bind."""
    content = engine.content
    wanted = tables(content)
    counts = figures(with_ids(engine, cells), wanted)
    known = covers(content, wanted)
    shown = protect(counts, splits(), known)
    for name, figure in shown.items():
        assert (figure is None) or (counts[name] >= SMALLEST and figure == rounded(counts[name]) and figure % BASE == 0)
    for cover in known:
        whole = shown[cover.whole]
        hidden = [part for part in cover.parts if shown[part] is None]
        if whole is not None and hidden:
            most_of_the_shown = sum((shown[part] or -2) + 2 for part in cover.parts)
            assert whole - 2 >= most_of_the_shown + 9
    parts = [shown["channels", channel] for channel in ("telegram", "web")]
    assert parts == [None, None] or None not in (*parts, shown[ALL_TURNS])


def test_what_a_screen_always_shows_bounds_how_often_people_came_to_it(engine: Engine) -> None:
    """Whoever knows the content knows it too: by the first screen of a subject alone, and by topic as by name."""
    content = engine.content
    known = {cover.whole: cover.parts for cover in covers(content, tables(content))}
    assert ("subjects", "low_mood") in known["services", "samaritans"], "only its first screen has it"
    assert ("typed", "sextortion") in known["services", "childline"], "found by its topic, and the first of them always"
    for whole, parts in known.items():
        for table, id_ in parts:
            if table == "subjects" and whole[0] == "services":
                for hour in range(0, 168, 5):
                    moment = datetime(2026, 11, 23, tzinfo=UTC) + timedelta(hours=hour)
                    shown = {card.service for card in engine.open(id_, moment).cards}
                    assert whole[1] in shown, (whole, id_, moment)


def test_a_subject_that_the_content_loses_does_not_come_back_in_the_sum_of_others(engine: Engine) -> None:
    """Reports from before and after a change must not tell by their difference what was hidden."""
    content = engine.content
    cells: dict[Cell, int] = {("subjects", (flow,)): 7 + place for place, flow in enumerate(sorted(content.flows))}
    cells |= {("services_shown", (service,)): 40 for service in content.services}
    cells |= {("intents", (label,)): 8 for label in {i.label for i in content.intents["en"]}}
    lost = {("subjects", ("gone",)): 7, ("services_shown", ("gone",)): 7, ("intents", ("gone",)): 7}
    wanted = tables(content)
    assert figures(cells, wanted) == figures(cells | lost, wanted)


def test_two_reports_that_overlap_say_the_same_where_they_do_so_that_subtracting_tells_nothing(
    engine: Engine,
) -> None:
    monday = date(2026, 6, 1)
    flows = sorted(engine.content.flows)
    weeks: dict[date, dict[Cell, int]] = {
        monday + timedelta(weeks=week): {("subjects", (flow,)): (week * 7 + place * 3) % 23}
        | {("turns", (("telegram", "web")[place % 2], flow, "none")): (week * 9 + place * 5) % 29}
        for week in range(24)
        for place, flow in enumerate(flows[:9])
    }
    today = date(2027, 1, 1)

    def report(first: date, last: date) -> Report:
        return make_report("A charity", engine.content, weeks, periods(first, last, 4, today))

    whole = figures_of(report(monday, monday + timedelta(weeks=24)))
    assert len({first for first, _, _ in whole}) == 5
    compared = 0
    for start, length in product(range(12), (5, 8, 11)):
        first = monday + timedelta(weeks=start, days=start % 7)
        part = figures_of(report(first, first + timedelta(weeks=length)))
        assert part.items() <= whole.items()
        compared += len(part)
    assert compared > 1000


def figures_of(report: Report) -> dict[tuple[date, str, str], int | None]:
    return {
        (period.first, shown.table.id, row.id): row.shown[place]
        for shown in report.tables
        for row in shown.rows
        for place, period in enumerate(report.periods)
    }


@given(st.dates(date(2024, 1, 1), date(2028, 1, 1)), st.integers(0, 500), st.integers(1, 13))
def test_periods_are_whole_weeks_over_and_never_overlap_by_a_part(first: date, days: int, weeks: int) -> None:
    last = first + timedelta(days=days)
    today = date(2026, 11, 22)
    found = periods(first, last, weeks, today)
    grid = periods(date(2023, 1, 1), date(2029, 1, 1), weeks, date(2030, 1, 1))
    assert set(found) <= set(grid)
    for period in found:
        assert period.first.weekday() == 0
        assert period.last.weekday() == 6
        assert first <= period.first
        assert period.last <= min(last, today - timedelta(days=1))
        assert len(period.weeks) == weeks
    assert all(later.first > earlier.last for earlier, later in pairwise(grid))
