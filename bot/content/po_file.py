"""A PO file read for the bot (https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html).

`polib` reads the format. Entries without a translation, most of a young file, and notes for translators are left out
before it looks: they say nothing, and thirteen languages of them would be half of the time that a start takes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polib

from bot.content.errors import ContentError, Place, Problem

FILE_NAME: Final = "waypost.po"
LONGEST_FILE: Final = 8 * 1024 * 1024
"""Bytes. Many times a whole translation; more is no translation."""

REVIEWED_BY: Final = "X-Reviewed-By"
"""The header that names the native speakers who read it all; empty until somebody has."""

_BETWEEN: Final = "\n\n"
_UNTRANSLATED: Final = '\nmsgstr ""'
_NOTES: Final = ("#. ", "#: ")
_REVIEWERS = re.compile(rf'^"{REVIEWED_BY}:(.*)\\n"$', re.MULTILINE)
_ON_THE_CARD = re.compile('\nmsgctxt "(?:text|service):')
"""The engine's own words, and those about services."""
_LINE = re.compile(r"\(line (\d+)\)")


@dataclass(frozen=True, slots=True)
class PoEntry:
    """One translation: context, the English words it belongs to, its own words and where they begin."""

    id: str
    source: str
    text: str
    fuzzy: bool
    place: Place


@dataclass(frozen=True, slots=True)
class PoFile:
    """The translated entries of one file, and who reviewed it (empty: nobody)."""

    language: str
    reviewers: str
    entries: tuple[PoEntry, ...]
    place: Place


def read_po(source: str, shown: Path, language: str, whole: Callable[[str], bool] = lambda _: True) -> PoFile:
    """The file with the text ``source`` (see `po_text`), of the folder for ``language``. Raises `ContentError`.

    Where ``whole`` says no, asked with who reviewed it, only what the emergency card is made of is read.
    """
    translated, lines = _what_says_something(source, all_of_it=whole(_reviewers_at_the_head_of(source)))
    try:
        file = polib.pofile(translated, wrapwidth=0)
    except (OSError, ValueError, IndexError, KeyError) as error:
        found = _LINE.search(str(error))
        place = Place(shown, _line_of(int(found[1]), lines) if found else 0, 1)
        hint = "Open it in Poedit, or run `msgfmt -c` on it, to see what is wrong there."
        raise ContentError([Problem(place, "this is no PO file that can be read", hint)]) from None
    kept = translated.split("\n")
    begin = {id(entry): _line_of(_line_of_words(entry.linenum, kept), lines) for entry in file}
    for entry in file:
        entry.linenum = _line_of(entry.linenum, lines)
    problems = [*_header_problems(file, shown, language), *_entry_problems(file, shown)]
    if problems:
        raise ContentError(problems)
    entries = tuple(
        PoEntry(entry.msgctxt or "", entry.msgid, entry.msgstr, entry.fuzzy, Place(shown, begin[id(entry)], 1))
        for entry in file
        if not entry.obsolete and entry.msgstr
    )
    return PoFile(language, " ".join(file.metadata.get(REVIEWED_BY, "").split()), entries, Place(shown, 1, 1))


def po_text(path: Path, shown: Path) -> str:
    """The text of the file at ``path``, named ``shown`` in errors. Raises `ContentError`."""
    try:
        if path.exists() and not path.is_file():  # to open a pipe would wait for ever for somebody who writes to it
            raise ContentError([Problem(Place(shown), "this is no file", "Put a file of text in its place.")])
        if path.stat().st_size > LONGEST_FILE:
            message = f"the file has over {LONGEST_FILE // 1024 // 1024} megabytes"
            raise ContentError([Problem(Place(shown), message, "A PO file holds only words.")])
        return path.read_text("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise ContentError([Problem(Place(shown), "is not plain text", "Save it as UTF-8.")]) from None
    except OSError as error:
        raise ContentError([Problem(Place(shown), f"cannot be read: {error.strerror}")]) from None


def _reviewers_at_the_head_of(source: str) -> str:
    found = _REVIEWERS.search(source, 0, source.find("\nmsgctxt "))
    return found[1].strip() if found else ""


def _what_says_something(source: str, *, all_of_it: bool) -> tuple[str, list[int]]:
    """The text without untranslated entries and without notes, and for each of its lines the line of the file. Unless
    it is ``all_of_it``, also without what the emergency card has no use for.
    """
    kept: list[str] = []
    lines: list[int] = []
    for line, entry in _every_entry(source) if all_of_it else _entries_on_the_card(source):
        if kept and entry.rstrip().endswith(_UNTRANSLATED) and not entry.startswith("#~"):
            continue  # but never the header
        first = len(lines)
        for number, words in enumerate((*entry.split("\n"), ""), line):
            if not words.startswith(_NOTES):
                kept.append(words)
                lines.append(number)
        lines[first] = line  # an entry begins with its notes
    return "\n".join(kept), lines


def _every_entry(source: str) -> Iterator[tuple[int, str]]:
    """The line of every entry and its text, the header first."""
    line = 1
    for entry in source.split(_BETWEEN):
        yield line, entry
        line += entry.count("\n") + 2


def _entries_on_the_card(source: str) -> Iterator[tuple[int, str]]:
    """The header and the entries that the emergency card is made of. Most are not, and are never looked at."""
    line, done = 1, source.find(_BETWEEN)
    yield line, source[:done] if done >= 0 else source
    counted = 0
    for found in _ON_THE_CARD.finditer(source, done if done >= 0 else len(source)):
        if found.start() < done:
            continue  # an entry of two, without an empty line between them
        begin = source.rfind(_BETWEEN, 0, found.start() + 1) + len(_BETWEEN)
        end = source.find(_BETWEEN, found.end())
        done = end if end >= 0 else len(source)
        line += source.count("\n", counted, begin)
        counted = begin
        yield line, source[begin:done]


def _line_of_words(entry: int, kept: Sequence[str]) -> int:
    """The line among those kept (both from 1) on which the words of the entry stand that begins there."""
    return next((line for line in range(entry, len(kept) + 1) if kept[line - 1].startswith("msgstr")), entry)


def _line_of(kept: int, lines: list[int]) -> int:
    """The line of the file that became the line ``kept`` (both from 1); its last one for whatever lies beyond."""
    return lines[min(max(kept, 1), len(lines)) - 1]


def _header_problems(file: polib.POFile, shown: Path, language: str) -> list[Problem]:
    named = file.metadata.get("Language", "")
    if named.replace("-", "_").split("_", 1)[0] == language:
        return []
    message = f"the header names the language `{named}`, the folder `{language}`"
    return [Problem(Place(shown, 1, 1), message, f'Write "Language: {language}\\n" in the header.')]


def _entry_problems(file: polib.POFile, shown: Path) -> list[Problem]:
    problems: list[Problem] = []
    seen: dict[tuple[str, str], int] = {}
    for entry in file:
        if entry.obsolete:
            continue
        place = Place(shown, entry.linenum, 1)
        if entry.msgid_plural:
            problems.append(Problem(place, "a plural form, which no text here has", "Write one msgid and one msgstr."))
        key = (entry.msgctxt or "", entry.msgid)
        if key in seen:
            message = f"the same entry stands at line {seen[key]} already"
            problems.append(Problem(place, message, "Keep the better one."))
        seen[key] = entry.linenum
    return problems
