"""Content made ready in advance: the same content, found only while all is as it was, and never needed to start."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from bot.checks.proven import FILE
from bot.content.model import Content
from bot.dialogue.engine import Engine
from bot.operations import prepared
from bot.operations.loading import NotPreparedError, load, prepare
from bot.operations.prepared import FOLDER, Wanted, is_prepared, name_of, read_prepared
from bot.understanding.reader import Reader
from tests.conftest import AFTERNOON
from tests.packs import REPOSITORY, small_pack
from tests.proven import as_if_proven, proven_base

MESSAGES = (
    "someone is threatening to share my nudes",
    "i want to kill myself",
    "he is in the house now with a knife",
    "my freind keeps geting horible mesages, what shoud i do",
    "me quiero morir",
    "mae rhywun yn bygwth rhannu fy lluniau",
    "im so tired i could sleep for a week",
    "asdf qwerty",
)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return as_if_proven(small_pack(tmp_path / "pack"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "prepared"


def of(pack: Path, default_language: str = "en") -> Wanted:
    return Wanted((str(pack),), default_language, ())


def found(wanted: Wanted, folder: Path) -> bool:
    return read_prepared(wanted, folder) is not None


def test_it_is_the_same_content_and_reads_the_same(folder: Path) -> None:
    wanted = of(proven_base())
    prepare(wanted, folder)
    kept, loaded = read_prepared(wanted, folder), load(wanted)
    assert kept is not None
    for field in fields(Content):
        assert getattr(kept.content, field.name) == getattr(loaded.content, field.name), field.name
    assert _readings(kept.reader) == _readings(loaded.reader)
    assert Engine(kept.content).start(AFTERNOON) == Engine(loaded.content).start(AFTERNOON)


def _readings(reader: Reader) -> list[object]:
    return [
        (one.matches, one.guessed, one.doubted) if (one := reader.read(text)) is not None else None for text in MESSAGES
    ]


@pytest.mark.parametrize("changed", ["flows/menu.yaml", "resources.yaml", FILE])
def test_after_a_change_of_any_file_it_is_not_found(pack: Path, folder: Path, changed: str) -> None:
    prepare(of(pack), folder)
    assert found(of(pack), folder)
    (pack / changed).write_text((pack / changed).read_text() + "\n")
    assert not found(of(pack), folder)


def test_whether_it_is_ready_is_known_without_reading_it(pack: Path, folder: Path) -> None:
    assert not is_prepared(of(pack), folder)
    prepare(of(pack), folder)
    assert is_prepared(of(pack), folder)
    (pack / "resources.yaml").write_text((pack / "resources.yaml").read_text() + "\n")
    assert not is_prepared(of(pack), folder)


def test_a_file_that_is_new_or_gone_counts_as_a_change(pack: Path, folder: Path) -> None:
    prepare(of(pack), folder)
    new = pack / "flows" / "new.yaml"
    new.write_text("")
    assert not found(of(pack), folder)
    new.unlink()
    assert found(of(pack), folder)
    (pack / FILE).unlink()
    assert not found(of(pack), folder)


def test_it_is_of_one_language_one_pack_and_one_version(
    pack: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(of(pack), folder)
    assert not found(of(pack, "cy"), folder)
    assert not found(of(as_if_proven(small_pack(tmp_path / "another"))), folder)
    monkeypatch.setattr(prepared, "__version__", "0.0.1")
    assert not found(of(pack), folder)


@pytest.mark.parametrize("harm", ["empty", "cut short", "something else", "unreadable"])
def test_whatever_is_wrong_with_it_is_no_reason_not_to_start(pack: Path, folder: Path, harm: str) -> None:
    file = prepare(of(pack), folder)
    whole = file.read_bytes()
    if harm == "unreadable":
        file.unlink()
        file.mkdir()
    else:
        file.write_bytes({"empty": b"", "cut short": whole[: len(whole) // 2], "something else": b"no pickle"}[harm])
    assert not found(of(pack), folder)


def test_only_proven_content_is_made_ready(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(NotPreparedError, match="bot check"):
        prepare(of(small_pack(tmp_path / "pack")), folder)
    assert not folder.exists()


def test_what_was_kept_before_goes(pack: Path, folder: Path, tmp_path: Path) -> None:
    prepare(of(pack), folder)
    other = of(as_if_proven(small_pack(tmp_path / "another")))
    prepare(other, folder)
    prepare(other, folder)
    assert [file.name for file in folder.iterdir()] == [name_of(other)]


def test_nothing_that_lies_in_a_pack_is_taken_for_it(pack: Path, folder: Path) -> None:
    assert FOLDER.parent == Path(prepared.__file__).parents[1]
    file = prepare(of(pack), folder)
    for place in (pack, pack / FOLDER.name, pack / "flows"):
        place.mkdir(exist_ok=True)
        shutil.copy(file, place)
    file.unlink()
    assert not found(of(pack), folder)


def _run(program: Path, *arguments: str, **settings: str) -> str:
    """What Python says when it runs the program in this folder."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    ran = subprocess.run(
        [sys.executable, *arguments],
        cwd=program,
        env={**environment, "PYTHONDONTWRITEBYTECODE": "1", **settings},
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return ran.stdout


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A copy of the program, which has made nothing ready yet."""
    copy = tmp_path / "program"
    unwanted = shutil.ignore_patterns("__pycache__", FOLDER.name)
    shutil.copytree(REPOSITORY / "bot", copy / "bot", ignore=unwanted)
    return copy


def test_a_start_from_it_imports_nothing_that_reads_files(program: Path, pack: Path) -> None:
    file = _run(program, "-m", "bot", "content", "prepare", CONTENT=str(pack)).strip()
    assert Path(file).parent == program / "bot" / FOLDER.name
    begin = (
        "import sys, bot.cli, bot.operations.run, bot.operations.opened_content as o\n"
        "from bot.settings import load_settings\n"
        "opened = o.open_content(load_settings())\n"
        "import bot.operations.processes\n"
        "print(opened.engine is not None, *sys.modules)\n"
    )
    needless = {"yaml", "polib", "jinja2", "segno", "prometheus_client", "valkey", "bot.content.load"}
    needless |= {"bot.content.assembly", "bot.content.compile_flow", "bot.checks.run", "bot.dialogue.opening"}
    opened, *imported = _run(program, "-c", begin, CONTENT=str(pack)).split()
    assert opened == "True"
    assert not needless.intersection(imported)


def test_the_same_content_gives_the_same_file(program: Path, pack: Path) -> None:
    made = []
    for _ in range(2):
        file = _run(program, "-m", "bot", "content", "prepare", CONTENT=str(pack), PYTHONHASHSEED="0").strip()
        made.append((file, Path(file).read_bytes()))
    assert made[0] == made[1]


def test_content_that_is_not_proven_is_told_and_ends_with_two(tmp_path: Path) -> None:
    pack = small_pack(tmp_path / "pack")
    ran = subprocess.run(
        [sys.executable, "-m", "bot", "content", "prepare"],
        cwd=REPOSITORY,
        env={**os.environ, "CONTENT": str(pack)},
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 2
    assert "python -m bot check" in ran.stderr
