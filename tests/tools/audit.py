"""Asks the public database of advisories about every package that is locked: `make audit`.

    .venv/bin/python -m tests.tools.audit

It needs a network. Where there is none it says so in one line, that nothing is known either way, and ends well, so
that work goes on in a train; with ``AUDIT=required``, as in a public pipeline, it fails then. Nothing but names and
versions of packages is sent. What is accepted for a while stands in pyproject.toml, with a reason and a last day:

    [tool.waypost.audit]
    accepted = [{id = "GHSA-…", until = 2027-01-31, why = "…"}]
"""

from __future__ import annotations

import json
import os
import sys
import tomllib
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from tests.lock_files import DEV, ROOT, RUN, locked

DATABASE: Final = "https://api.osv.dev"
"""The Open Source Vulnerabilities database; its interface: https://google.github.io/osv.dev/post-v1-querybatch/."""

SECONDS: Final = 15
_TOGETHER: Final = 500


class UnknownError(Exception):
    """The database could not be asked."""


@dataclass(frozen=True, slots=True)
class Advisory:
    """One package in one version, and the name of what is known against it."""

    package: str
    version: str
    name: str

    def line(self) -> str:
        """For people."""
        return f"{self.package} {self.version}: {self.name} (https://osv.dev/vulnerability/{self.name})"


def advisories(pinned: list[str], database: str = DATABASE) -> list[Advisory]:
    """What is known against these ``name==version``. Raises `UnknownError`."""
    found: list[Advisory] = []
    for start in range(0, len(pinned), _TOGETHER):
        packages = [one.split("==") for one in pinned[start : start + _TOGETHER]]
        queries = [{"package": {"name": name, "ecosystem": "PyPI"}, "version": version} for name, version in packages]
        results = _asked(database, {"queries": queries}).get("results")
        if not isinstance(results, list) or len(results) != len(packages):
            raise UnknownError("its answer has an unknown shape")
        for (name, version), result in zip(packages, results, strict=True):
            found += [Advisory(name, version, str(one["id"])) for one in (result or {}).get("vulns", ())]
    return found


def _asked(database: str, question: dict[str, Any]) -> dict[str, Any]:
    request = urllib.request.Request(  # noqa: S310 (the address is https, or a test's own)
        f"{database}/v1/querybatch", json.dumps(question).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            told = json.load(answer)
    except (OSError, ValueError) as error:
        raise UnknownError(type(error).__name__) from None
    if not isinstance(told, dict):
        raise UnknownError("its answer has an unknown shape")
    return told


def accepted(today: date) -> set[str]:
    """The advisories that are accepted on this day."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    listed = settings.get("waypost", {}).get("audit", {}).get("accepted", [])
    return {str(one["id"]) for one in listed if one["why"] and today <= one["until"]}


def audit(database: str, *, required: bool, today: date) -> int:
    """Say what is known; the exit status."""
    pinned = sorted({*locked(RUN), *locked(DEV)})
    try:
        found = advisories(pinned, database)
    except UnknownError as error:
        print(
            f"The database of advisories could not be asked ({error}), so nothing is known about these "
            f"{len(pinned)} packages either way. Run `make audit` again where there is a network."
        )
        return 1 if required else 0
    known = accepted(today)
    standing = [one for one in found if one.name not in known]
    for one in standing:
        print(one.line())
    if standing:
        print("Take newer versions with: make lock UPGRADE=--upgrade. What cannot be mended: see tests/tools/audit.py.")
        return 1
    print(f"{len(pinned)} packages, no advisory that stands ({len(found)} accepted).")
    return 0


def main() -> int:
    required = os.environ.get("AUDIT") == "required"
    return audit(DATABASE, required=required, today=datetime.now(UTC).date())


if __name__ == "__main__":
    sys.exit(main())
