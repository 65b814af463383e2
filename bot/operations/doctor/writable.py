"""Checks who, besides the owner, can change what people are told: the program, and the content of every pack."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from bot.content.load import pack_folder
from bot.operations.doctor.finding import Finding, look, ok, wrong

_ABOUT: Final = "content files"
_PROGRAM: Final = Path(__file__).parents[2]
_NAMED: Final = 3
"""How many files a finding names."""


def content_files(packs: Sequence[str], program: Path = _PROGRAM) -> Iterator[Finding]:
    """Whether files of these packs, or of the program, can be written by somebody else on this machine."""
    places = [program, *(part for pack in packs for part in _parts(pack_folder(pack)))]
    files = [file for place in places for file in _all(place)]
    by_all = [file for file in files if _mode(file) & stat.S_IWOTH]
    by_group = [file for file in files if _mode(file) & stat.S_IWGRP and not _own_group(file) and file not in by_all]
    if by_all:
        said = f"Everybody on this machine can change what people are told: {_names(by_all)} can be written by all."
        yield wrong(_ABOUT, said, f"Run: chmod -R o-w {_commands(by_all)}. Then read what is there: `content diff`.")
    if by_group:
        said = f"A whole group can change what people are told: {_names(by_group)}."
        yield look(_ABOUT, said, f"If that is not meant: chmod -R g-w {_commands(by_group)}")
    if not by_all and not by_group:
        yield ok(_ABOUT, "Only their owner can change what people are told.")


def _parts(folder: Path) -> list[Path]:
    return [folder / name for name in ("flows", "resources.yaml")] + ([] if _is_base(folder) else [folder])


def _is_base(folder: Path) -> bool:
    """The shipped content shares its folder with the program, its tests and its environment."""
    return folder == pack_folder("base")


def _all(place: Path) -> Iterator[Path]:
    """A file, or a folder with what is in it; of a pack's own folder only the folder, since its parts are named."""
    if not place.exists():
        return
    yield place
    if place.is_dir() and (place.name == "flows" or place == _PROGRAM):
        for folder, folders, files in os.walk(place):
            yield from (Path(folder) / name for name in (*folders, *files) if name != "__pycache__")


def _mode(file: Path) -> int:
    try:
        return stat.S_IMODE(file.stat().st_mode)
    except OSError:
        return 0


def _own_group(file: Path) -> bool:
    """Whether its group is the owner's own, as many systems give one to everybody."""
    try:
        status = file.stat()
    except OSError:
        return True
    return status.st_gid == status.st_uid


def _names(files: Sequence[Path]) -> str:
    more = f" and {len(files) - _NAMED} more" if len(files) > _NAMED else ""
    return ", ".join(map(str, files[:_NAMED])) + more


def _commands(files: Sequence[Path]) -> str:
    """What to name to chmod: the files themselves, or the one folder that holds them all."""
    return str(files[0]) if len(files) == 1 else os.path.commonpath(files)
