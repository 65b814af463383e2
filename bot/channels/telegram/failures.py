"""What the log may say of an error: its kind and where in the code it happened. Never its message, which may quote."""

from __future__ import annotations

import traceback
from pathlib import Path

_PACKAGE = Path(__file__).parents[2]


def described(error: BaseException) -> str:
    """One line such as ``ValueError in bot/dialogue/engine.py, line 80``: the innermost place in our own code."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)]
    if not own:
        return type(error).__name__
    place = Path(own[-1].filename).relative_to(_PACKAGE.parent).as_posix()
    return f"{type(error).__name__} in {place}, line {own[-1].lineno}"
