"""The style and the script: files of our own, whose names change with what is in them and say nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from typing import Final

SCRIPT_TYPE: Final = "text/javascript; charset=utf-8"
STYLE_TYPE: Final = "text/css; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is served."""

    path: str
    body: bytes
    media_type: str


def asset(stem: str, ending: str, text: str, media_type: str) -> Asset:
    """A file whose name holds a hash of its text."""
    body = text.encode("utf-8")
    return Asset(f"/{stem}-{sha256(body).hexdigest()[:16]}.{ending}", body, media_type)


def read(name: str) -> str:
    """The text of a file beside this module."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
