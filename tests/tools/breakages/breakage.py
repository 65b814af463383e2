"""One small break of the program, and the tests that must notice it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Breakage:
    """In ``file``, ``before`` (which stands there once) becomes ``after``; one of ``tests`` must fail."""

    promise: str
    file: str
    before: str
    after: str
    tests: str
