"""Everything the bot asked for and what it was told, readable when a test fails."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.standin.refusals import Cause, Json

FETCHES_MEDIA = frozenset(
    {
        "getFile",
        "getUserProfilePhotos",
        "getUserProfileAudios",
        "forwardMessage",
        "forwardMessages",
        "copyMessage",
        "copyMessages",
    }
)
"""Calls with which media is read, forwarded or kept: this bot makes none of them, ever."""


@dataclass
class Call:
    """One call. ``status`` and ``answer`` are None when no answer was sent; times are seconds, ``at`` since 1970."""

    method: str
    parameters: Json
    at: float
    status: int | None = None
    answer: Json | None = None
    cause: Cause | None = None
    fault: str | None = None
    seconds: float = 0.0
    started: float = field(default_factory=time.monotonic, repr=False)

    @property
    def chat_id(self) -> int | None:
        try:
            return int(self.parameters["chat_id"])
        except (KeyError, ValueError, TypeError):
            return None

    @property
    def refused(self) -> bool:
        return self.status is not None and 400 <= self.status < 500

    def answered(self, status: int, answer: Json | None) -> None:
        self.status, self.answer = status, answer
        self.seconds = time.monotonic() - self.started

    def line(self) -> str:
        """One line for people: what was called, with what, and how it ended."""
        shown = ", ".join(f"{name}={short(value)}" for name, value in self.parameters.items())
        if self.status is None:
            outcome = self.fault or "no answer yet"
        else:
            outcome = f"{self.status} {(self.answer or {}).get('description', '')}".strip()
        return f"{self.method}({shown}) -> {outcome}"


@dataclass(frozen=True)
class Finding:
    """Something that Telegram accepts and a person pays for: a preview, a lost link, a button that vanished."""

    kind: str
    detail: str
    method: str

    def line(self) -> str:
        return f"{self.kind}: {self.detail} (in {self.method})"


@dataclass
class Journal:
    calls: list[Call] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def refusals(self) -> list[Call]:
        """Every call answered with 4xx, whoever is to blame."""
        return [call for call in self.calls if call.refused]

    @property
    def downloads(self) -> list[Call]:
        """Every attempt to fetch, forward or copy media."""
        return [call for call in self.calls if call.method in FETCHES_MEDIA or call.method.startswith("file/")]

    def of(self, *methods: str) -> list[Call]:
        return [call for call in self.calls if call.method in methods]

    def complaints(self, allow: Iterable[str]) -> list[str]:
        """What the bot did wrong, one line each. ``allow``: parts of lines that this test expects."""
        downloads = self.downloads
        lines = [f"media touched: {call.line()}" for call in downloads]
        lines += [call.line() for call in self.refusals if call.cause == "bot" and call not in downloads]
        lines += [finding.line() for finding in self.findings]
        return [line for line in lines if not any(part in line for part in allow)]


def short(value: object, longest: int = 120) -> str:
    text = repr(value)
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
