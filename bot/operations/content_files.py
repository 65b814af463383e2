"""Whether the files of the content have changed: cheap enough to ask several times a second."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bot.checks.proven import FILE
from bot.content.folders import pack_folder

Stamp = frozenset[tuple[str, int, int, int]]
"""For each file: its path, where it lies on the disk, its size and when it was changed."""

_ENDINGS = (".yaml", ".po")
_DEEPEST = 8
"""Folders within folders; a pack has two. Links can make a folder that holds itself, twice in each of its copies."""


def stamp(packs: Sequence[str]) -> Stamp:
    """What the files of these packs look like from outside.

    Links are followed, so that a platform that swaps a link to a whole folder (as Kubernetes does) is noticed. A folder
    that is not there has no files. Raises OSError while the machine cannot look, which says nothing about the files.
    """
    return frozenset(_seen(path) for pack in packs for path in files_of(pack_folder(pack)))


def files_of(folder: Path) -> Iterator[str]:
    """The files that a pack may consist of, and its proof, whether or not these are there."""
    yield str(folder / "resources.yaml")
    yield str(folder / FILE)
    yield from _below(str(folder / "flows"))


def _below(folder: str, deep: int = 0) -> Iterable[str]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(_ENDINGS):
                    yield entry.path
                elif deep < _DEEPEST and "." not in entry.name and entry.is_dir():
                    yield from _below(entry.path, deep + 1)
    except (FileNotFoundError, NotADirectoryError):
        return


def _seen(path: str) -> tuple[str, int, int, int]:
    try:
        found = os.stat(path)  # noqa: PTH116 (several times a second for each file)
    except FileNotFoundError:
        return path, 0, 0, 0
    return path, found.st_ino, found.st_size, found.st_mtime_ns
