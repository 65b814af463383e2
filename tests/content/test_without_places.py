"""Content that is proven is read without noting where everything stands: the same words, in less memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.errors import ContentError
from bot.content.load import BASE, load, pack_folder
from bot.content.yaml_document import parse_text, text_of
from tests.packs import REPOSITORY

FILES: Final = sorted(
    path
    for path in (*pack_folder(BASE).glob("flows/*.yaml"), *pack_folder(BASE).glob("flows/shared/*.yaml"))
    if path.is_file()
)
HERE: Final = Path("here.yaml")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_says_the_same(path: Path) -> None:
    text = text_of(path, path)
    placed, bare = parse_text(text, path), parse_text(text, path, placed=False)
    assert bare.value == placed.value
    assert str(bare.place("steps")) == f"{path}:1:1"
    assert not bare.lines
    assert len(bare.values) + len(bare.keys) == 1


@given(st.text(alphabet="ab:- \n[]{},'\"<#&*!|>0t~", max_size=40))
def test_whatever_stands_in_a_file_is_read_the_same_or_refused_the_same(text: str) -> None:
    assert _read(text, placed=False) == _read(text, placed=True)


def _read(text: str, *, placed: bool) -> object:
    try:
        return parse_text(text, HERE, placed=placed).value
    except ContentError as error:
        return [str(problem) for problem in error.problems]


@pytest.mark.parametrize(
    ("written", "line"),
    [("steps: {}\nsteps: {}\n", 2), ("flow: menu\n? [a]\n: b\n", 2), ("flow: menu\nstart: 5\n", 2)],
    ids=["twice", "no name", "no text"],
)
def test_a_mistake_is_named_at_its_line(pack: Path, written: str, line: int) -> None:
    (pack / "flows" / "menu.yaml").write_text(written, encoding="utf-8")
    with pytest.raises(ContentError) as found:
        load([str(pack)], only_shown=True)
    with pytest.raises(ContentError) as wanted:
        load([str(pack)])
    assert found.value.problems == wanted.value.problems
    assert line in {problem.place.line for problem in found.value.problems}


def test_what_serves_people_is_imported_into_the_room_that_loading_leaves() -> None:
    loading = "import sys, bot.cli, bot.operations.run, bot.operations.opened_content; print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", loading], cwd=REPOSITORY, check=True, capture_output=True, text=True, timeout=60
    )
    early = {"telegram", "httpx", "uvicorn", "starlette", "jinja2", "h11", "aiohttp", "prometheus_client"}
    assert not early.intersection(ran.stdout.split())
