"""PO files made and brought up to date, as translators' programs want them (Poedit, Weblate, msgfmt).

A translation is never thrown away. Where the English words have changed it stays beside them, marked fuzzy, so that
it is not shown until somebody has looked; where a text is gone it stays at the end of the file as obsolete.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import polib

from bot.content.languages import KNOWN_LANGUAGES
from bot.content.po_file import REVIEWED_BY
from bot.content.translatable import Translatable

FUZZY: Final = "fuzzy"

_HEAD: Final = (
    "Waypost in {name}.\n"
    "Whoever has read all of this as a native speaker, and stands by it, writes their name or organisation into\n"
    f"{REVIEWED_BY} below. Until then it counts as made by a machine and not reviewed by a native speaker, and people\n"
    "get only the emergency card in this language (see docs/translating.md)."
)


@dataclass(frozen=True, slots=True)
class Noted:
    """A text, and what its translators are told."""

    text: Translatable
    note: str


def template(texts: Iterable[Noted], now: datetime) -> str:
    """A template (.pot): every text, nothing translated."""
    file = _new("", now)
    file.extend(_entry(noted) for noted in texts)
    return str(file) + "\n"


def updated(before: str | None, language: str, texts: Sequence[Noted], now: datetime) -> str:
    """The PO file of ``language`` for today's ``texts``, keeping all that ``before`` (None: a new file) holds.

    Raises OSError or ValueError where ``before`` is no PO file.
    """
    old = polib.pofile(before) if before is not None else _new(language, now)
    new = _new(language, now)
    new.header = old.header or new.header
    new.metadata = {**new.metadata, **old.metadata}
    memory = _Memory(old)
    new.extend(memory.translated(noted) for noted in texts)
    here = {noted.text.id for noted in texts}
    new.extend(_obsolete(entry) for entry in old if entry.msgstr and entry.msgctxt not in here)
    return str(new) + "\n"


class _Memory:
    """What an older file knows, by id and by English words."""

    def __init__(self, old: polib.POFile) -> None:
        self._by_id: dict[str, polib.POEntry] = {}
        self._by_words: dict[str, list[polib.POEntry]] = defaultdict(list)
        for entry in sorted(old, key=lambda entry: not entry.obsolete):  # what is in use outranks what is obsolete
            self._by_id[entry.msgctxt or ""] = entry
            if entry.msgstr and FUZZY not in entry.flags:
                self._by_words[entry.msgid].append(entry)

    def translated(self, noted: Noted) -> polib.POEntry:
        """The entry for a text: with its own translation, one of the same words nearby, or none."""
        text = noted.text
        made = _entry(noted)
        own = self._by_id.get(text.id)
        if own is not None:
            made.tcomment = own.tcomment
            if own.msgid == text.text:
                made.msgstr, made.flags, made.previous_msgid = own.msgstr, own.flags, own.previous_msgid
                if made.msgstr:
                    return made
        near = [entry for entry in self._by_words[text.text] if _scope(entry.msgctxt or "") == _scope(text.id)]
        if near:
            made.msgstr, made.flags = near[-1].msgstr, []
        elif own is not None and own.msgstr:
            made.msgstr, made.flags = own.msgstr, [FUZZY]
            made.previous_msgid = own.previous_msgid if FUZZY in own.flags and own.previous_msgid else own.msgid
        return made


def _scope(id_: str) -> str:
    """The screen, service or answer an id belongs to, and the role: within it the same words mean the same."""
    place, _, role = id_.rpartition("/")
    return f"{'/'.join(place.split('/')[:2])} {role.split('[')[0].split('#')[0]}"


def _entry(noted: Noted) -> polib.POEntry:
    path = noted.text.place.path.as_posix()
    return polib.POEntry(msgctxt=noted.text.id, msgid=noted.text.text, comment=noted.note, occurrences=[(path, "")])


def _obsolete(entry: polib.POEntry) -> polib.POEntry:
    return polib.POEntry(
        msgctxt=entry.msgctxt, msgid=entry.msgid, msgstr=entry.msgstr, flags=entry.flags, obsolete=True
    )


def _new(language: str, now: datetime) -> polib.POFile:
    file = polib.POFile()
    known = KNOWN_LANGUAGES.get(language)
    file.header = _HEAD.format(name=known.english_name if known else language or "another language")
    file.metadata = {
        "Project-Id-Version": "Waypost",
        "Report-Msgid-Bugs-To": "",
        "POT-Creation-Date": f"{now:%Y-%m-%d %H:%M%z}",
        "PO-Revision-Date": f"{now:%Y-%m-%d %H:%M%z}",
        "Last-Translator": "nobody yet",
        "Language-Team": known.english_name if known else "",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        REVIEWED_BY: "",
    }
    return file


def read_if_there(path: Path) -> str | None:
    """A file's text; None where there is none."""
    return path.read_text("utf-8-sig") if path.is_file() else None
