"""The shipped content, broken in many ways: each is caught by the right rule at the right line. It itself is clean."""

from __future__ import annotations

import os
import zlib
from pathlib import Path

import pytest

from bot.checks.run import run_checks
from bot.content.load import BASE
from tests.mutations.all_mutations import ALL
from tests.mutations.applying import StaleMutationError, shipped_copy, try_on
from tests.mutations.mutation import Look, Mutation
from tests.mutations.running import NOW, at_its_place, check_briefly

EVERY_ONE = bool(os.environ.get("EVERY_MUTATION"))
"""Each takes seconds, so the suite tries a sixth of those that need a run of their own, always the same ones.
`make mutations` tries all of them, each against every rule."""

EACH_ALONE = [
    mutation
    for mutation in ALL
    if mutation.look in {Look.RULE, Look.WHOLE} and (EVERY_ONE or zlib.crc32(mutation.name.encode()) % 6 == 0)
]


def test_the_shipped_content_has_no_error() -> None:
    report = run_checks([BASE], NOW, quick=True)
    assert report.failures == ()
    assert report.errors == ()


@pytest.mark.parametrize("mutation", EACH_ALONE, ids=lambda mutation: f"{mutation.code} {mutation.name}")
def test_a_mutation_is_caught_at_its_place(tmp_path: Path, mutation: Mutation) -> None:
    folder = tmp_path / "content"
    report = check_briefly(folder, [mutation])
    assert report.failures == ()
    assert at_its_place(report, folder, mutation), [str(finding) for finding in report.findings]


@pytest.mark.parametrize("look", [Look.JOINT, Look.ANSWERS])
def test_mutations_in_one_copy_are_caught_at_their_places(tmp_path: Path, look: Look) -> None:
    folder = tmp_path / "content"
    mutations = [mutation for mutation in ALL if mutation.look is look]
    report = check_briefly(folder, mutations)
    assert report.failures == ()
    assert [mutation.name for mutation in mutations if not at_its_place(report, folder, mutation)] == []


def test_no_mutation_is_about_words_that_are_gone(tmp_path: Path) -> None:
    folder = shipped_copy(tmp_path / "content")
    stale = []
    for mutation in ALL:
        try:
            try_on(folder, mutation)
        except StaleMutationError as error:
            stale.append(str(error))
    assert stale == []


def test_there_are_enough_of_them() -> None:
    assert len({mutation.name for mutation in ALL}) == len(ALL) >= 220
    assert len({mutation.code for mutation in ALL}) >= 55
    assert sum(mutation.look is Look.WHOLE for mutation in ALL) >= 15
