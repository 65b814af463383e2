"""Imports run one way: content ← understanding ← dialogue ← checks, channels ← operations, the command line.

Read from the source of every file, so that a new file, or an import inside a function, is held to it too.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "bot"

MAY_IMPORT: dict[str, set[str]] = {
    "__init__": set(),
    "settings": set(),
    "content": set(),
    "understanding": {"content"},
    "dialogue": {"content", "understanding"},
    "checks": {"content", "understanding", "dialogue"},
    "channels": {"content", "understanding", "dialogue", "settings"},
    "operations": {"content", "understanding", "dialogue", "checks", "channels", "settings"},
    "cli": {"content", "understanding", "dialogue", "checks", "channels", "operations", "settings"},
    "__main__": {"cli"},
}
"""What each part of the package may import besides itself. The package's own name (its version) is free to all."""

PURE = {"content", "understanding", "dialogue"}
BELOW_CHANNELS = PURE | {"checks", "settings", "__init__"}

LIBRARIES = {
    "content": {"yaml", "pydantic", "pydantic_core", "polib"},
    "checks": {"pydantic"},
    "settings": {"pydantic", "pydantic_settings"},
}
"""Besides the standard library, what a part below the channels may use."""

FOR_ALL = {"opening_hours"}

OUTSIDE_WORLD = {"asyncio", "http", "socket", "ssl", "subprocess", "threading", "smtplib", "ftplib", "socketserver"}
"""Parts of the standard library that talk to something, or do several things at once."""

CLOCKS = {"now", "today", "utcnow", "time", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime"}

FILES = sorted(PACKAGE.rglob("*.py"))


def part_of(file: Path) -> str:
    """The part a file belongs to: the first folder or module below the package."""
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_names(file: Path) -> Iterator[str]:
    """Every module that a file imports, in full: also inside functions, also relative, also by its name as text."""
    package = ["bot", *file.relative_to(PACKAGE).parent.parts]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*start, *([node.module] if node.module else [])])
            yield from (f"{module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            if name in {"import_module", "__import__"}:
                argument = node.args[0] if node.args else None
                if _is_below_itself(argument):
                    continue
                known = isinstance(argument, ast.Constant) and isinstance(argument.value, str)
                yield str(argument.value) if known and isinstance(argument, ast.Constant) else "unknown at reading"


def _is_below_itself(argument: ast.expr | None) -> bool:
    """Whether a computed name is ``f"{__name__}.…"``: a package that finds its own parts crosses no layer."""
    first = argument.values[0] if isinstance(argument, ast.JoinedStr) and argument.values else None
    return isinstance(first, ast.FormattedValue) and isinstance(first.value, ast.Name) and first.value.id == "__name__"


def roots(file: Path) -> set[str]:
    """The outermost package of everything that a file imports."""
    return {name.partition(".")[0] for name in imported_names(file)}


def test_there_is_something_to_read() -> None:
    assert len(FILES) > 5


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_imports_run_one_way(file: Path) -> None:
    part = part_of(file)
    assert part in MAY_IMPORT, (
        f"give bot/{part} its place among the layers (tests/test_layers.py, the architecture page)"
    )
    own = {name.split(".")[1] for name in imported_names(file) if name.startswith("bot.")} - {"__version__"}
    assert own <= MAY_IMPORT[part] | {part}


@pytest.mark.parametrize(
    "file", [file for file in FILES if part_of(file) in BELOW_CHANNELS], ids=lambda file: str(file.relative_to(PACKAGE))
)
def test_nothing_below_the_channels_reaches_the_outside_world(file: Path) -> None:
    allowed = set(sys.stdlib_module_names) - OUTSIDE_WORLD
    allowed |= FOR_ALL | LIBRARIES.get(part_of(file), set()) | {"bot"}
    assert roots(file) <= allowed
    assert not {name for name in imported_names(file) if name.startswith(("urllib.request", "unknown"))}


@pytest.mark.parametrize(
    "file", [file for file in FILES if part_of(file) in PURE], ids=lambda file: str(file.relative_to(PACKAGE))
)
def test_the_pure_parts_have_no_clock_and_no_chance(file: Path) -> None:
    calls = (node.func for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    clocks = {call.attr for call in calls if isinstance(call, ast.Attribute) and is_clock(call)}
    assert not clocks, "the moment is handed in as `now`"
    assert not roots(file) & {"random", "secrets", "time"}


def is_clock(call: ast.Attribute) -> bool:
    """`datetime.now`, `date.today` and the like; not a method of a value that merely has such a name."""
    owner = call.value.attr if isinstance(call.value, ast.Attribute) else getattr(call.value, "id", "")
    return call.attr in CLOCKS and owner in {"datetime", "date", "time"}
