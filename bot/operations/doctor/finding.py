"""What one check of a deployment says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How it stands. ``look``: it may be meant so, and somebody should decide that it is."""

    OK = "ok"
    LOOK = "look"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. ``said`` and ``remedy`` never hold a secret, or an address that holds one."""

    about: str
    verdict: Verdict
    said: str
    remedy: str = ""


def ok(about: str, said: str) -> Finding:
    """All is well."""
    return Finding(about, Verdict.OK, said)


def look(about: str, said: str, remedy: str) -> Finding:
    """Somebody should decide whether it is meant."""
    return Finding(about, Verdict.LOOK, said, remedy)


def wrong(about: str, said: str, remedy: str) -> Finding:
    """It has to be mended."""
    return Finding(about, Verdict.WRONG, said, remedy)
