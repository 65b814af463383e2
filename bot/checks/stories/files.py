"""Which files hold the stories that were asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

USUAL: Final = Path("tests/stories")
"""Where stories stand if no path is given, seen from the working folder."""

_ENDINGS: Final = (".yaml", ".yml")


class NoStoriesError(Exception):
    """Nothing to run: a path that does not exist, or a folder without stories. Its text says what to do."""


def story_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Every story file of the paths, folders with all they hold, each file once. Raises `NoStoriesError`."""
    if not paths and not USUAL.is_dir():
        raise NoStoriesError(
            f"There is no folder {USUAL} here ({Path.cwd()}).\n"
            "Name the files or folders with your stories: python -m bot test my-stories (docs/stories.md)"
        )
    found: dict[Path, None] = {}
    for path in paths or (USUAL,):
        found.update(dict.fromkeys(_inside(path)))
    return tuple(found)


def _inside(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise NoStoriesError(f"There is no file or folder {path}. Check its name.")
    files = sorted(file for file in path.rglob("*") if file.suffix in _ENDINGS and file.is_file())
    if not files:
        raise NoStoriesError(f"There are no stories in {path}: no file in it ends in .yaml (docs/stories.md).")
    return files
