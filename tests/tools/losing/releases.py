"""What replicas run: one of two versions of the program, each with whatever edition of the content is out.

Every other edition is put in place at once, as a platform that mounts a folder does: a link is turned to a folder that
is whole. The others are written file by file, the proof last, as somebody does who copies them by hand. Each version
has its own folder, because a proof holds for one version.
"""

from __future__ import annotations

import json
import shutil
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import bot
from bot.checks.proven import FILE, FORMAT
from bot.content.load import load
from bot.dialogue.engine import Engine
from bot.dialogue.opening import open_engine
from bot.dialogue.rendering import telegram_html
from tests.packs import REPOSITORY, small_pack

_WORDS: Final = "The second screen"
_BETWEEN: Final = 0.4
"""Seconds between files and their proof, where they are written one by one."""

_LATER: Final = "9.0.0"
_MARK: Final = "\n\nThis is the later version."
_RETURNED: Final = '    return _directed("\\n\\n".join(part for part in parts if part), screen.direction)\n'


@dataclass(frozen=True)
class Version:
    """One version of the program: where it lies, where it finds its content, and what it adds to each screen."""

    number: str
    folder: Path
    content: Path
    mark: str = ""


class Releases:
    """All that there has been; ``current`` is the version that a replica started now runs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pack = small_pack(folder / "written")
        self.engines: list[Engine] = []
        earlier = Version(bot.__version__, REPOSITORY, folder / "earlier")
        later = Version(_LATER, _later_program(folder / "program"), folder / "later", _MARK)
        self.versions = (earlier, later)
        self.current = earlier
        self.roll_out_content()

    def roll_out_content(self) -> None:
        """Another edition of the content, for both versions, each with a proof."""
        number = len(self.engines) + 1
        topic = self._pack / "flows" / "topic.yaml"
        before = f"{_WORDS}, edition {number - 1}." if number > 1 else f"{_WORDS}."
        topic.write_text(topic.read_text().replace(before, f"{_WORDS}, edition {number}."))
        fingerprint = load([str(self._pack)]).fingerprint
        self.engines.append(open_engine([str(self._pack)]))
        if number % 2:
            self._swap(number, fingerprint)
        else:
            self._write_in_place(topic, fingerprint)

    def _swap(self, number: int, fingerprint: str) -> None:
        for version in self.versions:
            edition = self._folder / f"{version.content.name}-{number}"
            shutil.copytree(self._pack, edition)
            _prove(edition, fingerprint, version)
            link = edition.with_suffix(".link")
            link.symlink_to(edition)
            link.replace(version.content)

    def _write_in_place(self, topic: Path, fingerprint: str) -> None:
        for version in self.versions:
            shutil.copyfile(topic, version.content / "flows" / topic.name)
        time.sleep(_BETWEEN)
        for version in self.versions:
            _prove(version.content, fingerprint, version)

    def roll_out_version(self) -> None:
        """From now on replicas start with the other version."""
        earlier, later = self.versions
        self.current = later if self.current is earlier else earlier

    def screens(self, token: str, now: datetime) -> dict[str, tuple[str, int]]:
        """What may answer a press: each screen's HTML, with the version and the edition that gives it."""
        found: dict[str, tuple[str, int]] = {}
        for edition, engine in enumerate(self.engines, 1):
            html = telegram_html.render(engine.press(token, now))
            for version in self.versions:
                found.setdefault(html + version.mark, (version.number, edition))
        return found


def _prove(folder: Path, fingerprint: str, version: Version) -> None:
    values = {"format": FORMAT, "waypost": version.number, "content": fingerprint}
    (folder / FILE).write_text(json.dumps(values))


def _later_program(folder: Path) -> Path:
    """A copy of the program that calls itself a later version, and marks what it draws."""
    shutil.copytree(REPOSITORY / "bot", folder / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "flows").symlink_to(REPOSITORY / "flows")
    (folder / "resources.yaml").symlink_to(REPOSITORY / "resources.yaml")
    _replace(folder / "bot" / "__init__.py", f'"{bot.__version__}"', f'"{_LATER}"')
    marked = _RETURNED.replace(", screen.direction)\n", f", screen.direction) + {_MARK!r}\n")
    _replace(folder / "bot" / "dialogue" / "rendering" / "telegram_html.py", _RETURNED, marked)
    return folder


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    if old not in text:
        raise AssertionError(f"{file.name} no longer holds {old!r}")
    file.write_text(text.replace(old, new))
