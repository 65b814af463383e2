"""Which files a running bot watches."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.operations.content_files import stamp


@pytest.mark.parametrize(
    "name", ["resources.yaml", "flows/menu.yaml", "flows/phrases/en.yaml", "flows/locale/cy/waypost.po"]
)
def test_a_change_of_any_file_of_the_content_is_noticed(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("before", encoding="utf-8")
    before = stamp([str(tmp_path)])
    file.write_text("and after", encoding="utf-8")
    assert stamp([str(tmp_path)]) != before


def test_a_note_beside_the_content_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "flows").mkdir()
    before = stamp([str(tmp_path)])
    (tmp_path / "flows" / "notes.txt").write_text("to do", encoding="utf-8")
    assert stamp([str(tmp_path)]) == before
