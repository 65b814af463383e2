"""Findings of one rule at one place put together: the shortest way there stands for all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.checks.finding import Finding


def put_together(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """One finding for each rule and place, with the number of others like it, in the order of the files' lines."""
    gathered: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        gathered.setdefault((finding.code, finding.place, finding.about), []).append(finding)
    made = [replace(min(alike, key=_length), more=len(alike) - 1) for alike in gathered.values()]
    return tuple(sorted(made, key=_order))


def _length(finding: Finding) -> int:
    return len(finding.situation.presses) if finding.situation is not None else 0


def _order(finding: Finding) -> tuple[str, int, int, str]:
    place = finding.place
    return str(place.path), place.line, place.column, finding.code
