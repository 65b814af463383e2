"""From pack folders to one cross-checked `Content`.

A pack is a folder with ``resources.yaml`` and ``flows/``. Later packs override earlier ones by id: a flow, a service,
an answer or an intent as a whole, a shared text by its key; or change parts of them (see `bot.content.changes`).
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from pydantic import BaseModel

from bot.content import flow_schema, phrases_file, service_schema, shared_schema, words_file
from bot.content.assembly import Parts, assemble, services_as_met
from bot.content.changes import changed_flow, changed_resources, is_change_of_flow
from bot.content.document import Document
from bot.content.errors import ContentError, Place, Problem
from bot.content.folders import BASE, pack_folder
from bot.content.languages import ENGLISH
from bot.content.model import Content, Service
from bot.content.po_file import FILE_NAME, po_text, read_po
from bot.content.points_file import points_of
from bot.content.validation import validated
from bot.content.written import Written
from bot.content.yaml_document import parse_text, read, text_of


def load(
    packs: Sequence[str] = (BASE,),
    *,
    default_language: str = "en",
    languages: Sequence[str] = (),
    translated: bool = True,
    only_shown: bool = False,
    hours_complaint: Callable[[str], str | None] = lambda _: None,
) -> Content:
    """Load and cross-check packs. ``hours_complaint`` says what is wrong with an opening-hours expression, if anything.

    ``languages`` are offered whole; none named means the content's own and those that a native speaker has reviewed.
    ``translated`` false leaves all translations and what people type in other languages unread, for a quick look.
    ``only_shown`` is for content that is proven, and leaves out what people are not shown: most of the languages that
    are not offered whole, what only checks ask for, and where everything stands; every place in it is the beginning of
    a file. The fingerprint is that of all files nonetheless.

    Raises `ContentError` with every mistake of every file, at its place.
    """
    read_as = partial(_load, packs, default_language, languages, hours_complaint, translated=translated)
    if only_shown:
        with contextlib.suppress(ContentError):  # its mistakes are wanted with their places
            return read_as(only_shown=True)
    return read_as(only_shown=only_shown, placed=True)


def _load(
    packs: Sequence[str],
    default_language: str,
    languages: Sequence[str],
    hours_complaint: Callable[[str], str | None],
    *,
    translated: bool,
    only_shown: bool,
    placed: bool = False,
) -> Content:

    def whole(language: str, reviewers: str) -> bool:
        """Whether all of a translation may be shown."""
        offered = language in languages if languages else bool(reviewers)
        return offered or language == default_language or not only_shown

    parts = Parts(only_shown=not placed)
    digest = hashlib.sha256()
    for pack in packs:
        folder = pack_folder(pack)
        if not folder.is_dir():
            hint = "Check CONTENT: names of folders with `:` between them, or `base`."
            parts.problems.append(Problem(Place(folder), "there is no such content folder", hint))
            continue
        parts.packs.append(folder.resolve())
        _read_pack(folder, parts, digest, translated=translated, whole=whole)
    if languages or default_language != ENGLISH:  # another choice of languages shows other screens
        digest.update(f"{default_language}:{','.join(sorted(languages))}".encode())
    content = None
    if not parts.problems:
        content = assemble(parts, digest.hexdigest(), default_language, languages, hours_complaint)
    if content is None or parts.problems:
        raise ContentError(parts.problems)
    return content


def services_before(packs: Sequence[str], file: Path) -> dict[str, Document]:
    """The document that holds each service of the packs that stand before the one of ``file``.

    Raises `ContentError` where one of them cannot be read.
    """
    parts = Parts()
    for pack in packs:
        resources = pack_folder(pack) / "resources.yaml"
        if resources.resolve() == file.resolve():
            break
        if resources.is_file():
            document = _whole(read(resources, _shown(resources)), service_schema.ResourcesFile, parts)
            parts.add_resources(Written(validated(document, service_schema.ResourcesFile), document))
    return {id_: document for id_, (_, document) in parts.services.items()}


def services_in_force(packs: Sequence[str]) -> tuple[dict[str, Service], tuple[str, ...]]:
    """Each service as people meet it, of all packs together, and those named for when nobody answers.

    Reads the services and answers alone, so that a mistake in a flow keeps nobody from looking after numbers. Raises
    `ContentError` with every mistake of these files.
    """
    parts = Parts()
    for pack in packs:
        folder = pack_folder(pack)
        for path, shape, into in _files(folder, folder / "flows"):
            if shape is service_schema.ResourcesFile or shape is shared_schema.AnswersFile:
                try:
                    document = _whole(read(path, _shown(path)), shape, parts)
                    into(parts, Written(validated(document, shape), document))
                except ContentError as error:
                    parts.problems.extend(error.problems)
    services = services_as_met(parts)
    if parts.problems:
        raise ContentError(parts.problems)
    return services, parts.when_nobody_answers


def _read_pack(
    folder: Path, parts: Parts, digest: hashlib._Hash, *, translated: bool, whole: Callable[[str, str], bool]
) -> None:
    flows = folder / "flows"
    found = 0
    parts.problems.extend(Problem(Place(_shown(path)), why, hint) for path, why, hint in _misnamed(folder))
    for path, shape, into in _files(folder, flows):
        found += 1
        if not translated and shape is phrases_file.PhrasesFile and path.stem.partition("_")[0] != ENGLISH:
            continue
        shown = _shown(path)
        try:
            text = text_of(path, shown)
            digest.update(f"{path.relative_to(folder)}\0{text}\0".encode())
            if parts.only_shown and shape is words_file.WordsFile:
                continue  # words that do harm are looked for by checks
            document = _read(text, shown, shape, placed=not parts.only_shown)
            document = _whole(document, shape, parts)
            into(parts, Written(validated(document, shape), document))
        except ContentError as error:
            parts.problems.extend(error.problems)
    for path in sorted((flows / "locale").glob(f"*/{FILE_NAME}")):
        found += 1
        if not translated:
            continue
        try:
            shown = _shown(path)
            text = po_text(path, shown)
            digest.update(f"{path.relative_to(folder)}\0{text}\0".encode())
            file = read_po(text, shown, path.parent.name, partial(whole, path.parent.name))
            parts.locales.setdefault(file.language, []).append(file)
        except ContentError as error:
            parts.problems.extend(error.problems)
    if not found:
        hint = "A content folder holds resources.yaml and flows/*.yaml; see docs/writing.md."
        parts.problems.append(Problem(Place(folder), "there is no content in this folder", hint))


def _read(text: str, shown: Path, shape: type[BaseModel], *, placed: bool) -> Document:
    if not placed and shape is phrases_file.PhrasesFile and (points := points_of(text)) is not None:
        return Document(shown, points, (), values={(): Place(shown, 1, 1)})
    return parse_text(text, shown, placed=placed)


def _whole(document: Document, shape: type[BaseModel], parts: Parts) -> Document:
    """The document with what it changes of earlier packs filled in."""
    if shape is service_schema.ResourcesFile:
        return changed_resources(
            document, lambda id_: parts.services[id_][1] if id_ in parts.services else None, parts.services
        )
    if shape is flow_schema.WrittenFlow and is_change_of_flow(document):
        return changed_flow(
            document, lambda id_: parts.flows[id_].document if id_ in parts.flows else None, parts.flows
        )
    return document


def _files(folder: Path, flows: Path) -> Iterator[tuple[Path, type[BaseModel], Callable[[Parts, Written], None]]]:
    if _is_there(folder / "resources.yaml"):
        yield folder / "resources.yaml", service_schema.ResourcesFile, Parts.add_resources
    shared = flows / "shared"
    if _is_there(shared / "answers.yaml"):
        yield shared / "answers.yaml", shared_schema.AnswersFile, Parts.add_answers
    if _is_there(shared / "texts.yaml"):
        yield shared / "texts.yaml", shared_schema.TextsFile, Parts.add_texts
    if _is_there(shared / "bank_holidays.yaml"):
        yield shared / "bank_holidays.yaml", shared_schema.HolidaysFile, Parts.add_holidays
    for path in sorted((shared / "words").glob("*.yaml")):
        yield path, words_file.WordsFile, Parts.add_words
    for path in sorted((flows / "phrases").glob("*.yaml")):
        yield path, phrases_file.PhrasesFile, Parts.add_phrases
    for path in sorted(flows.glob("*.yaml")):
        yield path, flow_schema.WrittenFlow, Parts.add_flow


def _is_there(path: Path) -> bool:
    """Also a link that leads nowhere: it is an error when it is read, and not a file that nobody wrote."""
    return path.exists() or path.is_symlink()


_READ: Final = frozenset({".", "shared", "shared/words", "phrases"})
"""Folders below `flows` whose YAML files are read."""


def _misnamed(folder: Path) -> Iterator[tuple[Path, str, str]]:
    """Files that their author believes to be content and that nothing reads, with why, and what to do."""
    flows = folder / "flows"
    for path in sorted([*flows.rglob("*.[yY]*[mM][lL]"), *folder.glob("[rR]esources.[yY]*[mM][lL]")]):
        if path.suffix != ".yaml":
            yield path, f"this file's name ends in {path.suffix}", f"Name it {path.stem}.yaml, or it is not read."
        elif path.parent != folder and path.parent.relative_to(flows).as_posix() not in _READ:
            hint = f"Move it to {_shown(flows)}, where flows are read, or to phrases or shared below it."
            yield path, "nothing in this folder is read", hint
    for path in sorted((flows / "locale").rglob("*.[pP][oO]")):
        if path.name != FILE_NAME or path.parent.parent != flows / "locale":
            hint = f"Name it {_shown(flows / 'locale')}/LANGUAGE/{FILE_NAME}, with the language's code such as cy."
            yield path, "this translation is not read", hint


def _shown(path: Path) -> Path:
    """The path as errors name it: relative to the working folder where that is shorter."""
    try:
        return path.resolve().relative_to(Path.cwd())
    except ValueError:
        return path


__all__ = ["BASE", "Content", "Document", "load", "pack_folder"]
