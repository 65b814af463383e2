"""Content loaded from its files: what has to be done where it was not made ready (see `bot.operations.prepared`)."""

from __future__ import annotations

from pathlib import Path

from bot import __version__
from bot.checks.proven import is_proven
from bot.content.folders import pack_folder
from bot.dialogue.engine import Engine
from bot.dialogue.opening import open_engine
from bot.operations.prepared import FOLDER, Loaded, Wanted, name_of, write_prepared


class NotPreparedError(Exception):
    """Content that cannot be made ready. The text says what to do."""


def load(wanted: Wanted) -> Loaded:
    """Load content as it lies on the disk. Raises `ContentError`.

    Of content that is proven only what people can be shown is read, which is quicker and takes less memory; of any
    other all of it, since its mistakes are wanted.
    """
    engine = _opened(wanted, only_shown=True)
    if not _is_proven(engine, wanted):
        engine = _opened(wanted, only_shown=False)
    return Loaded(engine.content, engine.reader)


def prepare(wanted: Wanted, folder: Path = FOLDER) -> Path:
    """Make content ready for later starts; the file that keeps it.

    Raises `ContentError`, `NotPreparedError` where it is not proven or changes meanwhile, and OSError where the file
    cannot be written.
    """
    name = name_of(wanted)
    engine = _opened(wanted, only_shown=True)
    if not _is_proven(engine, wanted):
        raise NotPreparedError("Only proven content is made ready. Prove it first: python -m bot check")
    path = write_prepared(Loaded(engine.content, engine.reader), name, folder)
    if name_of(wanted) != name:
        path.unlink()
        raise NotPreparedError("The files have changed meanwhile. Do it once more.")
    return path


def _opened(wanted: Wanted, *, only_shown: bool) -> Engine:
    return open_engine(
        wanted.packs,
        default_language=wanted.default_language,
        languages=wanted.languages,
        only_shown=only_shown,
    )


def _is_proven(engine: Engine, wanted: Wanted) -> bool:
    return is_proven(engine.content.fingerprint, __version__, pack_folder(wanted.packs[-1]))
