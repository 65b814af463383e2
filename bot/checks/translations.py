"""Translations as the rules look at them: which language is shown how far, and where an entry stands in its file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.content.errors import Place
from bot.content.model import Content, Translation


def offered_whole(content: Content) -> Iterator[Translation]:
    """The translations that people can read everything in."""
    for language, translation in content.translations.items():
        edition = content.editions.get(language)
        if edition is not None and edition.whole:
            yield translation


def entry_place(translation: Translation, id_: str) -> Place:
    """Where the entry of a text stands that is not shown: marked fuzzy, of older English words, or left empty. The
    beginning of the file where it holds no such entry."""
    known = translation.unsure.get(id_) or translation.outdated.get(id_)
    return known or _written(translation.place, id_) or translation.place


def _written(file: Place, id_: str) -> Place | None:
    try:
        lines = Path(file.path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    wanted = f'msgctxt "{id_}"'
    return next((Place(file.path, number, 1) for number, line in enumerate(lines, start=1) if line == wanted), None)


def reason(translation: Translation, id_: str) -> str:
    """Why a text is not shown in the language."""
    if id_ in translation.unsure:
        return "its translation is marked fuzzy"
    return "its translation belongs to older English words" if id_ in translation.outdated else "it is not translated"


def example_file(*entries: tuple[str, str, str], reviewed_by: str = "") -> str:
    """A PO file in French for the rules' examples: contexts, English words, and French ones."""
    header = ["Language: fr", "Content-Type: text/plain; charset=UTF-8", f"X-Reviewed-By: {reviewed_by}"]
    lines = ['msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in header)]
    for context, source, text in entries:
        lines += ["", f'msgctxt "{context}"', f'msgid "{source}"', f'msgstr "{text}"']
    return "\n".join([*lines, ""])
