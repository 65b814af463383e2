"""``python -m tests.mutations``: everything against every mutation, as a table; exit status 1 if one is not caught."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from os import cpu_count
from pathlib import Path

from tests.mutations.all_mutations import ALL
from tests.mutations.applying import StaleMutationError, place
from tests.mutations.mutation import Mutation
from tests.mutations.running import at_its_place, check_briefly, check_everything


@dataclass(frozen=True)
class Row:
    """What came of one mutation."""

    mutation: Mutation
    caught: bool
    codes: tuple[str, ...]
    where: str
    failures: tuple[str, ...]


def main() -> int:
    """Run, print, and say by the exit status whether all were caught."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutations", description=__doc__)
    parser.add_argument("words", nargs="*", help="only mutations whose name or code holds one of these")
    parser.add_argument("--brief", action="store_true", help="only what each mutation needs, as the tests do")
    chosen = parser.parse_args()
    wanted = [mutation for mutation in ALL if _asked_for(mutation, chosen.words)]
    missed = 0
    with ProcessPoolExecutor(cpu_count()) as pool:
        for row in pool.map(_brief if chosen.brief else _whole, wanted):
            missed += not row.caught
            sys.stdout.write("\n".join(_lines(row)) + "\n")
            sys.stdout.flush()
    sys.stdout.write(f"{len(wanted)} mutations, {missed} not caught\n")
    return 1 if missed else 0


def _asked_for(mutation: Mutation, words: list[str]) -> bool:
    said = f"{mutation.code} {mutation.name}".casefold()
    return not words or any(word.casefold() in said for word in words)


def _whole(mutation: Mutation) -> Row:
    return _row(mutation, brief=False)


def _brief(mutation: Mutation) -> Row:
    return _row(mutation, brief=True)


def _row(mutation: Mutation, *, brief: bool) -> Row:
    with tempfile.TemporaryDirectory(prefix="waypost-") as name:
        folder = Path(name) / "content"
        try:
            return _judged(mutation, folder, brief=brief)
        except StaleMutationError as error:
            return Row(mutation, caught=False, codes=(), where=str(error), failures=())


def _judged(mutation: Mutation, folder: Path, *, brief: bool) -> Row:
    report = check_briefly(folder, [mutation]) if brief else check_everything(folder, mutation)
    file, line = place(folder, mutation)
    codes = tuple(sorted({finding.code for finding in report.findings}))
    failures = tuple(f"{failure.what}: {failure.reason}" for failure in report.failures)
    found = at_its_place(report, folder, mutation)
    elsewhere = [str(finding.place) for finding in report.findings if finding.code == mutation.code]
    where = f"{file}:{line}" if found else f"not at {file}:{line}, but at {', '.join(elsewhere[:3]) or 'no place'}"
    return Row(mutation, bool(found), codes, where.replace(f"{folder}/", ""), failures)


def _lines(row: Row) -> Iterator[str]:
    verdict = "caught" if row.caught else "MISSED"
    yield f"{verdict}  {row.mutation.code}  {row.mutation.name}"
    yield f"               found {' '.join(row.codes) or 'nothing'}; {row.where}"
    yield from (f"               broke down: {failure}" for failure in row.failures)


if __name__ == "__main__":
    sys.exit(main())
