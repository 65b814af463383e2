"""Content that counts as proven, so that tests about something else need not wait for a check of it."""

from __future__ import annotations

import functools
import json
import shutil
import tempfile
from pathlib import Path

from bot import __version__
from bot.checks.proven import FILE, FORMAT, is_proven
from bot.content.load import BASE, load, pack_folder
from tests.shipped import shipped_content


def as_if_proven(folder: Path) -> Path:
    """Put a proof beside the content in ``folder`` that says nothing but its hash."""
    values = {"format": FORMAT, "waypost": __version__, "content": load([str(folder)]).fingerprint}
    (folder / FILE).write_text(json.dumps(values), encoding="utf-8")
    return folder


@functools.cache
def proven_base() -> Path:
    """The shipped content: itself where it is proven, otherwise a copy that counts as proven."""
    base = pack_folder(BASE)
    if is_proven(shipped_content().fingerprint, __version__, base):
        return base
    copy = Path(tempfile.mkdtemp(prefix="waypost-"))
    shutil.copytree(base / "flows", copy / "flows")
    shutil.copyfile(base / "resources.yaml", copy / "resources.yaml")
    return as_if_proven(copy)
