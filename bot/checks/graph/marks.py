"""Findings of the checks as marks on steps."""

from __future__ import annotations

from collections.abc import Iterable

from bot.checks.finding import Finding
from bot.checks.graph.model import Mark
from bot.content.model import StepId


def marks(findings: Iterable[Finding]) -> tuple[Mark, ...]:
    """Each finding at the step it is about; those about a flow or a service stand apart from the steps."""
    return tuple(
        Mark(StepId(*_flow_and_step(finding.about)), finding.code, finding.severity, finding.message)
        for finding in findings
    )


def _flow_and_step(about: str) -> tuple[str, str]:
    flow, _, step = about.partition(".")
    return flow, step
