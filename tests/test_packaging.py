"""The installed wheel works alike: content and all, with no checkout near it, from any directory."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from bot import __version__
from bot.dialogue.engine import Engine

ROOT = Path(__file__).parents[1]


def run(*command: str | Path, directory: Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command as somebody would who has neither a checkout on the path nor a network index."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_"))}
    environment |= {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONUTF8": "1"}
    return subprocess.run(
        [str(part) for part in command],
        cwd=directory,
        env=environment,
        input=typed,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout without a network."""
    directory = tmp_path_factory.mktemp("wheel")
    built = run(
        *(sys.executable, "-m", "pip", "wheel", "--no-build-isolation", "--no-deps", "--no-index", "--no-cache-dir"),
        *("--wheel-dir", directory, ROOT),
        directory=directory,
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = directory.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a fresh environment with the wheel; its dependencies are those of the one we run in."""
    directory = tmp_path_factory.mktemp("installed")
    made = run(sys.executable, "-m", "venv", "--without-pip", directory / "venv", directory=directory)
    assert made.returncode == 0, made.stderr
    interpreter = directory / "venv" / "bin" / "python"
    installed = run(
        *(sys.executable, "-m", "pip", "--python", interpreter, "install", "--no-deps", "--no-index", "--no-compile"),
        wheel,
        directory=directory,
    )
    assert installed.returncode == 0, installed.stderr
    (packages,) = (directory / "venv").glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return interpreter


def test_the_wheel_carries_its_version_licence_and_content(wheel: Path) -> None:
    assert wheel.name == f"waypost-{__version__}-py3-none-any.whl"
    held = set(zipfile.ZipFile(wheel).namelist())
    assert "bot/base/resources.yaml" in held
    assert "bot/base/.waypost-proof.json" in held
    assert f"waypost-{__version__}.dist-info/licenses/LICENSE" in held
    flows = {f"bot/base/{file.relative_to(ROOT).as_posix()}" for file in (ROOT / "flows").rglob("*.yaml")}
    assert flows
    assert flows <= held


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    outermost = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert outermost == {"bot", f"waypost-{__version__}.dist-info"}


def test_what_runs_is_the_installed_package(python: Path, tmp_path: Path) -> None:
    answer = run(python, "-c", "import bot; print(bot.__file__)", directory=tmp_path)
    assert Path(answer.stdout.strip()).is_relative_to(python.parents[1])


def test_the_installed_content_passes_its_check(python: Path, tmp_path: Path) -> None:
    answer = run(python, "-m", "bot", "check", "--quick", directory=tmp_path)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_the_installed_bot_can_be_talked_to(python: Path, tmp_path: Path, engine: Engine, now: datetime) -> None:
    labels = [button.label for button in engine.start(now).buttons]
    number = labels.index("Get help now") + 1
    answer = run(python, "-m", "bot", "chat", directory=tmp_path, typed=f"{number}\n")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert re.search(rf"^\s*{number}\. Get help now", answer.stdout, re.MULTILINE), answer.stdout
    assert "Ring 999" in answer.stdout
    assert "Traceback" not in answer.stderr


def test_the_command_of_its_own_name_is_installed(python: Path, tmp_path: Path) -> None:
    answer = run(python.with_name("waypost"), "--version", directory=tmp_path)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert __version__ in answer.stdout


def test_talking_to_it_leaves_nothing_on_disk(python: Path, tmp_path: Path) -> None:
    run(python, "-m", "bot", "chat", directory=tmp_path, typed="hello\n1\n")
    assert list(tmp_path.iterdir()) == []
