"""A small pack with PO files to write mistakes into, and the texts that a language's emergency card needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import polib
import pytest

from bot.content.editions import LEAST
from bot.content.load import load
from bot.content.model import Content
from bot.content.translatable import translatables

WritePo = Callable[..., Path]


@pytest.fixture
def write_po(pack: Path) -> WritePo:
    """Writes ``flows/locale/<language>/waypost.po``: texts by id, the emergency card always among them."""

    def write(language: str, texts: Mapping[str, str], *, reviewers: str = "", folder: Path = pack) -> Path:
        english = {text.id: text.text for text in translatables(load([str(pack)]))}
        file = polib.POFile()
        file.metadata = {
            "Language": language,
            "Content-Type": "text/plain; charset=UTF-8",
            "X-Reviewed-By": reviewers,
        }
        card = {id_: f"{language}: {english[id_]}" for id_ in sorted(LEAST)}
        for id_, text in {**card, **texts}.items():
            file.append(polib.POEntry(msgctxt=id_, msgid=english.get(id_, "Words that are gone."), msgstr=text))
        path = folder / "flows" / "locale" / language / "waypost.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(file) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def loaded(pack: Path) -> Callable[..., Content]:
    """The small pack, loaded."""
    return lambda **options: load([str(pack)], **options)
