"""Mutations applied to a copy of the shipped content, and the line at which each has to be found."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from bot.content.load import BASE, pack_folder
from tests.mutations.mutation import Change, Mutation


class StaleMutationError(Exception):
    """A passage that a mutation is about does not stand in the shipped content (any more): write the mutation anew."""


def shipped_copy(folder: Path) -> Path:
    """The shipped content in ``folder``, which must not exist."""
    base = pack_folder(BASE)
    shutil.copytree(base / "flows", folder / "flows")
    shutil.copyfile(base / "resources.yaml", folder / "resources.yaml")
    return folder


def mutated_copy(folder: Path, mutations: Sequence[Mutation]) -> Path:
    """The shipped content in ``folder`` with the changes of these mutations. Raises `StaleMutationError`."""
    shipped_copy(folder)
    for mutation in mutations:
        for change in mutation.changes:
            _apply(folder, change, mutation.name)
    return folder


def try_on(folder: Path, mutation: Mutation) -> tuple[str, int]:
    """Where it belongs in the shipped content in ``folder``, which stays as it is. Raises `StaleMutationError`."""
    touched = {path: path.read_bytes() for change in mutation.changes for path in folder.glob(change.file)}
    try:
        for change in mutation.changes:
            _apply(folder, change, mutation.name)
        return place(folder, mutation)
    finally:
        for change in mutation.changes:
            for path in folder.glob(change.file):
                path.unlink()
        for path, data in touched.items():
            path.write_bytes(data)


def place(folder: Path, mutation: Mutation) -> tuple[str, int]:
    """File and line (0: the file as a whole) where the finding belongs, in content that is mutated already."""
    change = mutation.changes[0]
    file = mutation.file or change.file
    if mutation.at is None:
        return file, 0
    path, position = _found(folder, file, mutation.at or (change.after, change.new or ""), mutation.name)
    text = path.read_text(encoding="utf-8")
    found = text[position:]
    line = text.count("\n", 0, position + len(found) - len(found.lstrip("\n"))) + 1
    return path.relative_to(folder).as_posix(), line


def _found(folder: Path, pattern: str, passages: Sequence[str], name: str) -> tuple[Path, int]:
    """The first file of a pattern that holds the passages one after the other, and where the last of them begins."""
    for path in sorted(folder.glob(pattern)):
        text = path.read_text(encoding="utf-8")
        position = 0
        for passage in passages:
            position = text.find(passage, position) if position >= 0 else position
        if position >= 0:
            return path, position
    raise StaleMutationError(f"{name}: {pattern} does not hold {' … '.join(map(repr, passages))}")


def _apply(folder: Path, change: Change, name: str) -> None:
    if change.old is None:
        path = folder / change.file
        if change.new is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(change.new, encoding="utf-8")
        return
    path, position = _found(folder, change.file, (change.after, change.old), name)
    text = path.read_text(encoding="utf-8")
    new = change.new or ""
    if change.everywhere:
        changed = text.replace(change.old, new)
    else:
        changed = f"{text[:position]}{new}{text[position + len(change.old) :]}"
    path.write_text(changed, encoding="utf-8")
