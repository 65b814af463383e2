"""Older content, from wherever somebody kept it: a folder, a git revision, a published proof."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.checks.proof import read_proof
from bot.checks.proven import ProofError
from bot.checks.sent.memory import Memory, remember
from bot.content.errors import ContentError
from bot.content.load import BASE, pack_folder
from bot.dialogue.opening import open_engine

GIT: Final = "git:"
_SECONDS: Final = 60


class OldContentError(Exception):
    """Older content that cannot be had. Its text says why, and what to do."""


def old_content(named: str, packs: Sequence[str], default_language: str, now: datetime) -> Memory:
    """What ``--against`` names. Raises `OldContentError`.

    A folder or a revision stands for the last of ``packs``, the one that a charity writes itself; a revision for every
    other pack of the same repository as well. A folder that holds a whole version of Waypost stands for ``base``, and
    for each pack that lies in it as it does here.
    """
    with tempfile.TemporaryDirectory(prefix="waypost-") as folder:
        return _old_content(named, packs, default_language, now, Path(folder))


def _old_content(named: str, packs: Sequence[str], default_language: str, now: datetime, free: Path) -> Memory:
    if named.startswith(GIT):
        older = _at_revision(named.removeprefix(GIT), packs, free)
        return _remembered(named, [_todays_texts(free), *older], default_language, now)
    path = Path(named)
    if path.is_dir() and not _holds_content(path):
        return _proven(path)
    if path.is_dir():
        then = [*_of_version(path, packs)] if _is_version(path) else [*packs[:-1], named]
        return _remembered(named, [_todays_texts(free), *then], default_language, now)
    if path.is_file():
        return _proven(path)
    raise OldContentError(
        f"There is no `{named}`. Name a folder with content, a file with a proof, or a revision such as git:v1.2."
    )


def _proven(path: Path) -> Memory:
    try:
        return read_proof(path).memory
    except ProofError as error:
        raise OldContentError(str(error)) from None


def _remembered(named: str, packs: Sequence[str], default_language: str, now: datetime) -> Memory:
    try:
        return remember(named, open_engine(packs, default_language=default_language), now)
    except ContentError as error:
        message = f"The content of {named} does not load with this version of Waypost; name its proof instead.\n{error}"
        raise OldContentError(message) from None


def _holds_content(folder: Path) -> bool:
    return (folder / "flows").is_dir() or (folder / "resources.yaml").is_file()


def _is_version(folder: Path) -> bool:
    """Whether it is Waypost itself, of whatever age, with its content."""
    return (folder / "bot" / "__main__.py").is_file() and (folder / "flows").is_dir()


def _of_version(folder: Path, packs: Sequence[str]) -> Iterator[str]:
    """The packs as that version has them: a pack named from the working folder may lie in the old one, too."""
    for pack in packs:
        there = folder / pack
        if pack == BASE:
            yield str(folder)
        else:
            yield str(there) if not Path(pack).is_absolute() and _holds_content(there) else pack


def _todays_texts(free: Path) -> str:
    """A pack with nothing but the shared texts of today, for those that Waypost has come to need since."""
    pack = free / "texts"
    shared = Path("flows") / "shared" / "texts.yaml"
    (pack / shared).parent.mkdir(parents=True)
    shutil.copyfile(pack_folder(BASE) / shared, pack / shared)
    return str(pack)


def _at_revision(revision: str, packs: Sequence[str], free: Path) -> Iterator[str]:
    """The packs as they were then, unpacked below the folder ``free``; without those that came later."""
    for number, pack in enumerate(packs):
        folder = pack_folder(pack)
        there = free / str(number)
        if number > 0 and _is_newer(revision, folder):
            continue
        if _is_in_git(folder):
            _unpack(_archive(revision, folder), there)
            yield str(there)
        elif number == len(packs) - 1:
            raise OldContentError(f"{folder} is in no git repository, so it has no revision {revision}.")
        else:
            yield pack


def _is_in_git(folder: Path) -> bool:
    return _git(folder, "rev-parse", "--is-inside-work-tree").returncode == 0


def _is_newer(revision: str, folder: Path) -> bool:
    """Whether there was no such folder at a revision that there is: it has sent no buttons then."""
    if (
        revision.startswith("-")
        or _git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").returncode
    ):
        return False
    return _git(folder, "cat-file", "-e", f"{revision}:./").returncode != 0


def _archive(revision: str, folder: Path) -> bytes:
    if revision.startswith("-"):
        raise OldContentError(f"`{revision}` is no revision.")
    made = _git(folder, "archive", "--format=tar", revision)
    if made.returncode != 0:
        reason = made.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        raise OldContentError(f"git has no {revision} of {folder}: {reason}")
    return made.stdout


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 (no shell, and a revision cannot begin with a hyphen)
            ["git", *arguments],  # noqa: S607 (git is where the operator has it)
            cwd=folder,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise OldContentError(f"git could not be asked: {type(error).__name__}.") from None


def _unpack(archive: bytes, folder: Path) -> None:
    """Only what content is made of."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        wanted = [member for member in tar if member.name == "resources.yaml" or member.name.startswith("flows/")]
        tar.extractall(folder, members=wanted, filter="data")
    folder.mkdir(exist_ok=True)
