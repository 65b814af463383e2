"""The shipped content, several times over: flows, services and the translation that is whole copied under new ids, each
copy whole in itself.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from bot.content.load import BASE, pack_folder

KEPT = frozenset({"menu", "emergency"})
"""Flows that the engine needs under their own names; every copy leads to these."""

TRANSLATED = Path("flows", "locale", "cy", "waypost.po")
"""The translation of everything. Of the others there are parts, which are not copied."""


def enlarge(folder: Path, times: int) -> Path:
    """Write the shipped content ``times`` over into ``folder``. The copies are reached by their links."""
    source = pack_folder(BASE)
    shutil.copytree(source / "flows", folder / "flows")
    resources = (source / "resources.yaml").read_text(encoding="utf-8")
    head, services = resources.split("services:\n", 1)
    flows = sorted(path for path in (source / "flows").glob("*.yaml"))
    names = [path.stem for path in flows if path.stem not in KEPT]
    ids = re.findall(r"^  ([a-z][a-z0-9_]*):$", services, re.MULTILINE)
    copies = [services]
    for number in range(2, times + 1):
        copies.append(_renamed(services, ids, number))
        for path in flows:
            if path.stem in KEPT:
                continue
            text = _renamed(path.read_text(encoding="utf-8"), [*names, *ids], number)
            (folder / "flows" / f"{path.stem}_x{number}.yaml").write_text(text, encoding="utf-8")
    for number, text in enumerate(copies):
        (folder / f"part{number}").mkdir()
        (folder / f"part{number}" / "resources.yaml").write_text(f"{head}services:\n{text}", encoding="utf-8")
        if number > 0:
            _translate(source, folder / f"part{number}", [*names, *ids], number + 1)
    return folder


def _translate(source: Path, part: Path, ids: list[str], number: int) -> None:
    """The translation of one copy, in a file of its own: one file may not hold them all."""
    text = (source / TRANSLATED).read_text(encoding="utf-8")
    longest_first = "|".join(sorted(map(re.escape, ids), key=len, reverse=True))
    places = (
        rf'(?m)^(msgctxt "(?:service:)?)({longest_first})(?=/)',
        rf"(/choice:)({longest_first})(?=\.)",
        rf"(\{{)({longest_first})(?=[.}}])",
    )
    for place in places:
        text = re.sub(place, lambda match: f"{match[1]}{match[2]}_x{number}", text)
    path = part / TRANSLATED
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")


def packs(folder: Path) -> list[str]:
    """The folders to load, in order: one for each copy of the services, since a file may hold 1 MiB."""
    return [*(str(part) for part in sorted(folder.glob("part*"))), str(folder)]


def _renamed(text: str, ids: list[str], number: int) -> str:
    """Every id of ``ids`` with a suffix, wherever it stands as a name: keys, targets, lists, facts in texts."""
    longest_first = "|".join(sorted(map(re.escape, ids), key=len, reverse=True))
    name = rf"(?<![\w/])({longest_first})(?![\w/])"
    places = (
        rf"(?m)^(flow: ){name}",
        rf"(?m)^(  ){name}(?=:$)",
        rf"(go: \"?){name}",
        rf"(pair: ){name}",
        rf"(\{{){name}(?=[.}}])",
    )
    for place in places:
        text = re.sub(place, lambda match: f"{match[1]}{match[2]}_x{number}", text)
    lists = r"((?:services|always): \[)([^\]]*)(\])"
    return re.sub(lists, lambda match: match[1] + re.sub(name, rf"\1_x{number}", match[2]) + match[3], text)
