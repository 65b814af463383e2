"""Content made ready in advance (`python -m bot content prepare`), so that a start neither reads YAML nor compiles.

It is to content what byte code is to a program, and lies where that lies, inside the package: whoever can write there
can change the program itself, which is why it may be a pickle. Nothing like it is ever read from the folder of a pack.

Its name is a digest of all that it is made of, so that there is nothing to keep in step: after any change of the
content, its proof, the settings or the program it is not found, and the content is loaded as ever.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import pickle
import pickletools
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any, Final

import pydantic

from bot import __version__
from bot.content.collecting import collecting_later
from bot.content.folders import pack_folder
from bot.operations.content_files import files_of

if TYPE_CHECKING:  # imported by what is read
    from bot.content.model import Content
    from bot.settings import Settings
    from bot.understanding.reader import Reader

_PACKAGE: Final = Path(__file__).parents[1]
FOLDER: Final = _PACKAGE / "__prepared__"

_MAKERS: Final = ("content", "understanding")
"""The parts of the program that what is kept consists of."""

_PROTOCOL: Final = 5

_LARGEST: Final = 16 * 1024 * 1024
"""Bytes. No file of a pack or of the program has as many; content with one is refused when it is read."""

_MOST_NUMBER: Final = 65_535
"""Numbers up to this are kept once each: tables name the same few thousand again and again."""

_NUMBERS_OF_PYTHON: Final = 256
"""Numbers up to this Python itself keeps once each."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to load: packs, the language of people whose own nobody knows, and the languages that are offered whole."""

    packs: tuple[str, ...]
    default_language: str
    languages: tuple[str, ...]

    @classmethod
    def by(cls, settings: Settings) -> Wanted:
        """What these settings ask for."""
        return cls(settings.content, settings.default_language, settings.languages)


@dataclass(frozen=True, slots=True)
class Loaded:
    """Content that is cross-checked, and what reads typed words by it."""

    content: Content
    reader: Reader


def read_prepared(wanted: Wanted, folder: Path = FOLDER) -> Loaded | None:
    """What was made ready of the files just as they are now; None if nothing was."""
    with contextlib.suppress(Exception):  # whatever is wrong with it, the content can still be loaded
        with (folder / name_of(wanted)).open("rb") as file, collecting_later():
            loaded: Loaded = _Reader(file).load()
        return loaded
    return None


def is_prepared(wanted: Wanted, folder: Path = FOLDER) -> bool:
    """Whether something was made ready of the files just as they are now; it is not read for that."""
    with contextlib.suppress(OSError):
        return (folder / name_of(wanted)).is_file()
    return False


def write_prepared(loaded: Loaded, name: str, folder: Path = FOLDER) -> Path:
    """Keep this under the `name_of` what was wanted, in place of what was kept before; the file. Raises OSError."""
    folder.mkdir(exist_ok=True)
    before = [*folder.iterdir()]
    written = BytesIO()
    writer = _Writer(written)
    writer.dump(loaded)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        pickle.dump([*writer.once], file, _PROTOCOL)
        # Without this, reading remembers each small thing on its way until the end, in case it is named again, and
        # leaves 4 MiB of holes behind; so it remembers only what is named again, and takes a fifth less time.
        file.write(pickletools.optimize(written.getvalue()))
    Path(file.name).chmod(0o644)
    kept = Path(file.name).replace(folder / name)
    for other in before:
        if other != kept:
            other.unlink()
    return kept


def name_of(wanted: Wanted) -> str:
    """The name of what is made of the files as they are now. Raises OSError where one of them cannot be read."""
    digest = hashlib.sha256(
        repr((sys.version, __version__, pydantic.VERSION, wanted.default_language, wanted.languages)).encode()
    )
    for path in _made_of(wanted):
        digest.update(f"\0{path}\0".encode())
        with Path(path).open("rb") as file:
            if os.fstat(file.fileno()).st_size > _LARGEST:
                raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return f"{digest.hexdigest()}.pickle"


def _made_of(wanted: Wanted) -> Iterator[str]:
    for part in _MAKERS:
        yield from sorted(str(path) for path in (_PACKAGE / part).glob("*.py"))
    for pack in wanted.packs:
        yield from filter(os.path.isfile, sorted(files_of(pack_folder(pack).resolve())))


class _Writer(pickle.Pickler):
    """Keeps each word and each number once, however many things hold it, so that the same content gives the same file.

    Also writes tables that nobody can change.
    """

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__(file, _PROTOCOL)
        self.once: dict[str | int, int] = {}
        """Word or number → where it stands among them."""

    def persistent_id(self, value: object) -> int | None:
        if type(value) is str or (type(value) is int and _NUMBERS_OF_PYTHON < value <= _MOST_NUMBER):
            return self.once.setdefault(value, len(self.once))
        return None

    def reducer_override(self, value: object) -> Any:
        if isinstance(value, MappingProxyType):
            return _unchangeable, (dict(value),)
        return NotImplemented


class _Reader(pickle.Unpickler):
    """Safe only for what is part of the program (see above)."""

    def __init__(self, file: IO[bytes]) -> None:
        once: list[str | int] = pickle.load(file)  # noqa: S301
        super().__init__(file)
        self.persistent_load = once.__getitem__  # type: ignore[method-assign]


def _unchangeable(table: dict[Any, Any]) -> Mapping[Any, Any]:
    return MappingProxyType(table)
