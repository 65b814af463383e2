"""Whether content is proven: the one question that `run` asks before it serves anybody, so it imports nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

FILE: Final = ".waypost-proof.json"
"""Stands in the folder of the last pack. No part of the content, so it changes no fingerprint."""

FORMAT: Final = 1
_LARGEST: Final = 16 * 1024 * 1024


class ProofError(ValueError):
    """A file that is no proof. Its text says what to do."""


def is_proven(fingerprint: str, version: str, folder: Path) -> bool:
    """Whether the proof in ``folder`` is of exactly this content and this version of Waypost.

    Its age does not matter: what only time has brought never keeps a bot from answering.
    """
    try:
        values = proof_values(folder / FILE)
    except ProofError:
        return False
    return (values.get("content"), values.get("waypost")) == (fingerprint, version)


def proof_values(file: Path) -> dict[str, Any]:
    """What stands in a proof. Raises `ProofError`."""
    try:
        if not file.is_file():  # to open a pipe would wait for ever for somebody who writes to it
            raise ProofError(f"{file} is no file. Make one with: python -m bot check")
        if file.stat().st_size > _LARGEST:
            raise ProofError(f"{file} is too large for a proof.")
        values = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        raise ProofError(f"{file} cannot be read as a proof. Make one with: python -m bot check") from None
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise ProofError(f"{file} is no proof of a format that this version knows. Make one with: python -m bot check")
    return values
