"""The lock files: every package by its hash, no registry by its address, and each one accounted for in the docs."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from tests.lock_files import DEV, ROOT, RUN, locked, normalised


def names(lock: str) -> set[str]:
    return {pinned.partition("==")[0] for pinned in locked(lock)}


def direct_dependencies(*, dev: bool) -> set[str]:
    """What pyproject.toml itself asks for."""
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    requirements = project["optional-dependencies"]["dev"] if dev else project["dependencies"]
    return {normalised(re.split(r"[<>=!~\[; ]", requirement)[0]) for requirement in requirements}


@pytest.mark.parametrize("lock", [RUN, DEV])
def test_every_requirement_is_pinned_and_hashed(lock: str) -> None:
    requirements = locked(lock)
    assert len(requirements) > 20
    assert not [pinned for pinned, hashes in requirements.items() if not hashes]


@pytest.mark.parametrize("lock", [RUN, DEV])
def test_no_lock_file_names_an_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text
    assert "find-links" not in text


def test_the_development_lock_holds_the_run_time_one_unchanged() -> None:
    assert locked(RUN).items() <= locked(DEV).items()


def test_everything_that_is_asked_for_is_locked() -> None:
    assert direct_dependencies(dev=False) <= names(RUN)
    assert direct_dependencies(dev=True) <= names(DEV)


def test_what_runs_holds_nothing_that_only_development_needs() -> None:
    assert not names(RUN) & direct_dependencies(dev=True)


def documented() -> set[str]:
    """The packages that docs/dependencies.md gives a line: the names in code quotes."""
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    return {normalised(name) for name in re.findall(r"`([A-Za-z0-9._-]+)`", page)}


def test_every_direct_dependency_is_explained() -> None:
    assert direct_dependencies(dev=False) | direct_dependencies(dev=True) <= documented()


def test_every_package_that_comes_along_is_named() -> None:
    assert names(DEV) <= documented()


def test_the_build_uses_the_locked_builder() -> None:
    requires: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"][
        "requires"
    ]
    assert set(requires) <= set(locked(DEV))
