"""Breaks the program once for each promise, in a copy, and says which breaks no test notices.

    .venv/bin/python -m tests.tools.break_promises [promise ...]

Takes some minutes; by hand, after a test of a promise or the code behind it has changed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path

from tests.packs import REPOSITORY
from tests.tools.breakages import BREAKAGES, Breakage

_LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".*_cache", "__pycache__", ".hypothesis")
_SECONDS = 300.0
_FAILED = 1


def notices(breakage: Breakage, copy: Path) -> str:
    """What became of it: the first test that failed, or why that is not known."""
    file = copy / breakage.file
    whole = file.read_text(encoding="utf-8")
    if whole.count(breakage.before) != 1:
        return "CANNOT BE BROKEN like that any more"
    file.write_text(whole.replace(breakage.before, breakage.after), encoding="utf-8")
    try:
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider"]
        ended = subprocess.run(
            [*command, *breakage.tests.split()], cwd=copy, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return "caught: it never ends"
    finally:
        file.write_text(whole, encoding="utf-8")
    if ended.returncode < 0:
        return "caught: the process dies"
    if not ended.returncode:
        return "NOT NOTICED"
    failed = [line for line in ended.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))]
    if ended.returncode != _FAILED or not failed:
        return f"NO TESTS RAN ({ended.returncode})"
    return f"caught: {failed[0].split(' - ')[0].rpartition('::')[2]}"


def main(promises: Collection[str]) -> int:
    """Break what belongs to these promises (none named: to all); the number of breaks that nobody notices."""
    missed = 0
    with tempfile.TemporaryDirectory(prefix="broken-promises-") as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(REPOSITORY, copy, ignore=_LEFT_OUT)
        for breakage in BREAKAGES:
            if promises and breakage.promise not in promises:
                continue
            said = notices(breakage, copy)
            missed += not said.startswith("caught")
            sys.stdout.write(f"{breakage.promise:6} {breakage.file}: {said}\n")
            sys.stdout.flush()
    return missed


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 100))
